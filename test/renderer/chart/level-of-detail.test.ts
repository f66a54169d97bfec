import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPyramid, extremes, firstBar, lastBar } from '../../../renderer/chart/level-of-detail.ts'
import { barsOf } from './series.ts'

const closes = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 300 })

describe('levels of detail', () => {
  test('every candle of every level has exactly the open, high, low, close and volume of its bars', () => {
    fc.assert(
      fc.property(closes, fc.integer({ min: 0, max: 9 }), (values, k) => {
        const bars = barsOf(values)
        const level = createPyramid(bars).level(k)
        expect(level.length).toBe(Math.ceil(bars.length / 2 ** k))
        for (let candle = 0; candle < level.length; candle++) {
          const from = firstBar(candle, level.factor)
          const to = lastBar(candle, level.factor, bars.length) + 1
          expect(level.open[candle]).toBe(bars.open[from])
          expect(level.close[candle]).toBe(bars.close[to - 1])
          expect(level.high[candle]).toBe(Math.max(...bars.high.subarray(from, to)))
          expect(level.low[candle]).toBe(Math.min(...bars.low.subarray(from, to)))
          expect(level.volume[candle]).toBe(bars.volume.subarray(from, to).reduce((sum, one) => sum + one, 0))
        }
      }),
    )
  })

  test('together the candles of a level have the high, the low and the volume of the whole series', () => {
    fc.assert(
      fc.property(closes, fc.integer({ min: 0, max: 9 }), (values, k) => {
        const bars = barsOf(values)
        const level = createPyramid(bars).level(k)
        expect(extremes(level, 0, level.length)).toEqual({ high: Math.max(...bars.high), low: Math.min(...bars.low) })
        const sum = (column: Float64Array) => column.reduce((total, one) => total + one, 0)
        expect(sum(level.volume)).toBe(sum(bars.volume))
      }),
    )
  })

  test('volume that only some bars have is summed over those, and undefined only when none has any', () => {
    const bars = barsOf([1, 2, 3, 4, 5])
    bars.volume.set([Number.NaN, 7, Number.NaN, Number.NaN, 4])
    expect([...createPyramid(bars).level(1).volume]).toEqual([7, Number.NaN, 4])
    expect([...createPyramid(bars).level(2).volume]).toEqual([7, 4])
  })

  test('extremes of an empty stretch are undefined', () => {
    expect(extremes(createPyramid(barsOf([1, 2])).level(0), 5, 9)).toEqual({ high: Number.NaN, low: Number.NaN })
  })
})
