import { describe, expect, it } from 'vitest'
import { ColumnArena } from '../../../core/lib/column-arena.ts'
import { RecordBuffer } from '../../../core/lib/record-buffer.ts'
import { RowList } from '../../../core/lib/row-list.ts'
import { StepColumn } from '../../../core/lib/step-column.ts'

describe('a column kept by its changes', () => {
  it('holds a value until the next one', () => {
    const cash = new StepColumn()
    cash.set(1, 100)
    cash.set(3, 90)
    expect([...cash.write(6)]).toEqual([Number.NaN, 100, 100, 90, 90, 90])
  })

  it('keeps the last value of a row', () => {
    const cash = new StepColumn()
    cash.set(0, 1)
    cash.set(2, 2)
    cash.set(2, 3)
    expect([...cash.write(3)]).toEqual([1, 1, 3])
  })

  it('has no rows without a length and no values without a change', () => {
    expect([...new StepColumn().write(2)]).toEqual([Number.NaN, Number.NaN])
    expect(new StepColumn().write(0)).toHaveLength(0)
  })
})

describe('records', () => {
  it('come back as columns, however many there are', () => {
    const records = new RecordBuffer(2)
    for (let row = 0; row < 10_000; row++) {
      const start = records.add()
      records.values[start] = row
      records.values[start + 1] = -row
    }
    records.set(5000, 1, 7)
    expect(records.at(5000, 1)).toBe(7)
    expect(records.at(9999, 0)).toBe(9999)
    expect(records.at(10_000, 0)).toBeNaN()
    expect([...records.column(0)]).toEqual(Array.from({ length: 10_000 }, (_, row) => row))
    expect(records.columns()).toEqual([records.column(0), records.column(1)])
  })
})

describe('memory for passing columns', () => {
  it('goes to the next run when it is large enough', () => {
    const buffers: ArrayBuffer[] = []
    const first = new ColumnArena(buffers)
    const [short, long] = [first.take(10), first.take(100)]
    const second = new ColumnArena(buffers)
    expect(second.take(100).buffer).toBe(long.buffer)
    expect(second.take(10).buffer).toBe(short.buffer)
    expect(buffers).toHaveLength(2)
  })

  it('is never handed out twice in one run', () => {
    const buffers: ArrayBuffer[] = []
    new ColumnArena(buffers).take(50)
    const arena = new ColumnArena(buffers)
    const taken = [arena.take(10), arena.takeIntegers(20), arena.takeBytes(30), arena.take(60)]
    expect(new Set(taken.map(({ buffer }) => buffer)).size).toBe(4)
    expect(taken.map(({ length }) => length)).toEqual([10, 20, 30, 60])
  })
})

describe('a list of rows', () => {
  it('keeps its order when one is taken out, and grows', () => {
    const list = new RowList()
    for (let row = 0; row < 40; row++) list.push(row)
    expect(list.delete(3)).toBe(true)
    expect(list.delete(3)).toBe(false)
    expect(list.has(3)).toBe(false)
    expect(list.rows()).toEqual([0, 1, 2, ...Array.from({ length: 36 }, (_, k) => k + 4)])
    list.clear()
    expect([list.length, list.has(4), list.rows()]).toEqual([0, false, []])
  })
})
