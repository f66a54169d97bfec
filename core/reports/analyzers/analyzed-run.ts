import type { TimeFrame } from './time-frames.ts'

/** Prices of one instrument as they stand in each row of the run: its last bar known then, NaN before the first. */
export interface PriceColumns {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** One instrument of a run, seen from the rows of the run. */
export interface AnalyzedInstrument {
  readonly name: string
  readonly timeframe: TimeFrame
  readonly compression: number
  /** Undefined when the bars of the run are not at hand. */
  readonly prices: PriceColumns | undefined
  /** What the position is worth in each row: negative when short stock, its margin for futures. */
  readonly positionValue: Float64Array
}

/** Fills in the order in which they happened. */
export interface FillColumns {
  /** Row of the run in which the broker made the fill. */
  readonly row: Float64Array
  readonly instrument: Float64Array
  /** Signed. */
  readonly size: Float64Array
  readonly price: Float64Array
  readonly order: Float64Array
}

/** Round trips in the order in which they were closed, then the open ones. */
export interface RoundTripColumns {
  /** Row in which it was closed; NaN while it is open. */
  readonly closeRow: Float64Array
  readonly instrument: Float64Array
  /** 1 long, −1 short. */
  readonly side: Float64Array
  /** Net of fees. */
  readonly pnl: Float64Array
  readonly gross: Float64Array
  /** Bars from the entry's to the exit's. */
  readonly bars: Float64Array
}

/** The account as a fund: value of one share and shares issued, per row. */
export interface FundColumns {
  /** True: analyzers follow the share unless they are told otherwise (upstream's fund mode). */
  readonly on: boolean
  readonly value: Float64Array
  readonly shares: Float64Array
  readonly start: number
}

/** A finished run as analyzers see it. All columns but those of events have one row per step of the run. */
export interface AnalyzedRun {
  /** True: upstream's behaviour including its defects. */
  readonly upstream: boolean
  /** The stamp of each row on the exchange's clock, written as if it were UTC, milliseconds. */
  readonly time: Float64Array
  /** As the broker had worked on the bar, before the strategy decided. */
  readonly cash: Float64Array
  /** Afterwards: a deposit that the strategy made in the row may be in it. The same column where there is none. */
  readonly cashAfter: Float64Array
  readonly value: Float64Array
  /** Value of the account before the first row. */
  readonly start: number
  readonly fund: FundColumns
  readonly instruments: readonly AnalyzedInstrument[]
  readonly fills: FillColumns
  /** Orders that ended with a rest after a fill: upstream tells of them once more. */
  readonly brokenOff: FillColumns
  readonly trades: RoundTripColumns
  /** Row in which the strategy first decided; the rows before are its warm-up. */
  readonly decisionRow: number
}

/** What follows the account: a share's value in fund mode, the account's value otherwise. */
export function accountSeries(
  run: AnalyzedRun,
  fund: boolean | null,
): { readonly values: Float64Array; readonly start: number } {
  const asFund = fund ?? run.fund.on
  return asFund ? { values: run.fund.value, start: run.fund.start } : { values: run.value, start: run.start }
}

/** A column of a run in which nothing is known yet. */
export function undefinedColumn({ time }: AnalyzedRun): Float64Array {
  return new Float64Array(time.length).fill(Number.NaN)
}
