import type { BarSeries } from '../../core/domain/bar-series.ts'
import { type BacktestInput, runBacktest } from '../../core/engine/kernel.ts'
import { workloadInstrument } from '../bench/workloads.ts'

/** Runs a strategy over series with plain settings: cash 1 000 000, no costs, profile default. */
export function runOn(strategyExports: unknown, series: readonly BarSeries[], options: Partial<BacktestInput> = {}) {
  return runBacktest({
    strategyExports,
    params: {},
    instruments: series.map((bars, k) => ({
      record: { ...workloadInstrument(`SIM-${k + 1}`), tickSize: 0.01 },
      bars,
      interval: '1m',
    })),
    cash: 1_000_000,
    commission: { kind: 'none' },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 1,
    ...options,
  })
}
