import type { Commission } from '../broker/commission.ts'
import type { ContractRoll } from '../broker/contract-roll.ts'
import { changePosition, Execution, type PositionChange } from '../broker/execution.ts'
import type { Market } from '../broker/market.ts'
import type { OrderTable } from '../broker/order-table.ts'

const ownerBits = 20
const idMask = (1 << ownerBits) - 1

/** Which strategy of a run an order belongs to: it is kept in the upper bits of the order's trade id. */
export function ownerOf(orders: OrderTable, row: number): number {
  return (orders.tradeId[row] as number) >> ownerBits
}

/** The trade id of a strategy's order: trades of different strategies are kept apart. */
export function tradeIdOf(owner: number, id: number): number {
  return (owner << ownerBits) | (id & idMask)
}

/** Units that a strategy holds and at which average price: the account's in a run of one strategy. */
export interface Holding {
  commission: Commission
  size: number
  price: number
}

/** Books for a run of several strategies; undefined for one, and upstream keeps none. */
export function openBooks(
  { profile }: { readonly profile: 'default' | 'backtrader' },
  orders: OrderTable,
  markets: readonly Market[],
  strategies: number,
): StrategyBooks | undefined {
  return strategies > 1 && profile !== 'backtrader' ? new StrategyBooks(orders, markets, strategies) : undefined
}

/**
 * What each of several strategies on one account holds. The account nets them; a strategy sees its own position, and its
 * trades go from flat to flat in it.
 */
export class StrategyBooks {
  readonly holdings: readonly (readonly Holding[])[]
  readonly #orders: OrderTable
  readonly #own = new Execution()
  readonly #change: PositionChange = { size: 0, price: 0, opened: 0, closed: 0 }

  constructor(orders: OrderTable, markets: readonly Market[], strategies: number) {
    this.#orders = orders
    this.holdings = Array.from({ length: strategies }, () =>
      markets.map(({ commission }) => ({ commission, size: 0, price: 0 })),
    )
  }

  /** Carries what every strategy holds into the next contract. */
  carry(roll: Readonly<ContractRoll>, { index, commission }: Market): void {
    for (const holdings of this.holdings) {
      const holding = holdings[index] as Holding
      holding.commission = commission
      if (holding.size !== 0) holding.price = roll.carried(holding.price, roll.size === 0 ? 0 : Math.sign(holding.size))
    }
  }

  /** Books an execution for its strategy; the answer (reused) is split by what that strategy held. */
  split(execution: Readonly<Execution>, market: Market): Execution {
    const holding = this.holdings[ownerOf(this.#orders, execution.row)]?.[market.index] as Holding
    const change = this.#change
    changePosition(change, holding.size, holding.price, execution.size, execution.price)
    holding.size = change.size
    holding.price = change.price
    const fee = execution.closedFee + execution.openedFee
    const own = this.#own
    own.row = execution.row
    own.time = execution.time
    own.size = execution.size
    own.price = execution.price
    own.reference = execution.reference
    own.closed = change.closed
    own.opened = change.opened
    own.closedFee = fee * (change.closed / execution.size)
    own.openedFee = fee - own.closedFee
    return own
  }
}
