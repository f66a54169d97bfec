import type { OrderTable } from '../broker/order-table.ts'
import { RecordBuffer } from '../lib/record-buffer.ts'
import type { StepClock } from './runtime.ts'

/** The columns of the journal, in order. */
export const journalColumns = ['time', 'order', 'status', 'filled'] as const

/** Every change of every order in sequence: what an audit replays (DESIGN 5.7). The row number is the sequence. */
export class OrderJournal {
  readonly rows = new RecordBuffer(journalColumns.length)
  readonly #clock: StepClock
  readonly #orders: OrderTable

  constructor(clock: StepClock, orders: OrderTable) {
    this.#clock = clock
    this.#orders = orders
  }

  /** The order has just changed. */
  add(row: number): void {
    const start = this.rows.add()
    const { values } = this.rows
    values[start] = this.#clock.now
    values[start + 1] = row + 1
    values[start + 2] = this.#orders.status[row] as number
    values[start + 3] = this.#orders.executedSize[row] as number
  }
}
