import type { Account } from '../broker/account.ts'
import type { OrderTable } from '../broker/order-table.ts'
import type { Order } from './order.ts'
import type { OrderInstrument } from './order-port.ts'

/** What an instrument needs of the run it belongs to. */
export interface InstrumentPort {
  readonly orders: OrderTable
  readonly account: Account
  /** A new market order, sent when the callback returns. */
  draft(instrument: OrderInstrument, side: number, quantity: number): Order
  /** The same; the strategy's sizer says how much when it is sent, 1 unit without a sizer. */
  draftSized(instrument: OrderInstrument, side: number): Order
  /** Working orders of an instrument, oldest first. */
  ordersOf(instrument: number): Order[]
  /** Takes back the protective legs of its position. */
  cancelExits(instrument: number): void
}
