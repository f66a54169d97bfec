import { scanCurve } from './curve-scan.ts'
import type { MetricFacts, MetricInput } from './metric.ts'

const yearMs = 365.25 * 86_400_000

/** Figures that several metrics share, each column read once. */
export function metricFacts(input: MetricInput): MetricFacts {
  const { pnl, open } = input.trades
  const results = pnl.filter((_, row) => open[row] === 0)
  const { time } = input.equity
  const first = time[0] ?? Number.NaN
  const last = time.at(-1) ?? Number.NaN
  return {
    ...input,
    ...scanCurve(input.equity, input.initialCash),
    results,
    wins: results.filter((value) => value > 0),
    losses: results.filter((value) => value < 0),
    years: (last - first) / yearMs,
  }
}
