import type { ContractRoll } from './contract-roll.ts'
import type { Execution } from './execution.ts'
import type { Market } from './market.ts'

/** What the broker tells its owner, in the order in which it happens. Nothing here may call back into the broker. */
export interface BrokerListener {
  /** The order's status changed (or it was filled in part). */
  orderChanged(row: number): void
  /** Money and position have moved; the record is reused. */
  executed(execution: Execution, market: Market): void
  /** A continuous series has gone over to its next contract, with the position that there was; the record is reused. */
  rolled?(roll: Readonly<ContractRoll>, market: Market): void
}
