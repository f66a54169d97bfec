import type { OrderTable } from '../broker/order-table.ts'

/** What an order says of its instrument. */
export interface OrderInstrument {
  /** Identity in the store, e.g. `SPX`. */
  readonly id: string
  /** The text its venue uses. */
  readonly symbol: string
  /** Smallest price step. */
  readonly tickSize: number
  /** Smallest quantity step. */
  readonly lotSize: number
  /** Position in the run's list of instruments. */
  readonly index: number
  /** The symbol. */
  toString(): string
}

/** What an order handle needs of the run it belongs to. Rows are positions in `orders`. */
export interface OrderPort {
  readonly orders: OrderTable
  /** Number of the strategy in the run. */
  readonly owner: number
  /** The strategy's *now*, epoch milliseconds. */
  readonly now: number
  /** True: prices are put on the instrument's tick grid. */
  readonly snaps: boolean
  /** True in profile backtrader: validity means what it means there. */
  readonly isUpstream: boolean
  cancel(row: number): boolean
  move(row: number, price: number): boolean
  joinOco(row: number, other: number): void
  tagCode(text: string): number
}
