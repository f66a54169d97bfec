import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BarColumnName, BarSeries } from '../../../core/domain/bar-series.ts'
import { barColumnNames, createBarSeries } from '../../../core/domain/bar-series.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { InstrumentRecord } from '../../../core/domain/instrument.ts'
import type { RunCapsule, RunConfig } from '../../../core/stores/run-records.ts'
import type { NewRun, RunResult } from '../../../core/stores/run-store.ts'

export const minute = 60_000

/** Minute bars from `start` whose prices walk on a grid of 0.01; `change` overrides a bar's fields. */
export function minuteBars(
  start: number,
  length: number,
  change?: (index: number) => Partial<Record<BarColumnName, number>>,
) {
  const bars = createBarSeries(length)
  for (let index = 0; index < length; index++) {
    const price = 10_000 + ((index * 37) % 211)
    const bar = {
      time: start + index * minute,
      closeTime: start + (index + 1) * minute,
      open: price / 100,
      high: (price + 9) / 100,
      low: (price - 7) / 100,
      close: (price + 3) / 100,
      volume: (index * 13) % 997,
      openInterest: Number.NaN,
      ...change?.(index),
    }
    for (const name of barColumnNames) bars[name][index] = bar[name]
  }
  return bars
}

/** Bars that do not compress: a block of them takes about 200 kB. */
export function noise(start: number, length: number): BarSeries {
  return minuteBars(start, length, (index) => {
    const value = (from: number) => Math.sin(index * 12.9898 + from) * 43758.5453
    return { open: value(1), high: value(2), low: value(3), close: value(4), volume: value(5), openInterest: value(6) }
  })
}

/** The columns as plain arrays: what two series have in common when they are equal (NaN equals NaN, −0 is not 0). */
export function columnsOf(bars: BarSeries): Record<string, number[]> {
  return Object.fromEntries(barColumnNames.map((name) => [name, [...bars[name]]]))
}

export function instrument(id: string, change: Partial<InstrumentRecord> = {}): InstrumentRecord {
  return {
    id: id as InstrumentId,
    symbol: id,
    name: `${id} 股票`,
    kind: 'stock',
    currency: 'USD',
    tickSize: 0.01,
    lotSize: 1,
    multiplier: 1,
    zone: 'America/New_York',
    simulated: false,
    ...change,
  }
}

export function runConfig(change: Partial<RunConfig> = {}): RunConfig {
  return {
    strategy: { kind: 'saved', name: 'sma-cross.ts' },
    params: { fast: 10, slow: 30 },
    instruments: ['SPX'],
    interval: '1d',
    from: null,
    to: null,
    cash: 100_000,
    commission: { kind: 'none' },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 1,
    ...change,
  }
}

export function capsule(config: RunConfig, change: Partial<RunCapsule> = {}): RunCapsule {
  return {
    version: 1,
    engineBuild: 'test',
    config,
    entry: 'sma-cross.ts',
    sources: { 'sma-cross.ts': 'export default class {}' },
    codeHash: 'c0de',
    data: [],
    instruments: [],
    resultHash: null,
    ...change,
  }
}

export function newRun(id: string, change: Partial<NewRun> = {}): NewRun {
  const config = change.config ?? runConfig()
  return { id, createdAt: 1_700_000_000_000, strategyName: 'sma-cross.ts', config, capsule: capsule(config), ...change }
}

export function runResult(config: RunConfig = runConfig()): RunResult {
  return {
    durationMs: 12.5,
    counts: { bars: 3, orders: 2, fills: 2, trades: 1 },
    metrics: { netProfit: 12.25, sharpe: null },
    capsule: capsule(config, { resultHash: 'beef' }),
    log: [{ time: 1, kind: 'notify', text: '买入 100' }],
    tables: {
      equity: {
        rows: 3,
        columns: {
          time: Float64Array.of(1, 2, 3),
          equity: Float64Array.of(100, 1 / 3, -0),
          drawdown: Float64Array.of(Number.NaN, 0.1, Number.NaN),
        },
        texts: {},
      },
      trades: {
        rows: 1,
        columns: { instrument: Float64Array.of(0), pnl: Float64Array.of(1e308) },
        texts: { instrument: ['SPX'] },
      },
      recorded: { rows: 3, columns: { trend: Float64Array.of(1, 2, Number.NaN) }, texts: {} },
    },
  }
}

/** A new empty folder and how to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tickwright-store-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
