import { type BarColumnName, type BarSeries, barColumnNames, createBarSeries } from '../../core/domain/bar-series.ts'

const dayMs = 86_400_000

/** Daily bars from 2020-01-01 whose closes are given; open is the close before, high and low enclose both by 1. */
export function dailyBars(closes: readonly number[], start = Date.UTC(2020, 0, 1)): BarSeries {
  const bars = createBarSeries(closes.length)
  closes.forEach((close, index) => {
    const open = closes[index - 1] ?? close
    const bar: Record<BarColumnName, number> = {
      time: start + index * dayMs,
      closeTime: start + (index + 1) * dayMs,
      open,
      high: Math.max(open, close) + 1,
      low: Math.min(open, close) - 1,
      close,
      volume: 1_000 + index,
      openInterest: Number.NaN,
    }
    for (const name of barColumnNames) bars[name][index] = bar[name]
  })
  return bars
}

/** Closes on a slow wave around 100: an average crosses it often. */
export function waveCloses(length: number): number[] {
  return Array.from(
    { length },
    (_, index) => Math.round(10_000 + 800 * Math.sin(index / 9) + ((index * 37) % 53)) / 100,
  )
}
