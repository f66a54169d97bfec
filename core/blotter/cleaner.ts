import type { TradingCalendar } from '../data/trading-calendar.ts'
import type { BarMessage, MarketMessage, QuoteMessage, TickMessage } from '../domain/market-message.ts'
import type { CleaningAction, CleaningLimits, CleaningRule } from './cleaning-rules.ts'
import { SpikeWatch } from './spike-watch.ts'

/** What a cleaner tells besides the messages that pass: what it found, and in which value. */
export type OnFinding = (message: MarketMessage, rule: CleaningRule, action: CleaningAction, value: number) => void

const remembered = 4096

/**
 * Cleans the messages of one instrument. Nothing is changed: a message passes as it is, or does not, and each finding is
 * told. A print that comes late passes (the store puts it in its place) and is told as late.
 */
export class Cleaner {
  readonly #limits: CleaningLimits
  readonly #calendar: TradingCalendar | undefined
  readonly #found: OnFinding
  readonly #pass: (message: MarketMessage) => void
  readonly #spikes: SpikeWatch
  readonly #seen = new Set<string>()
  /** The keys in `#seen` in the order of their coming, as a ring. */
  readonly #ring: string[] = []
  #next = 0
  #lastTick = Number.NEGATIVE_INFINITY
  #lastQuote = Number.NEGATIVE_INFINITY

  /** With a calendar, what lies outside its sessions does not pass. */
  constructor(
    { limits, calendar }: { readonly limits: CleaningLimits; readonly calendar?: TradingCalendar | undefined },
    pass: (message: MarketMessage) => void,
    found: OnFinding,
  ) {
    this.#limits = limits
    this.#calendar = calendar
    this.#pass = pass
    this.#found = found
    this.#spikes = new SpikeWatch(limits)
  }

  take(message: MarketMessage): void {
    if (!this.#isInSession(message.time)) {
      this.#found(message, 'session', 'dropped', message.time)
      return
    }
    switch (message.kind) {
      case 'tick':
        this.#tick(message)
        return
      case 'quote':
        this.#quote(message)
        return
      case 'bar':
        this.#bar(message)
        return
      case 'book':
        this.#pass(message)
    }
  }

  /** A print that waits for the next one to confirm it stands after all. */
  release(): void {
    const held = this.#spikes.release()
    if (held !== null) this.#pass(held)
  }

  #tick(tick: TickMessage): void {
    const { negativePrices, sizelessPrints } = this.#limits
    if (!Number.isFinite(tick.price) || (tick.price <= 0 && !negativePrices)) {
      this.#found(tick, 'no-price', 'dropped', tick.price)
    } else if (!(tick.size > 0) && !sizelessPrints) this.#found(tick, 'no-size', 'dropped', tick.size)
    else if (this.#isKnown(`${tick.time} ${tick.id}`)) this.#found(tick, 'duplicate', 'dropped', tick.id)
    else if (tick.time < this.#lastTick) {
      this.#found(tick, 'late', 'kept', this.#lastTick - tick.time)
      this.#pass(tick)
    } else {
      this.#lastTick = tick.time
      const { pass, spike } = this.#spikes.take(tick)
      if (spike !== null) this.#found(spike, 'spike', 'dropped', spike.price)
      for (const each of pass) this.#pass(each)
    }
  }

  #quote(quote: QuoteMessage): void {
    const { bid, ask } = quote
    if (Number.isNaN(bid) && Number.isNaN(ask)) this.#found(quote, 'no-price', 'dropped', Number.NaN)
    else if (bid > ask) this.#found(quote, 'crossed', 'dropped', bid - ask)
    else if (quote.time < this.#lastQuote) this.#found(quote, 'late', 'dropped', this.#lastQuote - quote.time)
    else {
      if (bid === ask) this.#found(quote, 'locked', 'kept', bid)
      this.#lastQuote = quote.time
      this.#pass(quote)
    }
  }

  #bar(bar: BarMessage): void {
    const { open, high, low, close, volume } = bar
    const isSound = high >= Math.max(open, close, low) && low <= Math.min(open, close) && !(volume < 0)
    if (isSound) this.#pass(bar)
    else this.#found(bar, 'bad-bar', 'dropped', close)
  }

  #isInSession(time: number): boolean {
    const calendar = this.#calendar
    if (calendar === undefined) return true
    const day = calendar.dayAt(time)
    return calendar.isTradingDay(day) && time >= calendar.openOf(day) && time <= calendar.closeOf(day)
  }

  #isKnown(key: string): boolean {
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    const oldest = this.#ring[this.#next]
    if (oldest !== undefined) this.#seen.delete(oldest)
    this.#ring[this.#next] = key
    this.#next = (this.#next + 1) % remembered
    return false
  }
}
