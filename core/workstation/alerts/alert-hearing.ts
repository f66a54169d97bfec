import type { Condition, QuoteFigure } from '../../alerts/condition.ts'
import { levelTrack, momentTrack, type Track } from '../../alerts/track.ts'
import type { Payload } from '../../contract/contract.ts'
import type { MarketMessage } from '../../domain/market-message.ts'
import type { Notice } from '../../notifications/notice.ts'

/**
 * What a condition has heard since it was last looked at, with the one figure before that, so that a crossing between
 * two looks is seen. Bars are not heard: they are read from the store.
 */
export class AlertHearing {
  readonly #condition: Condition
  #moments: number[] = []
  #figures: number[] = []

  constructor(condition: Condition) {
    this.#condition = condition
  }

  /** False when it is not for this condition. */
  market(message: MarketMessage): boolean {
    const condition = this.#condition
    if (condition.kind !== 'quotes' || condition.instrument !== message.instrument) return false
    const figure = quoteFigure(condition.figure, message)
    return figure !== null && this.#hear(message.time, figure)
  }

  session(view: Payload<'live.changed'>, now: number): boolean {
    const condition = this.#condition
    if (condition.kind !== 'session' || view.status === null) return false
    if (condition.session !== view.session && condition.session !== view.name) return false
    const { status } = view
    const held = status.positions.find(({ instrument }) => instrument === condition.instrument)?.size ?? 0
    const figures = { pnl: status.equity - status.initialCash, drawdown: status.drawdown * 100, position: held }
    return this.#hear(now, figures[condition.figure])
  }

  notice({ event, title, text, instrument, strategy }: Omit<Notice, 'id' | 'at'>, now: number): boolean {
    const condition = this.#condition
    if (condition.kind !== 'event' || condition.event !== event) return false
    const words = [title, text, instrument, strategy].join(' ').toLowerCase()
    return words.includes(condition.word.toLowerCase()) && this.#hear(now, 1)
  }

  /** What was heard; only the newest is kept for the next look. */
  track(): Track | null {
    const condition = this.#condition
    const [moments, figures] = [Float64Array.from(this.#moments), Float64Array.from(this.#figures)]
    this.#moments = this.#moments.slice(-1)
    this.#figures = this.#figures.slice(-1)
    if (condition.kind === 'event') return momentTrack(moments)
    if (condition.kind === 'bars') return null
    return levelTrack(moments, figures, condition.relation, condition.value)
  }

  #hear(moment: number, figure: number): true {
    // A source may repeat what was before
    const last = this.#moments.at(-1) ?? moment
    this.#moments.push(Math.max(last, moment))
    this.#figures.push(figure)
    return true
  }
}

function quoteFigure(figure: QuoteFigure, message: MarketMessage): number | null {
  if (message.kind === 'tick') return figure === 'last' ? message.price : null
  if (message.kind !== 'quote') return null
  const { bid, ask } = message
  if (figure === 'bid') return bid
  if (figure === 'ask') return ask
  return figure === 'spread' ? ask - bid : null
}
