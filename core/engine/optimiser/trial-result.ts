import { lowerBound } from '../../lib/columns.ts'
import { scanCurve } from '../../reports/curve-scan.ts'
import { computeMetrics, type MetricValues } from '../../reports/metrics.ts'
import { mean } from '../../reports/statistics.ts'
import type { RunResult } from '../run-result.ts'
import type { CurvePart } from './walk-forward.ts'

/** The curve of a trial and its round trips, for walking forward. */
export interface TrialDetail extends CurvePart {
  readonly pnl: Float64Array
  readonly fees: Float64Array
  readonly bars: Float64Array
  readonly open: Float64Array
  /** Fees of every fill, money. */
  readonly paid: number
}

/** What is kept of every trial beside the metrics of the report: what overfitting figures are made from. */
export const trialFacts = [
  'final-equity',
  'fills',
  'daily-count',
  'daily-sharpe',
  'daily-skew',
  'daily-kurtosis',
] as const

/** The shape of the daily returns of a curve: kurtosis is raw, 3 for a normal distribution. */
export function momentsOf(equity: Float64Array, time: Float64Array, cash: number): Record<string, number> {
  const { dailyReturns } = scanCurve({ time, equity }, cash)
  const count = dailyReturns.length
  const center = mean(dailyReturns)
  let second = 0
  let third = 0
  let fourth = 0
  for (const value of dailyReturns) {
    const off = value - center
    second += off ** 2
    third += off ** 3
    fourth += off ** 4
  }
  const variance = second / count
  return {
    'final-equity': equity.at(-1) ?? cash,
    'daily-count': count,
    'daily-sharpe': center / Math.sqrt(second / (count - 1)),
    'daily-skew': third / count / variance ** 1.5,
    'daily-kurtosis': fourth / count / variance ** 2,
  }
}

/** Curve and round trips of the rows from a time on. */
export function trialDetail(result: RunResult, from: number): TrialDetail {
  const { equity, exposure } = result.equity.columns()
  const { time } = result.equity
  const row = lowerBound(time, from)
  const { pnl, fees, bars, open } = result.trades.columns as Record<'pnl' | 'fees' | 'bars' | 'open', Float64Array>
  let paid = 0
  for (const fee of result.fills.columns.fee ?? []) paid += fee
  return {
    time: time.slice(row),
    equity: equity.slice(row),
    exposure: exposure.slice(row),
    pnl,
    fees,
    bars,
    open,
    paid,
  }
}

/** Every metric of a curve and its round trips that begin with some cash; NaN where undefined. */
export function detailMetrics(detail: TrialDetail, cash: number): Record<string, number> {
  let rows = 0
  let sum = 0
  for (const ratio of detail.exposure) {
    if (ratio !== 0) rows++
    sum += ratio
  }
  const { pnl, fees, bars, open, paid } = detail
  const trades = { pnl, fees, bars, open }
  return numbers(computeMetrics({ equity: detail, exposure: { rows, sum }, trades, fees: paid, initialCash: cash }))
}

/** Undefined is NaN in columns. */
export function numbers(metrics: MetricValues): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([id, value]) => [id, value ?? Number.NaN]))
}
