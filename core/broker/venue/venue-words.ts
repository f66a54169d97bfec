import { orderReasonCode, orderTypeCode } from '../../domain/order.ts'
import { eventCode, statusCode } from '../../domain/order-state.ts'
import { snapPrice } from '../../domain/snap-price.ts'
import type { Grid } from '../broker-options.ts'
import { reduces } from '../execution.ts'
import { type OrderTable, orderFlag } from '../order-table.ts'
import type { PlaceIntent, VenueNews } from './venue-messages.ts'

/** True for orders that wait for no price of the market. */
export function goesAtOnce({ type }: OrderTable, row: number): boolean {
  return type[row] === orderTypeCode.market || type[row] === orderTypeCode.limit
}

/** A request for an order's end is off. */
export function goOn(orders: OrderTable, row: number): void {
  if (orders.status[row] !== statusCode['pending-cancel']) return
  orders.apply(row, eventCode.accept)
  if (orders.executedSize[row] !== 0) orders.status[row] = statusCode['partially-filled']
}

/** Units cut down to whole lots. */
export function wholeLots(units: number, { lotSize }: Grid): number {
  return lotSize > 0 ? snapPrice(units, lotSize, -1) : units
}

/**
 * The rest of an order as it goes to the venue; `held`: signed units of its market. A limit that a trailing stop has moved
 * is put on the grid, never to the worse.
 */
export function placeIntent(
  orders: OrderTable,
  row: number,
  { id, at, held, grid }: Pick<PlaceIntent, 'id' | 'at'> & { readonly held: number; readonly grid: Grid },
): PlaceIntent {
  const isPlainLimit = orders.type[row] === orderTypeCode.limit
  const isLimit = isPlainLimit || orders.has(row, orderFlag.triggered)
  const remaining = orders.remaining[row] as number
  const limit = orders[isPlainLimit ? 'price' : 'limit'][row] as number
  return {
    ...{ kind: 'place', id, order: row + 1, instrument: orders.instrument[row] as number, at },
    ...{ side: remaining > 0 ? 'buy' : 'sell', quantity: wholeLots(Math.abs(remaining), grid) },
    type: isLimit ? 'limit' : 'market',
    price: !isLimit ? null : grid.tickSize > 0 ? snapPrice(limit, grid.tickSize, -Math.sign(remaining)) : limit,
    immediate: orders.has(row, orderFlag.immediate),
    whole: orders.has(row, orderFlag.allOrNone),
    opens: !reduces(held, remaining),
  }
}

/** What an end that nobody asked for makes of an order. */
export function endAtVenue(
  orders: OrderTable,
  row: number,
  how: (VenueNews & { readonly kind: 'ended' })['how'],
): { readonly event: 'cancel' | 'reject' | 'expire'; readonly reason: number } {
  const { lost, stale, immediate, venue } = orderReasonCode
  // What never arrived is called cancelled: a fill that comes all the same can still be booked
  if (how === 'absent') return { event: 'cancel', reason: lost }
  const isUntouched = orders.executedSize[row] === 0
  if (how === 'stale') return { event: isUntouched ? 'reject' : 'cancel', reason: stale }
  if (how === 'rejected') return { event: isUntouched ? 'reject' : 'cancel', reason: venue }
  return {
    event: how === 'expired' ? 'expire' : 'cancel',
    reason: orders.has(row, orderFlag.immediate) ? immediate : venue,
  }
}
