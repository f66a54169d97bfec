import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, keyAction, nextSort, sortedOrder, toTsv } from '../../../renderer/ui/table-model.ts'

function column(id: string, values: readonly (number | string | null)[], align: 'left' | 'right' = 'right'): Column {
  return {
    id,
    title: id,
    width: 80,
    align,
    text: (row) => (values[row] === null ? '–' : String(values[row])),
    value: (row) => values[row] ?? null,
  }
}

describe('sorting', () => {
  it('puts undefined values last in both directions', () => {
    const columns = [column('pnl', [3, null, -1, Number.NaN, 2])]
    expect([...sortedOrder(5, columns, [{ column: 'pnl', descending: false }])]).toEqual([2, 4, 0, 1, 3])
    expect([...sortedOrder(5, columns, [{ column: 'pnl', descending: true }])]).toEqual([0, 4, 2, 1, 3])
  })

  it('sorts by a second key within equal values of the first, and names by their numbers', () => {
    const columns = [column('side', ['b', 'a', 'b', 'a']), column('name', ['x10', 'x9', 'x2', 'x1'])]
    const keys = [
      { column: 'side', descending: false },
      { column: 'name', descending: false },
    ]
    expect([...sortedOrder(4, columns, keys)]).toEqual([3, 1, 2, 0])
  })

  it('is a stable order of all rows for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 60 }),
        fc.boolean(),
        (values, descending) => {
          const order = [...sortedOrder(values.length, [column('a', values)], [{ column: 'a', descending }])]
          expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, row) => row))
          for (let position = 1; position < order.length; position++) {
            const before = order[position - 1] as number
            const after = order[position] as number
            if (Object.is(values[before], values[after])) expect(before).toBeLessThan(after)
          }
        },
      ),
    )
  })

  it('turns from ascending to descending to unsorted, and keeps earlier keys with Shift', () => {
    const up = nextSort([], 'a', false)
    expect(up).toEqual([{ column: 'a', descending: false }])
    expect(nextSort(up, 'a', false)).toEqual([{ column: 'a', descending: true }])
    expect(nextSort([{ column: 'a', descending: true }], 'a', false)).toEqual([])
    expect(nextSort(up, 'b', true).map((key) => key.column)).toEqual(['a', 'b'])
    expect(nextSort(up, 'b', false).map((key) => key.column)).toEqual(['b'])
  })
})

describe('copying', () => {
  it('gives a spreadsheet plain numbers, an ASCII minus and nothing where undefined', () => {
    const pnl: Column = { ...column('P&L', [-1208.5, null]), text: (row) => (row === 0 ? '−1,208.50' : '–') }
    const note: Column = { id: 'n', title: 'Note', width: 90, text: (row) => (row === 0 ? 'two\tlines\nhere' : '–') }
    expect(toTsv([pnl, note], [0, 1])).toBe('P&L\tNote\n-1208.5\ttwo lines here\n\t')
  })
})

describe('keys', () => {
  const at = { active: 4, rows: 10, page: 6 }
  const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...held,
  })

  it('moves within the rows and never past the ends', () => {
    expect(keyAction(key('ArrowDown'), at)).toBe(5)
    expect(keyAction(key('PageDown'), at)).toBe(9)
    expect(keyAction(key('PageUp'), at)).toBe(0)
    expect(keyAction(key('Home'), at)).toBe(0)
    expect(keyAction(key('End'), at)).toBe(9)
    expect(keyAction(key('ArrowDown'), { ...at, active: null })).toBe(0)
  })

  it('copies, selects all and opens', () => {
    expect(keyAction(key('c', { ctrlKey: true }), at)).toBe('copy')
    expect(keyAction(key('A', { metaKey: true }), at)).toBe('all')
    expect(keyAction(key('Enter'), at)).toBe('open')
  })

  it('leaves other keys, and every key of an empty table, to the panel', () => {
    expect(keyAction(key('Delete'), at)).toBeUndefined()
    expect(keyAction(key('ArrowDown', { altKey: true }), at)).toBeUndefined()
    expect(keyAction(key('ArrowDown'), { ...at, rows: 0 })).toBeUndefined()
  })
})
