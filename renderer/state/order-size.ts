import { type OrderTicket, type TicketFields, ticketOf } from './order-ticket.ts'
import { onTick } from './tick-price.ts'

/** How a size is said: units, money, percent of equity, or percent of equity lost at the stop. */
export const sizeModes = ['units', 'cash', 'equity', 'risk'] as const
export type SizeMode = (typeof sizeModes)[number]

/** How exits are said: prices, or distances from the entry in ticks, in percent, or (the target) in R, the way to the stop. */
export const exitModes = ['price', 'ticks', 'percent', 'r'] as const
export type ExitMode = (typeof exitModes)[number]

/** Fields of a ticket whose size and exits may be said in other ways; `quantity` is then what is typed for the size. */
export interface SizedFields extends TicketFields {
  readonly sizeBy: SizeMode
  /** `r`: the stop is a price, the target so many times its distance. */
  readonly exitsBy: ExitMode
}

/** What sizes and distances are reckoned with; NaN where unknown. */
export interface TicketMarket {
  readonly last: number
  readonly equity: number
  readonly multiplier: number
  readonly tickSize: number
  readonly lotSize: number
}

/**
 * The order that the fields mean: exits as prices on the tick, the size as whole lots, rounded down so that no more is
 * risked than was said. Null while a figure is missing, or where the size is less than a lot.
 */
export function sizedTicket(fields: SizedFields, side: 'buy' | 'sell', market: TicketMarket): OrderTicket | null {
  const sign = side === 'buy' ? 1 : -1
  const entry = entryOf(fields, market)
  const stop = exitPrice(fields, 'stop', entry, sign, market)
  const target =
    fields.exitsBy === 'r' ? entry + (entry - stop) * fields.target : exitPrice(fields, 'target', entry, sign, market)
  const quantity = sizeOf(fields, entry, stop, sign, market)
  return ticketOf(
    { ...fields, quantity, stop: onTick(stop, market.tickSize), target: onTick(target, market.tickSize) },
    side,
  )
}

function entryOf({ kind, limit, level }: SizedFields, { last }: TicketMarket): number {
  if (kind === 'limit' || kind === 'stop-limit') return limit
  return kind === 'stop' ? level : last
}

/** Targets lie with the side, stops against it. */
function exitPrice(
  fields: SizedFields,
  exit: 'stop' | 'target',
  entry: number,
  sign: number,
  { tickSize }: TicketMarket,
): number {
  const typed = fields[exit]
  const way = exit === 'target' ? sign : -sign
  if (fields.exitsBy === 'ticks') return entry + way * typed * tickSize
  return fields.exitsBy === 'percent' ? entry * (1 + (way * typed) / 100) : typed
}

function sizeOf(
  { sizeBy, quantity }: SizedFields,
  entry: number,
  stop: number,
  sign: number,
  { equity, multiplier, lotSize }: TicketMarket,
): number {
  if (sizeBy === 'units') return quantity
  const money = sizeBy === 'cash' ? quantity : (equity * quantity) / 100
  // A stop on the wrong side of the entry risks nothing that could be reckoned with
  const perUnit = sizeBy === 'risk' ? sign * (entry - stop) * multiplier : entry * multiplier
  const lot = lotSize > 0 ? lotSize : 1
  // Nine digits: 0.3 / 0.1 are three lots
  return perUnit > 0 ? Math.floor(Number((money / perUnit / lot).toPrecision(9))) * lot : Number.NaN
}
