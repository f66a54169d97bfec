import type { Account } from '../broker/account.ts'
import type { OrderTable } from '../broker/order-table.ts'
import type { CoarsePort } from './coarse-feeds.ts'
import type { Order } from './order.ts'
import type { OrderInstrument } from './order-port.ts'
import type { Holding } from './strategy-books.ts'

/** What an instrument needs of the run it belongs to. */
export interface InstrumentPort {
  readonly orders: OrderTable
  readonly account: Account
  /** What the strategy holds of each instrument; undefined: what the account holds. */
  readonly holdings: readonly Holding[] | undefined
  /** Its bars at longer intervals. */
  readonly coarseFeeds: CoarsePort
  /** A new market order, sent when the callback returns; `exact`: whatever the lot size. */
  draft(instrument: OrderInstrument, side: number, quantity: number, exact?: boolean): Order
  /** As `draft`; the strategy's sizer says how much when it is sent, 1 unit without a sizer. */
  draftSized(instrument: OrderInstrument, side: number): Order
  /** Units of market and close orders of a side that are on their way; 0 where they are not to count. */
  onTheirWay(instrument: number, side: number): number
  /** Working orders of an instrument, oldest first. */
  ordersOf(instrument: number): Order[]
  /** Takes back the protective legs of its position. */
  cancelExits(instrument: number): void
}
