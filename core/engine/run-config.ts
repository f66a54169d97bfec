import { Commission, type CommissionTerms, freeOfCharge } from '../broker/commission.ts'
import { type BrokerRules, defaultBrokerRules, type FillPolicy } from '../broker/rules.ts'
import { noSlippage, type SlippageRules } from '../broker/slippage.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { LineCache } from '../indicators/line-cache.ts'

/** Costs of a run as the contract words them (`commissionSchema`). */
export type CommissionConfig =
  | { readonly kind: 'none' }
  /** Ratio of traded value. */
  | { readonly kind: 'percent'; readonly rate: number }
  /** Cash per unit. */
  | { readonly kind: 'fixed'; readonly perUnit: number }
  /** Cash and margin per contract, cash value of one point. */
  | { readonly kind: 'futures'; readonly perContract: number; readonly margin: number; readonly multiplier: number }

export type SlippageConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'percent'; readonly ratio: number }
  | { readonly kind: 'fixed'; readonly points: number }

export type Profile = 'default' | 'backtrader'

/** Shared memory through which a run reports and is told to stop. */
export interface RunProgress {
  /** [0] ≠ 0: cancel. */
  readonly control: Int32Array
  /** [0]: instrument-bars done. */
  readonly done: Float64Array
}

export interface RunInstrument {
  readonly record: InstrumentRecord
  readonly bars: BarSeries
  readonly interval: string
}

/** Everything a run depends on but its strategy. */
export interface RunConfig {
  readonly params: Readonly<Record<string, number | string | boolean>>
  readonly instruments: readonly RunInstrument[]
  readonly cash: number
  readonly commission: CommissionConfig
  readonly slippage: SlippageConfig
  readonly profile: Profile
  readonly fillPolicy: FillPolicy
  readonly seed: number
  readonly progress?: RunProgress | undefined
  /** One for each instrument: columns of indicators that runs over the same bars share. */
  readonly lineCaches?: readonly LineCache[] | undefined
}

function commissionTerms(config: CommissionConfig): CommissionTerms {
  switch (config.kind) {
    case 'none':
      return freeOfCharge
    case 'percent':
      return { ...freeOfCharge, rate: config.rate }
    case 'fixed':
      return { ...freeOfCharge, rate: config.perUnit, perUnit: true }
    case 'futures': {
      const { perContract, margin, multiplier } = config
      return { ...freeOfCharge, rate: perContract, perUnit: true, stockLike: false, margin, multiplier }
    }
  }
}

/** The commission scheme of one instrument of a run. */
export function commissionFor(config: RunConfig, record: InstrumentRecord): Commission {
  const terms = commissionTerms(config.commission)
  if (config.profile === 'backtrader' || !terms.stockLike) return new Commission(terms)
  // A contract bought outright is worth its multiplier times the price
  return new Commission({ ...terms, multiplier: record.multiplier, unitValue: record.multiplier })
}

function slippageRules(config: SlippageConfig): SlippageRules {
  switch (config.kind) {
    case 'none':
      return noSlippage
    case 'percent':
      return { ...noSlippage, ratio: config.ratio, atOpen: true }
    case 'fixed':
      return { ...noSlippage, points: config.points, atOpen: true }
  }
}

/** The broker of a run. As upstream's setters do, choosing slippage lets fills at the open slip too. */
export function brokerRules(config: RunConfig): BrokerRules {
  return {
    ...defaultBrokerRules,
    backtrader: config.profile === 'backtrader',
    fillPolicy: config.fillPolicy,
    slippage: slippageRules(config.slippage),
  }
}
