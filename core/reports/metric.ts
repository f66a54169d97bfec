import type { CurveFacts, EquityCurve } from './curve-scan.ts'

/** A text in both languages of the workstation. */
export interface BilingualText {
  readonly en: string
  readonly zh: string
}

export type MetricUnit = 'money' | 'ratio' | 'count' | 'number' | 'bars' | 'days'

/** The round trips of a run as columns; NaN where a value is undefined. Open ones have `open` 1. */
export interface TradeColumns {
  readonly pnl: Float64Array
  readonly fees: Float64Array
  readonly bars: Float64Array
  readonly open: Float64Array
}

/** Gross position value over equity, summed over the rows of a run. */
export interface ExposureSums {
  /** Rows with a position. */
  readonly rows: number
  /** NaN when a row had no equity left. */
  readonly sum: number
}

/** What metrics are computed from. Equity rows ascend by time. */
export interface MetricInput {
  readonly equity: EquityCurve
  readonly exposure: ExposureSums
  readonly trades: TradeColumns
  /** Fees of every fill, money. */
  readonly fees: number
  readonly initialCash: number
}

/** Figures that several metrics share, computed once. */
export interface MetricFacts extends MetricInput, CurveFacts {
  /** Net results of the closed round trips. */
  readonly results: Float64Array
  readonly wins: Float64Array
  readonly losses: Float64Array
  /** Calendar years from the first row to the last. */
  readonly years: number
}

/** One figure of the report: what it is called, what it means and how it is computed. */
export interface Metric {
  readonly id: string
  readonly title: BilingualText
  readonly formula: string
  readonly about: BilingualText
  readonly unit: MetricUnit
  readonly source: string
  /** The value; NaN or an infinity where it is undefined. */
  compute(facts: MetricFacts): number
}
