import type { MetricFacts, MetricInput } from './metric.ts'

const dayMs = 86_400_000
const yearMs = 365.25 * dayMs

/** Figures that several metrics share. */
export function metricFacts(input: MetricInput): MetricFacts {
  const { pnl, open } = input.trades
  const results = pnl.filter((_, row) => open[row] === 0)
  const { time } = input.equity
  const first = time[0] ?? Number.NaN
  const last = time.at(-1) ?? Number.NaN
  return {
    ...input,
    dailyReturns: dailyReturns(time, input.equity.equity, input.initialCash),
    results,
    wins: results.filter((value) => value > 0),
    losses: results.filter((value) => value < 0),
    years: (last - first) / yearMs,
  }
}

/** Return of each UTC day that has a row: its last equity over that of the day before, the first over `start`, less 1. */
export function dailyReturns(time: Float64Array, equity: Float64Array, start: number): Float64Array {
  const returns: number[] = []
  let before = start
  for (let row = 0; row < time.length; row++) {
    const day = Math.floor((time[row] as number) / dayMs)
    const next = time[row + 1]
    if (next !== undefined && Math.floor(next / dayMs) === day) continue
    const value = equity[row] as number
    returns.push(value / before - 1)
    before = value
  }
  return Float64Array.from(returns)
}
