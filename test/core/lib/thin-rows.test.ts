import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickRows, thinRows } from '../../../core/lib/thin-rows.ts'

test('a curve that fits is not thinned', () => {
  expect(Array.from(thinRows(Float64Array.of(1, 2, 3), 10))).toEqual([0, 1, 2])
  expect(Array.from(thinRows(Float64Array.of(1, 2, 3), 0))).toEqual([0, 1, 2])
  expect(Array.from(thinRows(new Float64Array(0), 10))).toEqual([])
})

test('thinning keeps first, last, highest and lowest, in time order, within the limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 50, maxLength: 400 }),
      fc.integer({ min: 8, max: 40 }),
      (numbers, maxRows) => {
        const values = Float64Array.from(numbers)
        const rows = thinRows(values, maxRows)
        const kept = pickRows(values, rows)
        expect(rows.length).toBeLessThanOrEqual(maxRows)
        expect(rows[0]).toBe(0)
        expect(rows.at(-1)).toBe(values.length - 1)
        expect(Array.from(rows).every((row, index) => index === 0 || row > (rows[index - 1] as number))).toBe(true)
        expect(Math.max(...kept)).toBe(Math.max(...values))
        expect(Math.min(...kept)).toBe(Math.min(...values))
      },
    ),
  )
})
