import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeCurves } from '../../../renderer/chart/plot/merge-curves.ts'
import { pickForPlot, thinRange } from '../../../renderer/chart/plot/thin-range.ts'

describe('a thinned curve', () => {
  it('keeps the highest and lowest value of what is visible, in time order, within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 4, max: 60 }),
        (numbers, maxRows) => {
          const values = Float64Array.from(numbers)
          const time = Float64Array.from(numbers, (_, row) => row)
          const rows = thinRange(time, values, { from: 0, to: numbers.length, maxRows })
          const kept = [...rows].map((row) => values[row] as number)
          expect(rows.length).toBeLessThanOrEqual(Math.max(maxRows, 4))
          expect(Math.max(...kept)).toBe(Math.max(...numbers))
          expect(Math.min(...kept)).toBe(Math.min(...numbers))
          expect([...rows]).toEqual([...rows].sort((a, b) => a - b))
          expect(new Set(rows).size).toBe(rows.length)
        },
      ),
    )
  })

  it('reaches one row beyond each edge, so that the line leaves the frame', () => {
    const time = Float64Array.of(0, 10, 20, 30, 40)
    expect([...thinRange(time, time, { from: 15, to: 25, maxRows: 100 })]).toEqual([1, 2, 3])
  })

  it('draws what is undefined as a gap', () => {
    expect(pickForPlot(Float64Array.of(1, Number.NaN, 3), Uint32Array.of(0, 1, 2))).toEqual([1, null, 3])
  })
})

describe('two curves on one axis', () => {
  it('keep every moment of both', () => {
    const merged = mergeCurves({ time: [1, 2, 4], values: [10, 20, 40] }, { time: [2, 3], values: [200, Number.NaN] })
    expect(merged).toEqual({ time: [1, 2, 3, 4], a: [10, 20, null, 40], b: [null, 200, null, null] })
  })
})
