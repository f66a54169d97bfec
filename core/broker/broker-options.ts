import type { ColumnArena } from '../lib/column-arena.ts'
import type { BrokerListener } from './broker-listener.ts'
import type { FinerPrices } from './intrabar-walk.ts'
import type { Market } from './market.ts'
import type { BrokerRules } from './rules.ts'

/** What a simulated broker and its desk are made of. */
export interface BrokerOptions {
  readonly rules: BrokerRules
  readonly markets: readonly Market[]
  readonly cash: number
  /** Orders for which there is room from the start; a guess that saves growing. */
  readonly orderCapacity?: number
  /** Where the columns of the orders come from. */
  readonly arena?: ColumnArena
  /** Price of one fund share at the start. */
  readonly fundStart?: number | undefined
  /** Finer prices by market, for the fill policies that walk through bars. */
  readonly finer?: readonly (FinerPrices | undefined)[]
  /** Smallest quantity of each market; a venue's fee in units may leave less. */
  readonly lots?: readonly number[]
  readonly listener: BrokerListener
}
