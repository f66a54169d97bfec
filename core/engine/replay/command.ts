import { DomainError } from '../../domain/errors.ts'
import type { Instrument } from '../instrument.ts'
import type { Order } from '../order.ts'

/** A new order as a trader words it; what is null is not asked for. */
export interface OrderTicket {
  readonly kind: 'order'
  readonly side: 'buy' | 'sell'
  readonly quantity: number
  /** Level at which a stop order enters. */
  readonly stopEntry: number | null
  /** Alone a limit order, with `stopEntry` the limit of a stop-limit order. */
  readonly limit: number | null
  /** Distance of a trailing stop, price points. */
  readonly trailBy: number | null
  /** Exits of a bracket. */
  readonly target: number | null
  readonly stop: number | null
  /**
   * `day`: it ends with its trading day; a date (ISO): with that day's; null: when it is taken back. `ioc`: what does not
   * fill at once is cancelled; `fok`: all of it at once, or nothing.
   */
  readonly valid: string | null
  /** Several targets, each for some of the units; together they are `quantity`, and `target` is null. */
  readonly parts?: readonly TicketPart[] | undefined
  /** True: when the first of the parts has reached its target, the stops of the others go to the entry price. */
  readonly breakEven?: boolean | undefined
}

/** Some of the units of an order, with a target of their own; null: only the stop ends them. */
export interface TicketPart {
  readonly quantity: number
  readonly target: number | null
}

/** What a trader does by hand between two bars. */
export type ManualCommand =
  | OrderTicket
  | { readonly kind: 'move'; readonly order: number; readonly price: number }
  | { readonly kind: 'cancel'; readonly order: number }
  | { readonly kind: 'flatten' }

/** A command and the bar (0 = the first) after whose close it was given. */
export interface GivenCommand {
  readonly bar: number
  readonly command: ManualCommand
}

/** The methods of the order chain that a ticket calls, in their order, with their arguments. */
const chainMethods = ['stopEntry', 'limit', 'trailBy', 'target', 'stop', 'valid'] as const

type ChainMethod = (typeof chainMethods)[number] | 'immediateOrCancel' | 'fillOrKill'
type ChainCall = readonly [method: ChainMethod, ...argument: (number | string)[]]

const atOnce: Readonly<Record<string, ChainMethod>> = { ioc: 'immediateOrCancel', fok: 'fillOrKill' }

function chainOf(ticket: OrderTicket): ChainCall[] {
  return chainMethods.flatMap((method): ChainCall[] => {
    const argument = ticket[method]
    if (argument === null) return []
    const bare = atOnce[argument]
    return [bare === undefined ? [method, argument] : [bare]]
  })
}

function callChain(order: Order, [method, ...argument]: ChainCall): void {
  const call = order[method] as (...argument: (number | string)[]) => Order
  call.call(order, ...argument)
}

/** Carries a command out as a strategy's callback would; false when its order is no longer working. */
export function carryOut(instrument: Instrument, command: ManualCommand): boolean {
  if (command.kind === 'flatten') {
    instrument.flatten()
    return true
  }
  if (command.kind === 'order') {
    let first: Order | undefined
    for (const part of partsOf(command)) {
      const order = instrument.order(part.side, part.quantity)
      for (const call of chainOf(part)) callChain(order, call)
      if (first !== undefined && command.breakEven === true) order.breakEvenAfter(first)
      first ??= order
    }
    return true
  }
  const order = instrument.orders.find(({ id }) => id === command.order)
  if (order === undefined) return false
  return command.kind === 'cancel' ? order.cancel() : order.move(command.price)
}

/** Throws `order.parts` unless the parts of a ticket are what it says they are; to be called before it is carried out. */
export function assertParts({ quantity, target, parts, breakEven }: Omit<OrderTicket, 'kind'>): void {
  const sum = parts?.reduce((total, part) => total + part.quantity, 0) ?? quantity
  // Nine digits: 0.1 + 0.2 are 0.3
  const isWhole = Number(sum.toPrecision(9)) === Number(quantity.toPrecision(9))
  if (isWhole && (parts === undefined ? breakEven !== true : target === null)) return
  throw new DomainError('order.parts', { quantity, parts: parts === undefined ? 0 : sum })
}

/** The orders of a ticket: one, or one for each of its parts. */
function partsOf({ parts, ...ticket }: OrderTicket): readonly OrderTicket[] {
  return parts === undefined ? [ticket] : parts.map(({ quantity, target }) => ({ ...ticket, quantity, target }))
}

/** The same in the words of the strategy API. */
export function commandText(command: ManualCommand): string {
  switch (command.kind) {
    case 'order': {
      const [first = '', ...more] = partsOf(command).map(orderText)
      if (command.breakEven !== true || more.length === 0)
        return more.length === 0 ? first : `[${[first, ...more].join(', ')}]`
      return `((first = ${first}) => [${more.map((text) => `${text}.breakEvenAfter(first)`).join(', ')}])()`
    }
    case 'move':
      return `order(i, ${command.order})?.move(${literal(command.price)})`
    case 'cancel':
      return `order(i, ${command.order})?.cancel()`
    case 'flatten':
      return 'i.flatten()'
  }
}

function orderText(ticket: OrderTicket): string {
  const chain = chainOf(ticket).map(([method, ...argument]) => `.${method}(${argument.map(literal).join('')})`)
  return `i.${ticket.side}(${literal(ticket.quantity)})${chain.join('')}`
}

function literal(value: number | string): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
