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
  /** Targets after the first, each for a percentage of the units; what is left has the first. */
  readonly more: readonly FurtherTarget[]
  /** Stops go to the entry price when the first target is reached. */
  readonly breakEven: boolean
}

/** A target after the first, said as the first is. */
export interface FurtherTarget {
  readonly target: number
  readonly percent: number
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
  const targetOf = (typed: number) => {
    const said = { ...fields, target: typed }
    const price =
      fields.exitsBy === 'r' ? entry + (entry - stop) * typed : exitPrice(said, 'target', entry, sign, market)
    return onTick(price, market.tickSize)
  }
  const quantity = sizeOf(fields, entry, stop, sign, market)
  const target = targetOf(fields.target)
  const ticket = ticketOf({ ...fields, quantity, stop: onTick(stop, market.tickSize), target }, side)
  if (ticket === null || fields.more.length === 0) return ticket
  const parts = partsOf(
    quantity,
    target,
    fields.more.map(({ target: typed, percent }) => ({ target: targetOf(typed), percent })),
    market,
  )
  return parts === null ? null : { ...ticket, target: null, parts, breakEven: fields.breakEven }
}

/** Whole lots for each target, what is left over for the first; null where a target is missing or one would get nothing. */
function partsOf(
  quantity: number,
  target: number,
  more: readonly FurtherTarget[],
  { lotSize }: TicketMarket,
): NonNullable<OrderTicket['parts']> | null {
  const lot = lotSize > 0 ? lotSize : 1
  const further = more.map(({ target: price, percent }) => {
    const lots = Math.floor(Number(((quantity * percent) / 100 / lot).toPrecision(9)))
    return { quantity: Number((lots * lot).toPrecision(12)), target: price }
  })
  const rest = further.reduce((left, part) => left - part.quantity, quantity)
  const parts = [{ quantity: Number(rest.toPrecision(12)), target }, ...further]
  return parts.every((part) => part.quantity > 0 && Number.isFinite(part.target)) ? parts : null
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
