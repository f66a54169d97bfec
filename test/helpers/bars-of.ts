import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'

const dayMs = 86_400_000

/** Open, high, low, close and (1000 unless given) volume of one bar. */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number]

/** Daily bars from `start` (epoch ms, 2020-01-01 unless given), one a day. */
export function barsOf(candles: readonly Candle[], start = Date.UTC(2020, 0, 1), step = dayMs): BarSeries {
  const bars = createBarSeries(candles.length)
  for (const [i, [open, high, low, close, volume = 1000]] of candles.entries()) {
    bars.time[i] = start + i * step
    bars.closeTime[i] = start + (i + 1) * step
    bars.open[i] = open
    bars.high[i] = high
    bars.low[i] = low
    bars.close[i] = close
    bars.volume[i] = volume
    bars.openInterest[i] = Number.NaN
  }
  return bars
}
