import type { CommissionTerms } from '../broker/commission.ts'
import type { BrokerRules, FillPolicy } from '../broker/rules.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import type { ContractSpan } from '../domain/contract-span.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import type { LineCache } from '../indicators/line-cache.ts'
import type { BrokerConfig, CommissionConfig, SlippageConfig } from './cost-config.ts'
import type { TraceConfig } from './explanation.ts'
import { allIn, fixedSize, percentOfCash, riskPerTrade, type Sizer } from './sizers.ts'
import type { SessionHours } from './timer-schedule.ts'

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

/** Reports how far a run is. Throws `cancelled` when it has been asked to stop. */
export function tellProgress(progress: RunProgress | undefined, done: number): void {
  if (progress === undefined) return
  progress.done[0] = done
  if (Atomics.load(progress.control, 0) !== 0) throw new DomainError('cancelled')
}

export interface RunInstrument {
  readonly record: InstrumentRecord
  readonly bars: BarSeries
  readonly interval: string
  /** When its sessions begin and end, milliseconds of the local day; whole days unless told. */
  readonly hours?: SessionHours | undefined
  /** The contracts that the bars are made of: they are traded instead of the series, and rolled. Not in profile backtrader. */
  readonly contracts?: readonly ContractSpan[] | undefined
  /** Finer bars for fill policy `magnified`; absent: none are stored. */
  readonly finer?: BarSeries | undefined
  /** Ticks for fill policy `tick` and for `onTick`. */
  readonly ticks?: TickColumns | undefined
  /** Quotes for fill policy `quote` and for `onQuote`. */
  readonly quotes?: QuoteColumns | undefined
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
  /** For strategies without a sizer of their own. */
  readonly sizer?: SizerConfig | undefined
  readonly exact?: ExactRules | undefined
  /** True: a run whose lines need more bars than there are is refused instead of doing nothing. */
  readonly isStrict?: boolean | undefined
  readonly broker?: BrokerConfig | undefined
  /** Watches an order, or what can be seen at a time; for explanations only. */
  readonly explain?: TraceConfig | undefined
  /**
   * Bars that closed by this time (epoch milliseconds) only give lines their first values: account and callbacks begin
   * with the bar after it. Absent: everything begins with the first bar.
   */
  readonly leadIn?: number | undefined
  /** Orders go to a real venue, under names that begin so; see VenueBroker. Absent: a simulated broker. */
  readonly venue?: { readonly prefix: string } | undefined
  /** True: bars are added while it goes on; see LiveRun. */
  readonly grows?: boolean | undefined
  readonly progress?: RunProgress | undefined
  /** One for each instrument: columns of indicators that runs over the same bars share. */
  readonly lineCaches?: readonly LineCache[] | undefined
  /** True: every change of every order is kept, for whoever asks why. */
  readonly keepsJournal?: boolean | undefined
  /** Memory for indicator columns that outlives the run; see ColumnArena. */
  readonly scratch?: ArrayBuffer[] | undefined
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
