import { configOf, defaultSetup } from '../../../renderer/state/backtest-config.ts'
import type { RunSummary } from '../../../renderer/state/run-types.ts'

/** A finished run with the given differences. */
export function runSummary(patch: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-1',
    state: 'done',
    createdAt: Date.UTC(2026, 10, 23, 12),
    durationMs: 120,
    strategyName: 'sma-cross.ts',
    config: configOf(defaultSetup, {
      strategy: 'sma-cross.ts',
      instruments: ['SPX'],
      params: { fast: 10 },
      coverage: [],
      zone: 'utc',
    }),
    counts: { bars: 5000, orders: 20, fills: 20, trades: 10 },
    metrics: {},
    error: null,
    note: '',
    ...patch,
  }
}
