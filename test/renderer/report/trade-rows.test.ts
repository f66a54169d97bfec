import { describe, expect, it } from 'vitest'
import { filterTrades, textOf, tradeReturn, tradeTotals } from '../../../renderer/features/report/trade-rows.ts'

const columns = {
  instrument: Float64Array.of(0, 1, 0, 0),
  side: Float64Array.of(1, -1, 1, 1),
  entryPrice: Float64Array.of(100, 50, 10, 20),
  exitPrice: Float64Array.of(110, 45, 10, Number.NaN),
  pnl: Float64Array.of(10, 5, 0, Number.NaN),
  fees: Float64Array.of(1, 1, 1, 0.5),
  open: Float64Array.of(0, 0, 0, 1),
}
const texts = { instrument: ['SPX', 'SIM-AAA'] }

describe('the trade list', () => {
  it.each([
    ['all', [0, 1, 2, 3]],
    ['long', [0, 2, 3]],
    ['short', [1]],
    ['win', [0, 1]],
    ['loss', []],
    ['open', [3]],
  ] as const)('shows %s trades', (filter, rows) => {
    expect([...filterTrades(columns, 4, filter)]).toEqual(rows)
  })

  it('names the instrument behind its code', () => {
    expect(textOf(columns, texts, 'instrument', 1)).toBe('SIM-AAA')
    expect(textOf(columns, texts, 'instrument', 9)).toBe('')
  })

  it('adds up what is closed; an open trade has no result yet but has paid fees', () => {
    expect(tradeTotals(columns, Uint32Array.of(0, 1, 2, 3))).toEqual({ count: 4, pnl: 15, fees: 3.5, wins: 2 })
  })

  it('gives a short trade its return in its own direction, an open one none', () => {
    expect(tradeReturn(columns, 0)).toBeCloseTo(0.1, 12)
    expect(tradeReturn(columns, 1)).toBeCloseTo(0.1, 12)
    expect(tradeReturn(columns, 3)).toBeNaN()
  })
})
