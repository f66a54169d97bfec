import { expect, it } from 'vitest'
import { computeIndicator } from '../../../core/indicators/compute.ts'

it('on-balance volume starts at the first volume, follows the closes, and sits out a bar without price', () => {
  const close = Float64Array.from([10, 11, 11, 10.5, Number.NaN, 12])
  const volume = Float64Array.from([5, 7, 100, 3, 50, 4])
  const { obv } = computeIndicator('obv', {}, { open: close, high: close, low: close, close, volume }).lines
  expect([...(obv as Float64Array)]).toEqual([5, 12, 12, 9, Number.NaN, 13])
})
