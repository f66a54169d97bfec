import type { OrderTable } from '../broker/order-table.ts'
import { GrowingColumn } from '../lib/columns.ts'

/** Every change of every order in sequence: what an audit replays (DESIGN 5.7). The row number is the sequence. */
export class OrderJournal {
  readonly time = new GrowingColumn()
  readonly order = new GrowingColumn()
  readonly status = new GrowingColumn()
  readonly filled = new GrowingColumn()

  get count(): number {
    return this.order.length
  }

  add(time: number, row: number, orders: OrderTable): void {
    this.time.push(time)
    this.order.push(row + 1)
    this.status.push(orders.status[row] as number)
    this.filled.push(orders.executedSize[row] as number)
  }
}
