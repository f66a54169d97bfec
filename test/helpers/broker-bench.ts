import { Commission, type CommissionTerms, freeOfCharge } from '../../core/broker/commission.ts'
import type { Execution } from '../../core/broker/execution.ts'
import { Market } from '../../core/broker/market.ts'
import { type BrokerRules, defaultBrokerRules } from '../../core/broker/rules.ts'
import { SimulatedBroker } from '../../core/broker/simulated-broker.ts'
import { orderTypeCode } from '../../core/domain/order.ts'
import { orderStatuses } from '../../core/domain/order-state.ts'
import { BarMerge } from '../../core/engine/bar-merge.ts'
import { barsOf, type Candle } from './bars-of.ts'

/** What to order: side and size in one number, negative sells. */
export interface Wanted {
  readonly type?: keyof typeof orderTypeCode
  readonly price?: number
  readonly limit?: number
  readonly parent?: number
  readonly oco?: number
  readonly transmit?: boolean
  readonly valid?: number
  readonly market?: number
}

export interface BenchOptions {
  readonly rules?: Partial<BrokerRules>
  readonly terms?: Partial<CommissionTerms>
  readonly cash?: number
}

/** A broker over a few candles, driven by hand: `next()` runs one cycle, `order()` is a call of the strategy. */
export function brokerBench(feeds: readonly (readonly Candle[])[], options: BenchOptions = {}) {
  const markets = feeds.map(
    (candles, index) =>
      new Market({
        index,
        commission: new Commission({ ...freeOfCharge, ...options.terms }),
        columns: barsOf(candles),
        sessionEnd: 86_400_000,
        zone: 'UTC',
      }),
  )
  const fills: { order: number; price: number; size: number; time: number }[] = []
  const broker = new SimulatedBroker({
    rules: { ...defaultBrokerRules, ...options.rules },
    markets,
    cash: options.cash ?? 1_000_000,
    listener: {
      orderChanged: () => {},
      executed: ({ row, price, size, time }: Execution) => fills.push({ order: row, price, size, time }),
    },
  })
  const merge = new BarMerge(markets)
  return {
    broker,
    markets,
    fills,
    next(): boolean {
      if (!merge.advance()) return false
      broker.step(merge.step)
      return true
    },
    order(size: number, wanted: Wanted = {}): number {
      const { orders } = broker
      const row = orders.add(
        wanted.market ?? 0,
        Math.sign(size),
        orderTypeCode[wanted.type ?? 'market'],
        Math.abs(size),
      )
      orders.price[row] = wanted.price ?? Number.NaN
      orders.limit[row] = wanted.limit ?? Number.NaN
      orders.validUntil[row] = wanted.valid ?? Number.NaN
      if (wanted.parent !== undefined) orders.parent[row] = wanted.parent
      broker.stamp(row)
      broker.submit(row, wanted.oco ?? -1, wanted.transmit ?? true)
      return row
    },
    status(row: number) {
      return orderStatuses[broker.orders.status[row] as number]
    },
  }
}
