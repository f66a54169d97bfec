import type { TickMarket } from './make-ticks.ts'

/** WT as a user writes it: two averages of the ticks, entries only where the spread is narrow, market orders. */
export const tickStrategyText = `import { type Instrument, Strategy } from 'tickwright'

export default class TickCross extends Strategy {
  fast = 0
  slow = 0
  seen = 0
  onTick(i: Instrument) {
    const price = i.last
    const before = this.fast - this.slow
    if (this.seen++ === 0) this.fast = this.slow = price
    this.fast += (price - this.fast) * 0.1
    this.slow += (price - this.slow) * 0.01
    const now = this.fast - this.slow
    if (this.seen < 100 || i.orders.length > 0) return
    if (i.flat && now > 0 && before <= 0 && i.quote !== undefined && i.quote.ask - i.quote.bid < 0.02) i.buy(1)
    else if (i.long && now < 0 && before >= 0) i.sell(1)
  }
}
`

/** The same by hand over the columns: orders fill on the next tick. */
export function tickLoop({ ticks, quotes, bars }: TickMarket): { readonly fills: number; readonly equity: number } {
  const { time, price } = ticks
  const curve = new Float64Array(bars.length)
  let cash = 1_000_000
  let position = 0
  let pending = 0
  let fills = 0
  let fast = 0
  let slow = 0
  let quote = -1
  for (let i = 0; i < time.length; i++) {
    const now = time[i] as number
    while (quote + 1 < quotes.time.length && (quotes.time[quote + 1] as number) <= now) quote++
    const last = price[i] as number
    if (pending !== 0) {
      cash -= pending * last
      position += pending
      pending = 0
      fills++
    }
    const before = fast - slow
    if (i === 0) {
      fast = last
      slow = last
    }
    fast += (last - fast) * 0.1
    slow += (last - slow) * 0.01
    const difference = fast - slow
    curve[Math.floor(i / 100)] = cash + position * last
    if (i < 99) continue
    const spread = (quotes.ask[quote] as number) - (quotes.bid[quote] as number)
    if (position === 0 && difference > 0 && before <= 0 && spread < 0.02) pending = 1
    else if (position > 0 && difference < 0 && before >= 0) pending = -1
  }
  return { fills, equity: curve[bars.length - 1] as number }
}
