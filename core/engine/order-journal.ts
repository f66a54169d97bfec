import type { OrderTable } from '../broker/order-table.ts'
import { RecordBuffer } from '../lib/record-buffer.ts'

/** The columns of the journal, in order. */
export const journalColumns = ['time', 'order', 'status', 'filled'] as const

/** Every change of every order in sequence: what an audit replays (DESIGN 5.7). The row number is the sequence. */
export class OrderJournal {
  readonly rows = new RecordBuffer(journalColumns.length)

  add(time: number, row: number, orders: OrderTable): void {
    const start = this.rows.add()
    const { values } = this.rows
    values[start] = time
    values[start + 1] = row + 1
    values[start + 2] = orders.status[row] as number
    values[start + 3] = orders.executedSize[row] as number
  }
}
