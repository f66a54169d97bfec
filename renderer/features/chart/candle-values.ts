import type { ChartBars } from '../../chart/bars.ts'

/** One candle in figures. */
export interface CandleValues {
  /** Open time of its first bar. */
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** NaN when the source has none. */
  readonly volume: number
  /** Change of the close against the close before, as ratio; NaN for the first. */
  readonly change: number
}

/** The candle that the bars [first, last] make; null when there are none. */
export function candleValues(bars: ChartBars, first: number, last: number): CandleValues | null {
  if (first < 0 || last >= bars.length || last < first) return null
  let high = Number.NEGATIVE_INFINITY
  let low = Number.POSITIVE_INFINITY
  let volume = Number.NaN
  for (let i = first; i <= last; i++) {
    high = Math.max(high, bars.high[i] as number)
    low = Math.min(low, bars.low[i] as number)
    const traded = bars.volume[i] as number
    if (!Number.isNaN(traded)) volume = Number.isNaN(volume) ? traded : volume + traded
  }
  const close = bars.close[last] as number
  const before = first > 0 ? (bars.close[first - 1] as number) : Number.NaN
  const open = bars.open[first] as number
  return { time: bars.time[first] as number, open, high, low, close, volume, change: close / before - 1 }
}
