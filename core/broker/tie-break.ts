import { orderTypeCode } from '../domain/order.ts'
import type { Market } from './market.ts'
import type { Matcher } from './matching.ts'
import type { OrderTable } from './order-table.ts'
import type { FillPolicy } from './rules.ts'

function isStop(type: number): boolean {
  return type >= orderTypeCode.stop && type <= orderTypeCode.trailingStopLimit
}

/**
 * True when `rival` must be tried before `row` on this bar: what the open already reaches is certain and comes first;
 * otherwise the pessimist lets the stop win and the optimist the limit.
 */
export function isPreferred(
  matcher: Matcher,
  orders: OrderTable,
  market: Market,
  policy: FillPolicy,
  rival: number,
  row: number,
): boolean {
  const rivalType = orders.type[rival] as number
  const type = orders.type[row] as number
  if (isStop(rivalType) === isStop(type)) return false
  if (matcher.touchedByOpen(row, market)) return false
  if (matcher.touchedByOpen(rival, market)) return true
  return isStop(rivalType) === (policy === 'pessimistic')
}
