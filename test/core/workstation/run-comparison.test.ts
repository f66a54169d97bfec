import { expect, test } from 'vitest'
import { compareTrades, plainDifferences, tradeChange } from '../../../core/workstation/run-comparison.ts'

type Row = { instrument?: number; side?: number; entryTime: number; exitTime?: number; entryPrice?: number }

function trades(...rows: Row[]) {
  const column = (pick: (row: Row) => number) => Float64Array.from(rows, pick)
  return {
    instrument: column((row) => row.instrument ?? 0),
    side: column((row) => row.side ?? 1),
    entryTime: column((row) => row.entryTime),
    exitTime: column((row) => row.exitTime ?? row.entryTime + 10),
    entryPrice: column((row) => row.entryPrice ?? 100),
    exitPrice: column(() => 101),
    quantity: column(() => 1),
    pnl: column(() => 1),
  }
}
const spx = { a: () => 'SPX', b: () => 'SPX' }

test('two runs with the same trades have nothing to tell', () => {
  const run = trades({ entryTime: 1 }, { entryTime: 2, exitTime: Number.NaN })
  expect(compareTrades(run, run, spx).counts).toEqual({ same: 2, added: 0, removed: 0, moved: 0 })
})

test('a trade whose exit differs has moved; one that only B has was added; one that only A has was removed', () => {
  const a = trades({ entryTime: 1 }, { entryTime: 2 })
  const b = trades({ entryTime: 1, exitTime: 99 }, { entryTime: 3 })
  const { counts, columns } = compareTrades(a, b, spx)
  expect(counts).toEqual({ same: 0, added: 1, removed: 1, moved: 1 })
  expect(Array.from(columns.change ?? [])).toEqual([tradeChange.moved, tradeChange.removed, tradeChange.added])
  expect(Array.from(columns.b ?? [])).toEqual([0, Number.NaN, 1])
})

test('instruments are matched by name, not by the code that they happen to have in a run', () => {
  const a = trades({ instrument: 0, entryTime: 1 })
  const b = trades({ instrument: 1, entryTime: 1 })
  const names = ['SPX', 'NDX']
  expect(compareTrades(a, b, { a: () => 'NDX', b: (code) => names[code] ?? '' }).counts.same).toBe(1)
})

test('configurations differ leaf by leaf, and a missing leaf shows as nothing', () => {
  const a = { params: { fast: 10, slow: 30 }, commission: { kind: 'none' } }
  const b = { params: { fast: 12, slow: 30 }, commission: { kind: 'percent', rate: 0.001 } }
  expect(plainDifferences(a, b)).toEqual([
    { path: 'commission.kind', a: 'none', b: 'percent' },
    { path: 'commission.rate', a: '', b: '0.001' },
    { path: 'params.fast', a: '10', b: '12' },
  ])
})
