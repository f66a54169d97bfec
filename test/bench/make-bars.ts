import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'

const firstTime = 1_704_067_200_000
const minuteMs = 60_000
const meanPrice = 100
/** Volatility of one of the four steps inside a bar: 0.08 % a bar. */
const stepVolatility = 0.0004
/** A weak pull to the mean, so that ten million bars stay in range. */
const pull = 1e-5

/** A seeded source of uniform numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * One-minute bars of the benchmark workloads (research 02-workloads): the same bits on every machine, because nothing
 * but + − · / is used.
 */
export function makeBars(length: number, seed: number): BarSeries {
  const random = seededRandom(seed)
  const normal = () => (random() + random() + random() + random() - 2) * 1.7320508
  const bars = createBarSeries(length)
  let price = meanPrice
  for (let i = 0; i < length; i++) {
    bars.open[i] = price
    let high = price
    let low = price
    for (let step = 0; step < 4; step++) {
      price *= 1 + stepVolatility * normal() + pull * 0.25 * (1 - price * 0.01)
      if (price > high) high = price
      if (price < low) low = price
    }
    bars.time[i] = firstTime + i * minuteMs
    bars.closeTime[i] = firstTime + (i + 1) * minuteMs
    bars.high[i] = high
    bars.low[i] = low
    bars.close[i] = price
    bars.volume[i] = Math.floor(100 + random() * 900)
    bars.openInterest[i] = Number.NaN
  }
  return bars
}

/** Reads a raw file of six Float64 columns (time ms, open, high, low, close, volume), one after another. */
export function barsFromBytes(bytes: ArrayBuffer): BarSeries {
  const values = new Float64Array(bytes)
  const length = values.length / 6
  const bars = createBarSeries(length)
  const names = ['time', 'open', 'high', 'low', 'close', 'volume'] as const
  for (const [column, name] of names.entries()) bars[name].set(values.subarray(column * length, (column + 1) * length))
  for (let i = 0; i < length; i++) {
    bars.closeTime[i] = i + 1 < length ? (bars.time[i + 1] as number) : (bars.time[i] as number) + minuteMs
    bars.openInterest[i] = Number.NaN
  }
  return bars
}
