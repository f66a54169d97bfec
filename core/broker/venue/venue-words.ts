import { orderReasonCode, orderTypeCode } from '../../domain/order.ts'
import { eventCode, statusCode } from '../../domain/order-state.ts'
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

/** Units cut down to whole lots; a lot of 0 is none. */
export function wholeLots(units: number, lot: number): number {
  return lot > 0 ? Number((Math.floor(units / lot + 1e-9) * lot).toPrecision(14)) : units
}

/** The rest of an order as it goes to the venue; `held`: signed units of its market. */
export function placeIntent(
  orders: OrderTable,
  row: number,
  { id, at, held, quantity }: Pick<PlaceIntent, 'id' | 'at' | 'quantity'> & { readonly held: number },
): PlaceIntent {
  const isPlainLimit = orders.type[row] === orderTypeCode.limit
  const isLimit = isPlainLimit || orders.has(row, orderFlag.triggered)
  const remaining = orders.remaining[row] as number
  return {
    ...{ kind: 'place', id, order: row + 1, instrument: orders.instrument[row] as number, at },
    ...{ side: remaining > 0 ? 'buy' : 'sell', quantity },
    type: isLimit ? 'limit' : 'market',
    price: isLimit ? (orders[isPlainLimit ? 'price' : 'limit'][row] as number) : null,
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
