import { orderTypeCode } from '../domain/order.ts'
import type { Market } from './market.ts'
import { type OrderTable, orderFlag } from './order-table.ts'

/** True when an order's time is over on its market's current event (O-03). Orders at market have none. */
export function isExpired(orders: OrderTable, row: number, market: Market): boolean {
  if (orders.type[row] === orderTypeCode.market) return false
  if (market.closeTime > (orders.validUntil[row] as number)) return true
  if (!orders.has(row, orderFlag.day | orderFlag.barLimit)) return false
  const terms = orders.rare(row)
  if (orders.has(row, orderFlag.barLimit)) {
    return market.sequence - (orders.createdSequence[row] as number) > terms.barLimit
  }
  const today = market.dayOf(market.time)
  if (terms.dayNumber < 0) terms.dayNumber = today
  return today > terms.dayNumber
}
