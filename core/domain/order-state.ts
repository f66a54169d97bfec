import { err, ok, type Result } from '../lib/result.ts'

/** Where an order is in its life (06, 4.4). The index is the code in columns. */
export const orderStatuses = [
  'initialized',
  'denied',
  'submitted',
  'accepted',
  'pending-update',
  'pending-cancel',
  'triggered',
  'partially-filled',
  'filled',
  'cancelled',
  'expired',
  'rejected',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

export type OrderEventKind =
  | 'deny'
  | 'submit'
  | 'accept'
  | 'reject'
  | 'request-update'
  | 'request-cancel'
  | 'trigger'
  | 'fill-part'
  | 'fill-rest'
  | 'cancel'
  | 'expire'

type Row = Readonly<Partial<Record<OrderEventKind, OrderStatus>>>

const filling: Row = { 'fill-part': 'partially-filled', 'fill-rest': 'filled' }
const ending: Row = { cancel: 'cancelled', expire: 'expired' }
const asking: Row = { 'request-update': 'pending-update', 'request-cancel': 'pending-cancel' }
const working: Row = { ...filling, ...ending, ...asking, trigger: 'triggered', reject: 'rejected' }

/**
 * The one truth about an order's life: status → event → next status. An event that is missing is illegal.
 * A late part fill leaves a cancelled or expired order closed (the money is booked, the order is not reopened).
 */
export const orderTransitions: Readonly<Record<OrderStatus, Row>> = {
  initialized: { deny: 'denied', submit: 'submitted' },
  denied: {},
  submitted: {
    ...filling,
    accept: 'accepted',
    reject: 'rejected',
    cancel: 'cancelled',
    'request-cancel': 'pending-cancel',
  },
  accepted: working,
  triggered: working,
  'pending-update': { ...filling, ...ending, ...asking, accept: 'accepted', reject: 'rejected' },
  'pending-cancel': { ...filling, ...ending, ...asking, accept: 'accepted', reject: 'rejected' },
  'partially-filled': { ...filling, ...ending, ...asking },
  filled: {},
  cancelled: { 'fill-part': 'cancelled', 'fill-rest': 'filled' },
  expired: { 'fill-part': 'expired', 'fill-rest': 'filled' },
  rejected: {},
}

/** What happened to an order. A fill carries the venue's execution id: the same id twice is one fill. */
export type OrderEvent =
  | { readonly kind: Exclude<OrderEventKind, 'fill-part' | 'fill-rest'> }
  | { readonly kind: 'fill'; readonly execution: string; readonly quantity: number; readonly price: number }

/** One order as its events made it. Quantities in units, > 0; `averagePrice` is NaN before the first fill. */
export interface OrderState {
  readonly status: OrderStatus
  readonly quantity: number
  readonly filled: number
  readonly averagePrice: number
  /** Execution ids already booked. */
  readonly executions: readonly string[]
  /** True when a fill arrived after the order was cancelled or expired: raise an alarm. */
  readonly lateFill: boolean
}

/** Why an event was refused; the state stays as it was. */
export interface IllegalOrderEvent {
  readonly status: OrderStatus
  readonly event: OrderEventKind | 'fill'
  readonly reason: 'transition' | 'overfill' | 'quantity'
}

/** An order that nobody has sent yet. */
export function initialOrderState(quantity: number): OrderState {
  return {
    status: 'initialized',
    quantity,
    filled: 0,
    averagePrice: Number.NaN,
    executions: [],
    lateFill: false,
  }
}

/** The next state, or why the event is illegal. A fill with a known execution id changes nothing. */
export function applyOrderEvent(state: OrderState, event: OrderEvent): Result<OrderState, IllegalOrderEvent> {
  if (event.kind === 'fill') return applyFill(state, event)
  const status = orderTransitions[state.status][event.kind]
  if (status === undefined) return err({ status: state.status, event: event.kind, reason: 'transition' })
  // An accepted cancel request that comes back refused leaves a part filled order part filled.
  return ok({ ...state, status: status === 'accepted' && state.filled > 0 ? 'partially-filled' : status })
}

/** Float sums of parts may miss the whole by rounding; closer than this ratio counts as filled. */
const fillTolerance = 1e-12

function applyFill(
  state: OrderState,
  event: Extract<OrderEvent, { kind: 'fill' }>,
): Result<OrderState, IllegalOrderEvent> {
  if (state.executions.includes(event.execution)) return ok(state)
  if (!(event.quantity > 0)) return err({ status: state.status, event: 'fill', reason: 'quantity' })
  const sum = state.filled + event.quantity
  const slack = state.quantity * fillTolerance
  const complete = Math.abs(sum - state.quantity) <= slack
  const status = orderTransitions[state.status][complete ? 'fill-rest' : 'fill-part']
  if (status === undefined) return err({ status: state.status, event: 'fill', reason: 'transition' })
  if (sum > state.quantity + slack) return err({ status: state.status, event: 'fill', reason: 'overfill' })
  const paid = state.filled === 0 ? 0 : state.filled * state.averagePrice
  return ok({
    ...state,
    status,
    filled: complete ? state.quantity : sum,
    averagePrice: (paid + event.quantity * event.price) / sum,
    executions: [...state.executions, event.execution],
    lateFill: state.lateFill || state.status === 'cancelled' || state.status === 'expired',
  })
}

const eventKinds: readonly OrderEventKind[] = [
  'deny',
  'submit',
  'accept',
  'reject',
  'request-update',
  'request-cancel',
  'trigger',
  'fill-part',
  'fill-rest',
  'cancel',
  'expire',
]

/** Codes of the statuses for hot paths. */
export const statusCode = Object.freeze(
  Object.fromEntries(orderStatuses.map((status, code) => [status, code])) as Record<OrderStatus, number>,
)

/** Codes of the events for hot paths. */
export const eventCode = Object.freeze(
  Object.fromEntries(eventKinds.map((kind, code) => [kind, code])) as Record<OrderEventKind, number>,
)

const illegal = 255
const compiled = new Uint8Array(orderStatuses.length * eventKinds.length).fill(illegal)
for (const [from, status] of orderStatuses.entries()) {
  for (const [event, kind] of eventKinds.entries()) {
    const next = orderTransitions[status][kind]
    if (next !== undefined) compiled[from * eventKinds.length + event] = statusCode[next]
  }
}

/** The same table by codes: the next status, −1 when the event is illegal. */
export function nextStatusCode(status: number, event: number): number {
  const next = compiled[status * eventKinds.length + event] as number
  return next === illegal ? -1 : next
}

/** True while an order can still fill or be cancelled. */
export function isWorkingStatus(status: number): boolean {
  return status >= 2 && status <= 7
}
