import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import { seriesHash } from '../../../core/stores/bar-blocks.ts'
import { minuteBars } from './builders.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hashOf = (change: Parameters<typeof minuteBars>[2], length = 5_000) =>
  seriesHash(minuteBars(0, length, change), sha256)

test('a NaN is a NaN, whatever bits the processor gave it', () => {
  const bars = minuteBars(0, 10)
  const words = new Uint32Array(bars.openInterest.buffer)
  // What x86 makes of 0/0: the sign bit set, and a payload besides.
  words.set([1, 0xfff80000], 6)
  expect(bars.openInterest[3]).toBeNaN()
  expect(seriesHash(bars, sha256)).toBe(hashOf(undefined, 10))
})

test('one bar more, one price, one sign of zero or one close time each give another hash', () => {
  const hashes = [
    hashOf(undefined),
    hashOf(undefined, 5_001),
    hashOf((index) => (index === 4_097 ? { low: 1 } : {})),
    hashOf((index) => (index === 4_999 ? { volume: 0 } : {})),
    hashOf((index) => (index === 4_999 ? { volume: -0 } : {})),
    hashOf((index) => (index === 0 ? { closeTime: 59_999 } : {})),
    seriesHash(createBarSeries(0), sha256),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})
