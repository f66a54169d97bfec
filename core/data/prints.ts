import type { BarSeries } from '../domain/bar-series.ts'
import type { TickColumns } from '../domain/market-columns.ts'
import { sharedColumn } from '../lib/columns.ts'

/** Prints as the resampler takes them: a bar each, of no duration, whose four prices are its one. The columns are the ticks' own. */
export function printsAsBars({ time, price, size }: TickColumns): BarSeries {
  const openInterest = sharedColumn(time.length).fill(Number.NaN)
  const prices = { open: price, high: price, low: price, close: price }
  return { length: time.length, time, closeTime: time, ...prices, volume: size, openInterest }
}
