/** An order by hand, as a replay and a live session take it. */
export interface OrderTicket {
  readonly side: 'buy' | 'sell'
  readonly quantity: number
  readonly stopEntry: number | null
  readonly limit: number | null
  readonly trailBy: number | null
  readonly target: number | null
  readonly stop: number | null
  /** `day`, `ioc`, `fok`, or the ISO date with which it ends; null: good till cancelled. */
  readonly valid: string | null
  /** Several targets, each for some of the units; `target` is then null. */
  readonly parts?: { readonly quantity: number; readonly target: number | null }[]
  /** The stops of the others go to the entry price when the first has reached its target. */
  readonly breakEven?: boolean
}

/** How an order can enter. */
export const ticketKinds = ['market', 'limit', 'stop', 'stop-limit', 'trailing-stop'] as const
export type TicketKind = (typeof ticketKinds)[number]

/** How long an order works: till it is cancelled, its trading day, till a date, now or never in part or whole. */
export const timesInForce = ['gtc', 'day', 'gtd', 'ioc', 'fok'] as const
export type TimeInForce = (typeof timesInForce)[number]

/** What the ticket's fields hold; NaN where nothing is typed. */
export interface TicketFields {
  readonly kind: TicketKind
  readonly quantity: number
  /** Level of a stop. */
  readonly level: number
  readonly limit: number
  readonly trailBy: number
  readonly target: number
  readonly stop: number
  readonly timeInForce: TimeInForce
  /** ISO date of `gtd`; empty: not typed yet. */
  readonly until: string
}

/** A market order of one lot, at least one unit. */
export function emptyTicket(lotSize: number): TicketFields {
  const quantity = Math.max(1, lotSize)
  const none = Number.NaN
  const prices = { level: none, limit: none, trailBy: none, target: none, stop: none }
  return { kind: 'market', quantity, ...prices, timeInForce: 'gtc', until: '' }
}

/** The order that the fields mean; null while a figure is missing. */
export function ticketOf(fields: TicketFields, side: 'buy' | 'sell'): OrderTicket | null {
  const { kind, quantity, timeInForce, until } = fields
  const needs = (kinds: readonly TicketKind[], value: number) => (kinds.includes(kind) ? value : null)
  const stopEntry = needs(['stop', 'stop-limit'], fields.level)
  const limit = needs(['limit', 'stop-limit'], fields.limit)
  const trailBy = needs(['trailing-stop'], fields.trailBy)
  const isPriced = [stopEntry, limit, trailBy].every((value) => value === null || Number.isFinite(value))
  if (timeInForce === 'gtd' && !/^\d{4}-\d\d-\d\d$/.test(until)) return null
  if (!(quantity > 0) || !isPriced || (trailBy !== null && trailBy <= 0)) return null
  const known = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    ...{ side, quantity, stopEntry, limit, trailBy },
    ...{ target: known(fields.target), stop: known(fields.stop) },
    valid: timeInForce === 'gtc' ? null : timeInForce === 'gtd' ? until : timeInForce,
  }
}
