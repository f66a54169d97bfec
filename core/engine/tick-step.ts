import type { Broker } from '../broker/broker.ts'
import type { Market } from '../broker/market.ts'
import type { Tick } from './market-data.ts'

/** The broker's turn on a tick, seen as a bar that is nothing but its price; the strategy's bars stay where they are. */
export function stepOnTick(broker: Broker, market: Market, { time, price, size }: Tick, step: number): void {
  const { columns, i } = market
  const only = (value: number) => Float64Array.of(value)
  const at = only(price)
  market.columns = {
    time: only(time),
    closeTime: only(time),
    open: at,
    high: at,
    low: at,
    close: at,
    volume: only(size),
  }
  market.i = 0
  // What a trade went through is measured on the bars themselves
  market.inside.bars = columns
  market.inside.bar = i
  market.sequence++
  market.tickTime = time
  market.tickPrice = price
  market.onlyShown = false
  market.step = step
  broker.step(step)
  market.onlyShown = true
  market.inside.bars = undefined
  market.columns = columns
  market.i = i
}
