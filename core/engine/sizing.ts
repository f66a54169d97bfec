import type { Account } from '../broker/account.ts'
import type { OrderTable } from '../broker/order-table.ts'
import { orderTypeCode } from '../domain/order.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { Sizer } from './sizers.ts'

const { limit, stop, stopLimit } = orderTypeCode

/** What sizes an order: a strategy's runtime. */
export interface SizingSource {
  readonly orders: OrderTable
  readonly account: Account
  readonly sizer: Sizer | undefined
  readonly results: () => readonly number[]
}

/** Asks the sizer how much an order trades; false when that is nothing, and the order is not to be sent. */
export function giveSize({ orders, account, sizer, results }: SizingSource, row: number, i: InstrumentApi): boolean {
  const side = orders.side[row] as number
  const quantity = sizer?.({
    instrument: i as Instrument,
    side: side > 0 ? 'buy' : 'sell',
    price: priceOf(orders, row) ?? i.last,
    stop: orders.stop[row] as number,
    position: i.position,
    cash: account.cash,
    equity: account.value,
    get results() {
      return results()
    },
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
