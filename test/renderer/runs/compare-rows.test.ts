import { describe, expect, it } from 'vitest'
import { compareTrades } from '../../../core/workstation/run-comparison.ts'
import { changedTrades, comparisonBase, metricRows } from '../../../renderer/features/runs/compare-rows.ts'
import { mergeNewest } from '../../../renderer/features/runs/use-runs.ts'
import type { Metric, RunSummary } from '../../../renderer/state/run-types.ts'
import { runSummary } from './run-fixtures.ts'

const metric = (id: string): Metric => ({
  id,
  title: { en: id, zh: id },
  formula: '',
  about: { en: '', zh: '' },
  unit: 'number',
  source: '',
  group: 'ratio',
  edgeCases: { en: '', zh: '' },
  needs: 'returns',
  aliases: { empyrical: [], quantstats: [], backtrader: [] },
})

describe('metrics side by side', () => {
  it('stand in the order of the catalogue, unknown ones last, undefined without a difference', () => {
    const a = runSummary({ metrics: { sharpe: 1, extra: 5, calmar: null } })
    const b = runSummary({ metrics: { sharpe: 1.5, extra: 4, calmar: 2 } })
    const rows = metricRows(a, b, [metric('calmar'), metric('sharpe'), metric('sortino')])
    expect(rows.map(({ id, delta }) => [id, delta])).toEqual([
      ['calmar', null],
      ['sharpe', 0.5],
      ['extra', -1],
    ])
  })
})

describe('trades side by side', () => {
  const trades = (entries: readonly (readonly [number, number])[]) => ({
    instrument: Float64Array.from(entries, () => 0),
    side: Float64Array.from(entries, () => 1),
    entryTime: Float64Array.from(entries, ([entry]) => entry),
    exitTime: Float64Array.from(entries, ([entry]) => entry + 10),
    entryPrice: Float64Array.from(entries, () => 100),
    exitPrice: Float64Array.from(entries, ([, exit]) => exit),
    quantity: Float64Array.from(entries, () => 1),
    pnl: Float64Array.from(entries, ([, exit]) => exit - 100),
  })
  const a = trades([
    [1, 101],
    [2, 102],
    [5, 105],
  ])
  const b = trades([
    [1, 101],
    [3, 103],
    [5, 106],
  ])
  const name = () => 'SPX'
  const pairs = compareTrades(a, b, { a: name, b: name }).columns

  it('show what the service found, by entry time', () => {
    const lines = changedTrades(pairs, { a, b }, 'all')
    expect(lines).toEqual([
      { change: 'same', a: 0, b: 0 },
      { change: 'removed', a: 1, b: -1 },
      { change: 'added', a: -1, b: 1 },
      { change: 'moved', a: 2, b: 2 },
    ])
  })

  it('leave out what stayed the same unless asked', () => {
    expect(changedTrades(pairs, { a, b }, 'changed').map((line) => line.change)).toEqual(['removed', 'added', 'moved'])
    expect(changedTrades(pairs, { a, b }, 'same')).toHaveLength(1)
  })
})

describe('the base of a comparison', () => {
  const run = (id: string, createdAt: number, patch: Partial<RunSummary> = {}) =>
    runSummary({ id, createdAt, ...patch })
  const runs = [
    run('r5', 5),
    run('r4', 4, { strategyName: 'rsi.ts' }),
    run('r3', 3, { state: 'failed' }),
    run('r2', 2),
    run('r1', 1),
  ]

  it('is the last finished run of the same strategy', () => {
    expect(comparisonBase(runs[0] as RunSummary, null, runs)).toBe('r2')
  })

  it('is the pinned run when there is one, but never the run itself', () => {
    expect(comparisonBase(runs[0] as RunSummary, 'r1', runs)).toBe('r1')
    expect(comparisonBase(runs[0] as RunSummary, 'r5', runs)).toBe('r2')
  })

  it('is any earlier run when the strategy was never run before, and none for the first', () => {
    expect(comparisonBase(runs[1] as RunSummary, null, runs)).toBe('r2')
    expect(comparisonBase(runs[4] as RunSummary, null, runs)).toBeNull()
  })
})

describe('a history that is read again', () => {
  it('puts new runs in front and refreshes known ones without repeating them', () => {
    const shown = [runSummary({ id: 'b', state: 'running' }), runSummary({ id: 'a' })]
    const merged = mergeNewest(shown, [runSummary({ id: 'c' }), runSummary({ id: 'b', state: 'done' })])
    expect(merged.map((run) => [run.id, run.state])).toEqual([
      ['c', 'done'],
      ['b', 'done'],
      ['a', 'done'],
    ])
  })
})
