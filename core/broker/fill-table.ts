import { GrowingColumn } from '../lib/columns.ts'
import type { Execution } from './execution.ts'
import type { Market } from './market.ts'

/** Every fill of a run in columns. `slippage` is adverse price points per unit. */
export class FillTable {
  readonly order = new GrowingColumn()
  readonly instrument = new GrowingColumn()
  readonly side = new GrowingColumn()
  readonly time = new GrowingColumn()
  readonly price = new GrowingColumn()
  readonly quantity = new GrowingColumn()
  readonly fee = new GrowingColumn()
  readonly slippage = new GrowingColumn()
  readonly positionAfter = new GrowingColumn()

  get count(): number {
    return this.order.length
  }

  add(execution: Execution, market: Market): void {
    const side = execution.size > 0 ? 1 : -1
    this.order.push(execution.row + 1)
    this.instrument.push(market.index)
    this.side.push(side)
    this.time.push(execution.time)
    this.price.push(execution.price)
    this.quantity.push(Math.abs(execution.size))
    this.fee.push(execution.closedFee + execution.openedFee)
    this.slippage.push(side * (execution.price - execution.reference))
    this.positionAfter.push(market.size)
  }
}
