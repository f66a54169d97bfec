import type { BarSeries } from '../domain/bar-series.ts'
import type { ContractSpan } from '../domain/contract-span.ts'
import type { Commission } from './commission.ts'
import { dayNumber } from './day-number.ts'

/** The trading days of an exchange, as far as orders need them; a TradingCalendar fits. Times are epoch milliseconds. */
export interface TradingDays {
  /** The trading day that a time belongs to, in days since 1970-01-01. */
  dayAt(time: number): number
  /** The first trading day after one. */
  nextDay(day: number): number
  isTradingDay(day: number): boolean
  closeOf(day: number): number
}

/** The columns that matching reads. A BarSeries fits. */
export type MarketColumns = Pick<BarSeries, 'time' | 'closeTime' | 'open' | 'high' | 'low' | 'close' | 'volume'>

/** Codes of `InsideBar.part`. */
export const barPart = { whole: 0, inside: 1, end: 2 } as const

/** Which part of a bar its market shows, and what the whole bar is. */
export class InsideBar {
  /** `whole`: the bar itself; `inside`: one event of it; `end`: its close, for what waits for that only. */
  part: (typeof barPart)[keyof typeof barPart] = barPart.whole
  /** Side that the event has a price for: 1 buyers, −1 sellers, 0 both. */
  side = 0
  /** Units that can still trade at the event's price. */
  offered = Number.POSITIVE_INFINITY
  /** The bar's own columns and row; undefined while they are those of the market. */
  bars: MarketColumns | undefined = undefined
  bar = -1
  /** Time and last price of the event, for orders that are made on it. */
  time = Number.NaN
  last = Number.NaN
}

/**
 * What the broker knows about one instrument: its prices up to *now* and the position held in it.
 * The engine moves `i`; ticks replace the columns by one-row ones.
 */
export class Market {
  readonly index: number
  /** Of the contract that is traded now, where there are several. */
  commission: Commission
  /** The contracts that a continuous series is made of, oldest first; empty: the instrument itself is traded. */
  readonly spans: readonly ContractSpan[]
  /** End of its session in milliseconds of the (UTC) day of the bar's stamp; close orders wait for it. */
  readonly sessionEnd: number
  /** IANA zone of the exchange: a day order lives for one day there. */
  readonly zone: string
  /** Its trading days; undefined: those of the clock. */
  readonly days: TradingDays | undefined
  columns: MarketColumns
  /** Current row; −1 before the first event. */
  i = -1
  /** Counts the events (bars, ticks) seen; an order can match from the next one on. */
  sequence = 0
  /** Number of the step in which its last event came. */
  step = -1
  /** True for the bars of a market whose ticks drive matching: they are only shown to the strategy. */
  onlyShown = false
  /** Set while finer prices stand in for the current bar (`IntrabarWalk`). */
  readonly inside = new InsideBar()

  /** Time and price of the last tick that a live feed brought; NaN before the first. */
  tickTime = Number.NaN
  tickPrice = Number.NaN

  /** Signed units held. */
  size = 0
  /** Average entry price; 0 when flat (P-01). */
  price = 0
  /** Price to which a futures gain has been settled. */
  settledPrice = 0
  /** Calendar day (UTC) up to which interest has been charged. */
  interestDay = 0
  /** Interest charged since the position was last reduced; moved into its result (int2pnl). */
  interestDue = 0

  constructor(options: {
    readonly index: number
    readonly commission: Commission
    readonly columns: MarketColumns
    readonly sessionEnd: number
    readonly zone: string
    readonly days?: TradingDays | undefined
    readonly spans?: readonly ContractSpan[] | undefined
  }) {
    this.index = options.index
    this.commission = options.commission
    this.columns = options.columns
    this.sessionEnd = options.sessionEnd
    this.zone = options.zone
    this.days = options.days
    this.spans = options.spans ?? []
  }

  /** The bar's own columns, whatever stands in for them. */
  get bars(): MarketColumns {
    return this.inside.bars ?? this.columns
  }

  /** Row of the current bar in `bars`. */
  get bar(): number {
    return this.inside.bars === undefined ? this.i : this.inside.bar
  }

  get open(): number {
    return this.columns.open[this.i] as number
  }

  get high(): number {
    return this.columns.high[this.i] as number
  }

  get low(): number {
    return this.columns.low[this.i] as number
  }

  /** Before the first bar a live feed's last tick stands for it. */
  get close(): number {
    return this.i < 0 ? this.tickPrice : (this.columns.close[this.i] as number)
  }

  /** Start of the current bar: the stamp of fills inside it. */
  get time(): number {
    return this.columns.time[this.i] as number
  }

  /** Position in `spans` of the contract that the series is made of at a time; −1: there are none. */
  spanAt(time: number): number {
    let at = this.spans.length - 1
    while (at > 0 && (this.spans[at]?.first ?? 0) > time) at--
    return at
  }

  /** The trading day of a time: the calendar's, else that of the zone. */
  dayOf(time: number): number {
    return this.days?.dayAt(time) ?? dayNumber(time, this.zone)
  }

  /** True when a live feed's tick is younger than the current bar. */
  get isTicking(): boolean {
    return this.tickTime > this.closeTime
  }

  /** When something of it was last known. */
  get heardAt(): number {
    return this.isTicking ? this.tickTime : this.closeTime
  }

  /** When the current bar is complete: the market's *now*. */
  get closeTime(): number {
    return this.i < 0 ? this.tickTime : (this.columns.closeTime[this.i] as number)
  }
}
