import type { ColumnArena } from '../lib/column-arena.ts'
import { RecordBuffer } from '../lib/record-buffer.ts'
import type { Execution } from './execution.ts'
import type { Market } from './market.ts'

/** The columns of a fill, in order. `slippage` is adverse price points per unit. */
export const fillColumns = [
  'order',
  'instrument',
  'side',
  'time',
  'price',
  'quantity',
  'fee',
  'slippage',
  'positionAfter',
] as const

/** Every fill of a run. */
export class FillTable {
  readonly rows: RecordBuffer

  constructor(arena?: ColumnArena) {
    this.rows = new RecordBuffer(fillColumns.length, arena)
  }

  add(execution: Execution, market: Market): void {
    const start = this.rows.add()
    const { values } = this.rows
    const side = execution.size > 0 ? 1 : -1
    values[start] = execution.row + 1
    values[start + 1] = market.index
    values[start + 2] = side
    values[start + 3] = execution.time
    values[start + 4] = execution.price
    values[start + 5] = side * execution.size
    values[start + 6] = execution.closedFee + execution.openedFee
    values[start + 7] = side * (execution.price - execution.reference)
    values[start + 8] = market.size
  }
}
