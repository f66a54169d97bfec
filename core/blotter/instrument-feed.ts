import { BookBuilder } from '../data/order-book.ts'
import type { TradingCalendar } from '../data/trading-calendar.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { MarketKind, MarketMessage } from '../domain/market-message.ts'
import { Cleaner } from './cleaner.ts'
import type { CleaningLimits, CleaningRule, Correction } from './cleaning-rules.ts'
import { LiveBars } from './live-bars.ts'
import type { SourceInstrument } from './market-source.ts'
import { Watch } from './watch-row.ts'

/** What the blotter does with one instrument. */
export interface InstrumentWish {
  readonly instrument: SourceInstrument
  /** Name of the source that it comes from. */
  readonly source: string
  /** What is streamed. */
  readonly kinds: readonly MarketKind[]
  /** Bars that are made of it, e.g. `1m`; from prints, else from the bars of the source. */
  readonly intervals: readonly string[]
  /** What of it is kept. */
  readonly record: readonly MarketKind[]
  /** Days after which ticks, quotes and books are removed; null: never. */
  readonly retentionDays: number | null
}

export interface FeedRules {
  readonly limits: CleaningLimits
  readonly zone: string
  readonly calendar?: TradingCalendar | undefined
  readonly graceMs: number
}

export interface FeedPorts {
  readonly now: () => number
  /** Clean messages and the bars made of them, in order. */
  readonly tell: (message: MarketMessage, wish: InstrumentWish) => void
  readonly correct: (correction: Correction) => void
}

/** One instrument on its way through the blotter: cleaned, watched, made into bars, told. */
export class InstrumentFeed {
  readonly wish: InstrumentWish
  readonly watch: Watch
  /** What stands at each price, as far as it was told. */
  readonly book = new BookBuilder()
  readonly counts = { tick: 0, quote: 0, book: 0, bar: 0 }
  readonly corrections = new Map<CleaningRule, number>()
  readonly #ports: FeedPorts
  readonly #cleaner: Cleaner
  readonly #bars: LiveBars
  readonly #makesBars: boolean
  /** Time of what was heard last before the interruption; NaN: nothing; undefined: there is none. */
  #heardUntil: number | undefined

  constructor(wish: InstrumentWish, rules: FeedRules, ports: FeedPorts) {
    this.wish = wish
    this.watch = new Watch(wish.instrument.id)
    this.#ports = ports
    this.#makesBars = wish.kinds.includes('tick')
    const instrument: InstrumentId = wish.instrument.id
    const { zone, calendar, graceMs } = rules
    this.#cleaner = new Cleaner(
      { limits: rules.limits, calendar },
      (message) => this.#accept(message),
      (message, rule, action, value) => {
        this.corrections.set(rule, (this.corrections.get(rule) ?? 0) + 1)
        ports.correct({ instrument, kind: message.kind, rule, action, time: message.time, value, at: ports.now() })
      },
    )
    this.#bars = new LiveBars({ instrument, intervals: wish.intervals, zone, calendar, graceMs }, ports.now(), (bar) =>
      this.#tell(bar),
    )
  }

  /** Raw, as its source tells it. */
  take(message: MarketMessage): void {
    this.#cleaner.take(message)
  }

  /** The clock: ends bars, and lets a print stand that waits for one after it. */
  passTime(now: number): void {
    const waited = now - this.watch.row.lastTime
    if (!(waited < 1_000)) this.#cleaner.release()
    if (this.#makesBars) this.#bars.closeBy(now)
  }

  /** Something may have been missed until now. */
  interrupted(now: number): void {
    this.#heardUntil ??= this.#makesBars ? this.watch.row.lastTime : this.watch.row.barTime
    this.#bars.interrupted(now)
    this.book.missed()
  }

  /**
   * Since when something may be missing after an interruption, when the source was last heard at `since`: the last
   * print before it lies in a bar that may not have been told, though by the clock that bar was over. Asked once for
   * each interruption.
   */
  missingSince(since: number): number {
    const last = this.#heardUntil ?? Number.NaN
    this.#heardUntil = undefined
    return Number.isNaN(last) ? since : Math.min(since, last)
  }

  forming(interval: string) {
    return this.#bars.forming(interval)
  }

  /** Bars that were not told because something of them was not heard. */
  get partialBars(): number {
    return this.#bars.partial
  }

  #accept(message: MarketMessage): void {
    this.#tell(message)
    if (message.kind === 'tick') this.#bars.tick(message.time, message.price, message.size)
    else if (message.kind === 'bar' && message.closed && !this.#makesBars) this.#bars.bar(message)
  }

  #tell(message: MarketMessage): void {
    if (message.kind !== 'bar' || message.closed) this.counts[message.kind]++
    this.watch.see(message)
    if (message.kind === 'book') this.book.take(message)
    this.#ports.tell(message, this.wish)
  }
}
