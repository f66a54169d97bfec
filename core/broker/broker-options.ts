import type { InstrumentRecord } from '../domain/instrument.ts'
import type { ColumnArena } from '../lib/column-arena.ts'
import type { BrokerListener } from './broker-listener.ts'
import type { FinerPrices } from './intrabar-walk.ts'
import type { Market } from './market.ts'
import type { BrokerRules } from './rules.ts'

/** Steps on which an instrument trades; 0: any. */
export type Grid = Pick<InstrumentRecord, 'tickSize' | 'lotSize'>

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
  /** Steps of price and quantity of each market; only a venue asks for them. */
  readonly grids?: readonly Grid[]
  readonly listener: BrokerListener
}
