import type { FillerRules } from '../broker/fillers.ts'
import type { BrokerRules } from '../broker/rules.ts'

/** What every commission scheme may add: leverage (≥ 1 usually) and yearly interest (ratio). */
interface FinancingConfig {
  readonly leverage?: number | undefined
  readonly interest?: number | undefined
  readonly interestLong?: boolean | undefined
}

/** Costs of a run as the contract words them (`commissionSchema`). */
export type CommissionConfig = FinancingConfig &
  (
    | { readonly kind: 'none' }
    /** Ratio of traded value. */
    | { readonly kind: 'percent'; readonly rate: number }
    /** Cash per unit. */
    | { readonly kind: 'fixed'; readonly perUnit: number }
    /** Cash and margin per contract, cash value of one point; `rate` instead of cash, `autoMargin` instead of margin. */
    | {
        readonly kind: 'futures'
        readonly perContract: number
        readonly margin: number
        readonly multiplier: number
        readonly rate?: number | undefined
        readonly autoMargin?: number | undefined
      }
  )

interface SlippageDetails {
  readonly atOpen?: boolean | undefined
  readonly match?: boolean | undefined
  readonly matchLimit?: boolean | undefined
  readonly outside?: boolean | undefined
}

export type SlippageConfig =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'percent'; readonly ratio: number } & SlippageDetails)
  | ({ readonly kind: 'fixed'; readonly points: number } & SlippageDetails)

/** A fill that happened elsewhere. */
export interface HistoricalFill {
  readonly instrument: string
  readonly time: number
  /** > 0 bought, < 0 sold. */
  readonly size: number
  readonly price: number
}

/** What a fund was worth at a time by its own books; it stands until the next one. */
export interface HistoricalFund {
  readonly time: number
  /** Value of one share. */
  readonly share: number
  /** Value of the whole fund. */
  readonly value: number
}

/** The rarer settings of the simulated broker (`brokerSchema`); what is absent is as the profile has it. */
export interface BrokerConfig {
  readonly filler?: FillerRules | undefined
  readonly cheatOnClose?: boolean | undefined
  readonly cheatOnOpen?: boolean | undefined
  readonly checkSubmit?: boolean | undefined
  readonly shortCash?: boolean | undefined
  readonly interestInResult?: boolean | undefined
  readonly trailSource?: BrokerRules['trailSource'] | undefined
  readonly ocoOn?: BrokerRules['ocoOn'] | undefined
  readonly resizeExits?: boolean | undefined
  readonly stopLimitReturn?: boolean | undefined
  readonly feeCountsMultiplier?: boolean | undefined
  readonly delayBars?: number | undefined
  readonly lots?: 'whole' | 'exact' | undefined
  readonly exits?: 'once' | 'each' | undefined
  readonly marginCall?: { readonly maintenance: number } | undefined
  readonly fund?: { readonly start: number; readonly history?: readonly HistoricalFund[] | undefined } | undefined
  readonly cashFlows?: readonly { readonly time: number; readonly amount: number }[] | undefined
  readonly history?: readonly HistoricalFill[] | undefined
  readonly commissions?: Readonly<Record<string, CommissionConfig>> | undefined
}
