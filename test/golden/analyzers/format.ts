import type { BarRow, CommissionArguments } from '../order-case.ts'

/** Format of the analyzer files: one run, what it did, and what analyzers and observers said about it. */
export interface AnalyzerFile {
  readonly run: RunSpec
  /** The bars, or where they are. */
  readonly data: string | readonly BarRow[]
  readonly final_value: number
  readonly final_cash: number
  /** datetime, status, size, price, commission, pnl */
  readonly orders: readonly (readonly [string, string, number, number, number, number])[]
  /** open, close, barlen, long, price, pnl, pnlcomm, commission */
  readonly trades: readonly (readonly [string, string, number, boolean, number, number, number, number])[]
  /** datetime, cash, value, position */
  readonly bars: readonly (readonly [string, number, number, number])[]
  readonly analyzers: readonly AnalyzerCase[]
  readonly observers: readonly ObserverCase[]
}

export interface RunSpec {
  readonly id: string
  readonly feed: string
  readonly cash: number
  readonly fundmode?: boolean
  readonly commission?: CommissionArguments | null
  /** Broker settings that differ from the defaults, as in the order files. */
  readonly broker?: Readonly<Record<string, unknown>>
  readonly strategy: string
  readonly params: Readonly<Record<string, unknown>>
  readonly signals?: readonly (readonly [string, string, Readonly<Record<string, number>>?])[]
  /** Units per order of a signal run. */
  readonly stake?: number
}

export interface AnalyzerCase {
  readonly key: string
  readonly class: string
  readonly params: Readonly<Record<string, number | string | boolean | null>>
  readonly analysis: unknown
}

export interface ObserverCase {
  readonly class: string
  readonly params: Readonly<Record<string, number | string | boolean | null>>
  readonly lines: Readonly<Record<string, readonly unknown[]>>
}

/** Notes of the writer about what it left out; they do not change the run. */
const notes = ['long_run', 'no_sharpe', 'note']
const known = [
  ...['id', 'feed', 'cash', 'fundmode', 'commission', 'broker', 'strategy', 'params', 'signals'],
  ...['stake', ...notes],
]

/** The first setting of a run that nothing here knows; undefined when there is none. */
export function unknownSetting(run: RunSpec): string | undefined {
  return Object.keys(run).find((name) => !known.includes(name))
}
