import { orderTypeCode } from '../domain/order.ts'
import type { Market } from './market.ts'
import type { OrderQueue } from './order-queue.ts'
import { type OrderTable, orderFlag } from './order-table.ts'

const { limit, stop, stopLimit } = orderTypeCode
/** Looking through a longer queue to spare a cycle costs more than the cycle. */
const longestQueue = 64
/** Orders that any bar may end. */
const everyBar = orderFlag.day | orderFlag.barLimit | orderFlag.immediate

/**
 * The prices and the time between which no working order of one market can do anything: a bar inside needs no cycle.
 * It may be too narrow, never too wide: an order that leaves the queue does not widen it.
 */
export class WakeBand {
  /** Highest price that wakes on the way down, lowest on the way up, latest time; NaN-free. */
  readonly #edges = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)

  /** True when the market's current bar reaches an edge. */
  isReached(market: Market): boolean {
    const { columns, i } = market
    const edges = this.#edges
    const below = edges[0] as number
    const above = edges[1] as number
    const open = columns.open[i] as number
    if ((columns.low[i] as number) <= below || (columns.high[i] as number) >= above) return true
    return open <= below || open >= above || (columns.closeTime[i] as number) > (edges[2] as number)
  }

  /** Every bar reaches it. */
  open(): void {
    this.#set(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)
  }

  /** Fits the band to the orders in the queue. */
  fit(queue: OrderQueue, orders: OrderTable): void {
    if (queue.count > longestQueue) {
      this.open()
      return
    }
    let below = Number.NEGATIVE_INFINITY
    let above = Number.POSITIVE_INFINITY
    let until = Number.POSITIVE_INFINITY
    for (let index = 0; index < queue.count; index++) {
      const row = queue.at(index)
      if (!orders.has(row, orderFlag.queued)) continue
      const price = watchedPrice(orders, row)
      if (Number.isNaN(price) || orders.has(row, everyBar)) {
        this.open()
        return
      }
      const end = orders.validUntil[row] as number
      if (end < until) until = end
      if (orders.has(row, orderFlag.inactive)) continue
      if (waitsForFall(orders, row)) below = Math.max(below, price)
      else above = Math.min(above, price)
    }
    this.#set(below, above, until)
  }

  #set(below: number, above: number, until: number): void {
    this.#edges[0] = below
    this.#edges[1] = above
    this.#edges[2] = until
  }
}

/** The price at which an order may begin to do something; NaN for one that every bar concerns. */
function watchedPrice(orders: OrderTable, row: number): number {
  const type = orders.type[row] as number
  if (type === stopLimit && orders.has(row, orderFlag.triggered)) return orders.limit[row] as number
  return type === limit || type === stop || type === stopLimit ? (orders.price[row] as number) : Number.NaN
}

/** A buy limit and a sell stop wait for a fall, the others for a rise. */
function waitsForFall(orders: OrderTable, row: number): boolean {
  const isLimit = orders.type[row] === limit || orders.has(row, orderFlag.triggered)
  return isLimit === (orders.side[row] as number) > 0
}
