import type { Account } from './account.ts'
import type { IntrabarWalk } from './intrabar-walk.ts'
import type { Market } from './market.ts'
import type { OrderTable } from './order-table.ts'

/** Where the orders of a run go: a venue made of bars (`SimulatedBroker`), or a real one (`VenueBroker`). */
export interface Broker {
  readonly orders: OrderTable
  readonly account: Account
  /** Walks through finer prices inside a bar; undefined where a bar is matched as a whole. */
  readonly walk: IntrabarWalk | undefined
  /** Rows that are submitted or working, in queue order. Not to be called inside a cycle. */
  working(): number[]
  /** Completes a new row: reference prices, trail and creation stamp (O-06, T-01). Prices may be NaN. */
  stamp(row: number): void
  /** Sends a stamped row; `other`: whose one-cancels-other group it joins, −1 for none; `transmit` false: it waits. */
  submit(row: number, other?: number, transmit?: boolean): void
  isWorking(row: number): boolean
  /** Takes an order back, or asks for it; false when it was not working. */
  cancel(row: number, reason?: number): boolean
  /** True when a cycle on the current bar of the only market would change nothing. */
  isIdle(only: Market): boolean
  /** Gives a working order other prices. */
  reprice(row: number, price: number, limit: number): void
  /** The broker's turn, once for every step of the market. */
  step(step: number): void
}
