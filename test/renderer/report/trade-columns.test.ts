import { describe, expect, it } from 'vitest'
import { orderColumns } from '../../../renderer/features/report/order-columns.ts'
import { type TableContext, type TableData, tradeColumns } from '../../../renderer/features/report/trade-columns.ts'

const context = {
  t: (key: string) => key,
  instruments: [],
  interval: '1d',
  zoneOf: () => 'UTC',
  precision: 'day',
} as unknown as TableContext

const one: TableData = {
  rows: 2,
  columns: { instrument: Float64Array.of(0, 0), side: Float64Array.of(1, 1) },
  texts: { instrument: ['SPX'] },
}
const several: TableData = {
  ...one,
  columns: { ...one.columns, strategy: Float64Array.of(1, 0) },
  texts: { ...one.texts, strategy: ['trend', 'dip'] },
}

describe('the lists of a run of several strategies', () => {
  it('name the strategy of each trade and order', () => {
    const trades = tradeColumns(several, Uint32Array.of(0, 1), context).find(({ id }) => id === 'strategy')
    expect([0, 1].map((row) => trades?.text(row))).toEqual(['dip', 'trend'])
    const orders = orderColumns(several, context).find(({ id }) => id === 'strategy')
    expect([0, 1].map((row) => orders?.text(row))).toEqual(['dip', 'trend'])
  })

  it('have no such column for a run of one', () => {
    const ids = [...tradeColumns(one, Uint32Array.of(0, 1), context), ...orderColumns(one, context)].map(({ id }) => id)
    expect(ids).not.toContain('strategy')
  })
})
