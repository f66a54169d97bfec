import { orderTypeCode } from '../domain/order.ts'
import { barPart, type Market, type TradingDays } from './market.ts'
import { type OrderTable, orderFlag } from './order-table.ts'

const { close: closeType, trailingStop, trailingStopLimit } = orderTypeCode
const dayMs = 86_400_000

/** Completes a new row: reference prices and creation stamp (O-06). Prices may be NaN. */
export function stampOrder(orders: OrderTable, row: number, market: Market, delayBars: number): void {
  const { inside } = market
  const isInside = inside.part === barPart.inside
  const close = isInside ? inside.last : market.isTicking ? market.tickPrice : market.close
  const now = isInside ? inside.time : market.heardAt
  orders.createdClose[row] = close
  orders.createdTime[row] = now
  orders.updatedTime[row] = now
  // An order made inside a bar can match on the rest of it
  orders.createdSequence[row] = market.sequence + delayBars - (isInside ? 1 : 0)
  const given = orders.price[row] as number
  const limit = orders.limit[row] as number
  const price = !Number.isNaN(given) ? given : !Number.isNaN(limit) ? limit : close
  orders.price[row] = price
  if (Number.isNaN(limit)) orders.limit[row] = price
  if (orders.type[row] === closeType) setSessionEnd(orders, row, market)
}

function setSessionEnd(orders: OrderTable, row: number, market: Market): void {
  const now = market.closeTime
  if (market.days !== undefined) {
    orders.rare(row).sessionEnd = nextClose(market.days, now)
    return
  }
  const end = Math.floor(now / dayMs) * dayMs + market.sessionEnd
  orders.rare(row).sessionEnd = end < now ? end + dayMs : end
}

/** The end of the session that a time lies in or before. */
function nextClose(days: TradingDays, now: number): number {
  const day = days.dayAt(now)
  const close = days.isTradingDay(day) ? days.closeOf(day) : Number.NEGATIVE_INFINITY
  return close >= now ? close : days.closeOf(days.nextDay(day))
}

/** True while the order's stop follows the price. */
export function trails(orders: OrderTable, row: number): boolean {
  const type = orders.type[row] as number
  return type === trailingStop || (type === trailingStopLimit && !orders.has(row, orderFlag.triggered))
}

/** Takes a trailing order's stop away, to be trailed from the price that this returns (T-01, T-03). */
export function startTrail(orders: OrderTable, row: number): number {
  const price = orders.price[row] as number
  orders.rare(row).limitOffset = price - (orders.limit[row] as number)
  orders.price[row] = (orders.side[row] as number) * Number.POSITIVE_INFINITY
  return price
}
