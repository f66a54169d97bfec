import { orderFlag } from '../broker/order-table.ts'
import type { OrderPort } from './order-port.ts'

const dayMs = 86_400_000
/** Smaller numbers are no epoch milliseconds of any market: somebody means bars, days or seconds. */
const earliest = 1e9

/**
 * Ends an order by time, day or date (V-01 … V-07); false when `until` is none of these. In profile backtrader 0 never
 * ends it, a date ends it at that day's first instant, and a day order ends at 23:59:59.009999 of the day that made it
 * (X-04).
 */
export function setValidity(run: OrderPort, row: number, until: number | string): boolean {
  if (run.isUpstream) return setUpstream(run, row, until)
  const { orders } = run
  if (until === 'day' || until === 0) {
    orders.set(row, orderFlag.day)
    return true
  }
  if (typeof until === 'string') {
    const day = dateMs(until)
    if (Number.isNaN(day)) return false
    orders.set(row, orderFlag.day)
    orders.rare(row).dayNumber = day / dayMs
    return true
  }
  if (!Number.isFinite(until) || until < earliest) return false
  orders.validUntil[row] = until
  return true
}

function setUpstream({ orders, now }: OrderPort, row: number, until: number | string): boolean {
  if (until === 0) return true
  if (until === 'day') {
    orders.validUntil[row] = Math.floor((now - 1) / dayMs) * dayMs + Date.UTC(1970, 0, 1, 23, 59, 59) + 9.999
    return true
  }
  const moment = typeof until === 'string' ? dateMs(until) : until
  if (!Number.isFinite(moment)) return false
  orders.validUntil[row] = moment
  return true
}

/** Midnight UTC of an ISO date; NaN for anything else. */
function dateMs(text: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN
}
