import { orderTypeCode } from '../domain/order.ts'
import { barPart, type Market } from './market.ts'
import type { OrderQueue } from './order-queue.ts'
import type { OrderTable } from './order-table.ts'
import type { BrokerRules } from './rules.ts'

/** What a walk through a bar may do with the broker's orders. */
export interface WalkHands {
  readonly rules: BrokerRules
  readonly markets: readonly Market[]
  readonly orders: OrderTable
  readonly queue: OrderQueue
  /** True when no order is on its way or working. */
  isIdle(): boolean
  /** Accepts what was sent and wakes what was waiting for a fill. */
  open(): void
  /** Tries every order of the queue on what its market shows. */
  work(): void
  /** Ends the order when its time is over; true when it may match now. */
  isReady(row: number, market: Market): boolean
  /** Tries one order on what its market shows. */
  fill(row: number, market: Market): void
  /** Lets a trailing stop follow a price. */
  follow(row: number, price: number): void
}

/** True when an order has nothing to do with the part of the bar that its market shows. */
export function passes(orders: OrderTable, row: number, { inside }: Market): boolean {
  const isClose = orders.type[row] === orderTypeCode.close
  if (inside.part === barPart.inside) return isClose || inside.side === -(orders.side[row] as number)
  return !isClose
}
