import type { tradeColumns } from '../../broker/trade-ledger.ts'
import { lowerBound } from '../../lib/columns.ts'
import { type EquityCurve, scanCurve } from '../../reports/curve-scan.ts'
import { metricCatalogue } from '../../reports/metric-catalogue.ts'
import { type MetricInput, runParts } from '../../reports/metric-facts.ts'
import { computeMetrics, type MetricValues, metricValues } from '../../reports/metrics.ts'
import { mean } from '../../reports/statistics.ts'
import type { TradeColumns } from '../../reports/trade-facts.ts'
import { feesPaid } from '../contract-tables.ts'
import type { RunResult } from '../run-result.ts'
import type { CurvePart } from './walk-forward.ts'

/** The curve of a trial and its round trips, for walking forward. */
export interface TrialDetail extends CurvePart {
  readonly trades: TradeColumns
  /** Fees of every fill and roll, money. */
  readonly paid: number
}

/** What is kept of every trial beside the metrics of the report: what overfitting figures are made from. */
export const trialFacts = [
  'final-equity',
  'first-bar',
  'fills',
  'daily-count',
  'daily-sharpe',
  'daily-skew',
  'daily-kurtosis',
] as const

/** The shape of the daily returns of a curve: kurtosis is raw, 3 for a normal distribution. */
export function momentsOf({ equity, time }: EquityCurve, cash: number): Record<string, number> {
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
  const trades = result.trades.columns as Record<(typeof tradeColumns)[number], Float64Array>
  const paid = feesPaid(result)
  return { time: time.slice(row), equity: equity.slice(row), exposure: exposure.slice(row), trades, paid }
}

/** Headline metrics, and further ones by id, of a curve and its round trips that begin with some cash. */
export function detailMetrics(detail: TrialDetail, cash: number, more: readonly string[] = []): Record<string, number> {
  let rows = 0
  let sum = 0
  for (const ratio of detail.exposure) {
    if (ratio !== 0) rows++
    sum += ratio
  }
  const { trades, paid } = detail
  const input = { equity: detail, exposure: { rows, sum }, trades, fees: paid, initialCash: cash }
  return { ...numbers(computeMetrics(input)), ...furtherMetrics(input, more) }
}

/** Metrics that are no headlines; nothing is computed when none is wanted. */
export function furtherMetrics(input: MetricInput, ids: readonly string[]): Record<string, number> {
  if (ids.length === 0) return {}
  return numbers(
    metricValues(
      runParts(input),
      metricCatalogue.filter(({ id }) => ids.includes(id)),
    ),
  )
}

/** Undefined is NaN in columns. */
export function numbers(metrics: MetricValues): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([id, value]) => [id, value ?? Number.NaN]))
}

/** The round trips and fees of several details in a row, under one curve. */
export function joinDetails(curve: CurvePart, parts: readonly TrialDetail[]): TrialDetail {
  const names = Object.keys(parts[0]?.trades ?? {}) as (keyof TradeColumns)[]
  const joined = names.map((name) => {
    const all = new Float64Array(parts.reduce((sum, { trades }) => sum + (trades[name]?.length ?? 0), 0))
    let row = 0
    for (const { trades } of parts) {
      const part = trades[name] ?? new Float64Array()
      all.set(part, row)
      row += part.length
    }
    return [name, all] as const
  })
  const trades = Object.fromEntries(joined) as unknown as TradeColumns
  return { ...curve, trades, paid: parts.reduce((sum, { paid }) => sum + paid, 0) }
}
