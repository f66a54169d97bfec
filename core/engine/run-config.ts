import { Commission, type CommissionTerms, freeOfCharge } from '../broker/commission.ts'
import { type BrokerRules, defaultBrokerRules, type FillPolicy } from '../broker/rules.ts'
import { noSlippage, type SlippageRules } from '../broker/slippage.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { LineCache } from '../indicators/line-cache.ts'
import { allIn, fixedSize, percentOfCash, riskPerTrade, type Sizer } from './sizers.ts'
import type { SessionHours } from './timer-schedule.ts'

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

/** Sizers as the contract words them. */
export type SizerConfig =
  | { readonly kind: 'fixed'; readonly units: number }
  /** Percent of free cash. */
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'all-in' }
  /** Ratio of equity that the order's stop may lose. */
  | { readonly kind: 'risk'; readonly ratio: number }

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
  /** When its sessions begin and end, milliseconds of the local day; whole days unless told. */
  readonly hours?: SessionHours | undefined
}

/** What no form offers: settings of other systems' runs, for comparison with their results. */
export interface ExactRules {
  /** The commission scheme of every instrument. */
  readonly terms?: CommissionTerms
  readonly rules?: Partial<BrokerRules>
  /** Price of one fund share at the start; 100. */
  readonly fundStart?: number
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
  /** Orders made in `onOpen` and by early timers fill at the same bar's open. */
  readonly cheatOnOpen?: boolean | undefined
  /** Market orders fill at the close of the bar that made them. */
  readonly cheatOnClose?: boolean | undefined
  /** For strategies without a sizer of their own. */
  readonly sizer?: SizerConfig | undefined
  readonly exact?: ExactRules | undefined
  readonly progress?: RunProgress | undefined
  /** One for each instrument: columns of indicators that runs over the same bars share. */
  readonly lineCaches?: readonly LineCache[] | undefined
  /** True: every change of every order is kept, for whoever asks why. */
  readonly keepsJournal?: boolean | undefined
  /** Memory for indicator columns that outlives the run; see ColumnArena. */
  readonly scratch?: ArrayBuffer[] | undefined
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
  if (config.exact?.terms !== undefined) return new Commission(config.exact.terms)
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
    cheatOnOpen: config.cheatOnOpen === true,
    cheatOnClose: config.cheatOnClose === true,
    ...config.exact?.rules,
  }
}

/** The sizer that a configuration names. */
export function sizerFor(config: SizerConfig | undefined): Sizer | undefined {
  switch (config?.kind) {
    case undefined:
      return undefined
    case 'fixed':
      return fixedSize(config.units)
    case 'percent':
      return percentOfCash(config.percent)
    case 'all-in':
      return allIn()
    case 'risk':
      return riskPerTrade(config.ratio)
  }
}
