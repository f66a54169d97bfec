import type { BenchmarkFacts } from './benchmark-facts.ts'
import type { BilingualText } from './bilingual-text.ts'
import type { EdgeCase } from './edge-cases.ts'
import type { ReturnFacts } from './return-facts.ts'
import type { TradeFacts } from './trade-facts.ts'

/** `date` is a moment (UTC epoch milliseconds). */
export type MetricUnit = 'money' | 'ratio' | 'count' | 'number' | 'bars' | 'days' | 'date'

/** In the order of the report. */
export const metricGroups = ['return', 'risk', 'ratio', 'benchmark', 'trades', 'cost', 'doubt'] as const
export type MetricGroup = (typeof metricGroups)[number]

/** Other systems whose figure of that name is the same number. */
export const metricSystems = ['empyrical', 'quantstats', 'backtrader'] as const
export type MetricAliases = Readonly<Partial<Record<(typeof metricSystems)[number], readonly string[]>>>

/** Gross position value over equity, summed over the rows of a run. */
export interface ExposureSums {
  /** Rows with a position. */
  readonly rows: number
  /** NaN when a row had no equity left. */
  readonly sum: number
}

/** The account's curve, row by row of the run. */
export interface AccountFacts {
  readonly initialCash: number
  readonly finalEquity: number
  /** Money; NaN where the curve is not in money. */
  readonly netProfit: number
  readonly maxDrawdown: number
  readonly maxDrawdownMoney: number
  /** Longest time from a peak until it is reached again or the curve ends, milliseconds. */
  readonly longestDrawdownMs: number
  readonly exposure: ExposureSums
  readonly rows: number
  /** Calendar years from the first row to the last. */
  readonly years: number
}

/** What trading cost, in money; NaN where it is not known. */
export interface CostFacts {
  readonly fees: number
  /** Fill prices against their references, adverse positive. */
  readonly slippage: number
  /** Interest and other cash that no trade explains; a cost is positive. */
  readonly funding: number
  /** Σ |quantity · price · multiplier| of all fills. */
  readonly traded: number
  readonly averageEquity: number
  readonly netProfit: number
  readonly fills: number
  readonly trades: number
  readonly years: number
}

/** What the doubt about a result is measured with. */
export interface DoubtFacts {
  readonly returns: ReturnFacts
  /** Net results of the closed round trips; empty when there are none. */
  readonly results: Float64Array
  /** Where drawing at random starts: the run's seed. */
  readonly seed: number
  /** Runs made on the idea, this one included; NaN when they were not counted. */
  readonly trials: number
  /** Variance of the trials' Sharpe ratios, a period; NaN when it is not known. */
  readonly trialVariance: number
}

/** What metrics are computed from, by the part they need. A part is null when the input does not have it. */
export interface MetricParts {
  readonly returns: ReturnFacts
  readonly account: AccountFacts
  readonly benchmark: BenchmarkFacts
  readonly trades: TradeFacts
  readonly costs: CostFacts
  readonly doubt: DoubtFacts
}

/** One figure of the report: what it is called, what it means and how it is computed. */
export interface MetricOf<Part extends keyof MetricParts> {
  readonly id: string
  readonly title: BilingualText
  readonly group: MetricGroup
  readonly formula: string
  readonly about: BilingualText
  readonly unit: MetricUnit
  readonly source: string
  readonly aliases?: MetricAliases
  /** When it is undefined, besides the absence of the part. */
  readonly undefinedFor: readonly EdgeCase[]
  readonly needs: Part
  /** The value; NaN or an infinity where it is undefined. */
  compute(part: MetricParts[Part]): number
}

export type Metric = { [Part in keyof MetricParts]: MetricOf<Part> }[keyof MetricParts]
