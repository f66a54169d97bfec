import type { OrderTable } from '../broker/order-table.ts'
import { orderTypeCode } from '../domain/order.ts'
import type { Instrument } from './instrument.ts'
import type { Runtime } from './runtime.ts'

const { limit, stop, stopLimit } = orderTypeCode

/** Asks the sizer how much an order trades; false when that is nothing, and the order is not to be sent. */
export function giveSize(runtime: Runtime, row: number): boolean {
  const { orders, account, sizer } = runtime
  const instrument = runtime.instruments[orders.instrument[row] as number] as Instrument
  const side = orders.side[row] as number
  const quantity = sizer?.({
    instrument,
    side: side > 0 ? 'buy' : 'sell',
    price: priceOf(orders, row) ?? instrument.last,
    stop: orders.stop[row] as number,
    position: instrument.position,
    cash: account.cash,
    equity: account.value,
    results: runtime.results(),
  })
  if (quantity === undefined || !(Math.abs(quantity) > 0) || !Number.isFinite(quantity)) return false
  orders.quantity[row] = Math.abs(quantity)
  orders.remaining[row] = side * Math.abs(quantity)
  return true
}

/** The price at which an order waits; undefined for one that does not. */
function priceOf(orders: OrderTable, row: number): number | undefined {
  const type = orders.type[row] as number
  if (type === stopLimit) return orders.limit[row]
  return type === limit || type === stop ? orders.price[row] : undefined
}
