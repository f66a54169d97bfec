import { orderTypeCode } from '../../domain/order.ts'
import { reduces } from '../execution.ts'
import type { OrderTable } from '../order-table.ts'

/** Orders at market that close a position, while the venue still has others that may close it too. */
export class WaitingExits {
  readonly #orders: OrderTable
  readonly #waiting = new Set<number>()

  constructor(orders: OrderTable) {
    this.#orders = orders
  }

  /**
   * What an order may do. `held`: signed units of its market; `isHeldUp`: others of its side are being asked back. One
   * that has waited closes what is left, which is written into it; `needless` when nothing is.
   */
  decide(row: number, held: number, isHeldUp: boolean): 'go' | 'wait' | 'needless' {
    const { type, side, quantity, remaining, executedSize } = this.#orders
    const isExit = type[row] === orderTypeCode.market && reduces(held, remaining[row] as number)
    if (isHeldUp && (isExit || this.#waiting.has(row))) {
      this.#waiting.add(row)
      return 'wait'
    }
    if (!this.#waiting.delete(row)) return 'go'
    const left = Math.min(Math.abs(held), Math.abs(remaining[row] as number))
    if (left === 0 || Math.sign(held) === side[row]) return 'needless'
    quantity[row] = Math.abs(executedSize[row] as number) + left
    remaining[row] = (side[row] as number) * left
    return 'go'
  }
}
