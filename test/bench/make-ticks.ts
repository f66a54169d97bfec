import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'
import type { QuoteColumns, TickColumns } from '../../core/domain/market-columns.ts'
import { seededRandom } from './make-bars.ts'

const firstTime = 1_704_067_200_000
const ticksPerMinute = 100
const minuteMs = 60_000

/** A market of ticks, the quotes around them, and the one-minute bars that they make. */
export interface TickMarket {
  readonly ticks: TickColumns
  readonly quotes: QuoteColumns
  readonly bars: BarSeries
}

/** `length` ticks, 100 a minute, each a moment after a quote of its own; the same bits on every machine. */
export function makeTicks(length: number, seed: number): TickMarket {
  const random = seededRandom(seed)
  const column = () => new Float64Array(new SharedArrayBuffer(length * 8))
  const ticks = { time: column(), price: column(), size: column() }
  const quotes = { time: column(), bid: column(), ask: column(), bidSize: column(), askSize: column() }
  let price = 100
  for (let i = 0; i < length; i++) {
    price *= 1 + 0.0001 * (random() + random() + random() + random() - 2)
    const time = firstTime + (i * minuteMs) / ticksPerMinute
    const half = 0.005 + 0.01 * random()
    quotes.time[i] = time
    quotes.bid[i] = price - half
    quotes.ask[i] = price + half
    quotes.bidSize[i] = 100
    quotes.askSize[i] = 100
    ticks.time[i] = time + 1
    ticks.price[i] = price
    ticks.size[i] = 1 + Math.floor(random() * 10)
  }
  return { ticks, quotes, bars: minuteBars(ticks) }
}

function minuteBars({ time, price, size }: TickColumns): BarSeries {
  const length = Math.ceil(time.length / ticksPerMinute)
  const bars = createBarSeries(length)
  for (let bar = 0; bar < length; bar++) {
    const from = bar * ticksPerMinute
    const prices = price.subarray(from, from + ticksPerMinute)
    bars.time[bar] = firstTime + bar * minuteMs
    bars.closeTime[bar] = firstTime + (bar + 1) * minuteMs
    bars.open[bar] = prices[0] as number
    bars.high[bar] = Math.max(...prices)
    bars.low[bar] = Math.min(...prices)
    bars.close[bar] = prices.at(-1) as number
    bars.volume[bar] = size.subarray(from, from + ticksPerMinute).reduce((sum, units) => sum + units, 0)
    bars.openInterest[bar] = Number.NaN
  }
  return bars
}
