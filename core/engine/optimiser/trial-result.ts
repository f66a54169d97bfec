import { lowerBound } from '../../lib/columns.ts'
import { scanCurve } from '../../reports/curve-scan.ts'
import { computeMetrics, type MetricValues } from '../../reports/metrics.ts'
import { mean } from '../../reports/statistics.ts'
import type { RunResult } from '../run-result.ts'
import type { Session } from '../session.ts'
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
  const { dailyReturns } = scanCurve({ time, equity, drawdown: equity, exposure: equity }, cash)
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

/** Curve, round trips and metrics of the rows from a time on; the run's own metrics when that is all of it. */
export function trialDetail(
  session: Session,
  result: RunResult,
  from: number,
): { readonly detail: TrialDetail; readonly metrics: Record<string, number> } {
  const { equity, trades, fills } = result
  const row = lowerBound(equity.time, from)
  const part = (column: Float64Array) => (row === 0 ? column : column.slice(row))
  const { pnl, fees, bars, open } = trades.columns as Record<'pnl' | 'fees' | 'bars' | 'open', Float64Array>
  let paid = 0
  for (const fee of fills.columns.fee ?? []) paid += fee
  const detail = {
    time: part(equity.time),
    equity: part(equity.equity),
    exposure: part(equity.exposure),
    ...{ pnl, fees, bars, open, paid },
  }
  const metrics =
    row === 0
      ? result.metrics
      : computeMetrics({
          equity: { ...detail, drawdown: part(equity.drawdown) },
          trades: { pnl, fees, bars, open },
          fees: paid,
          initialCash: session.initialCash,
        })
  return { detail, metrics: numbers(metrics) }
}

/** Undefined is NaN in columns. */
function numbers(metrics: MetricValues): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([id, value]) => [id, value ?? Number.NaN]))
}
