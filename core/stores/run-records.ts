import type { InstrumentKind } from '../domain/instrument.ts'
import type { RunBroker, RunCommission, RunFillPolicy, RunMarketFile, RunSizer, RunSlippage } from './run-broker.ts'

/**
 * The records of a run as they are stored and as they cross the wire: the same shapes as core/contract/schemas.ts,
 * written out because stores may not import the contract (a type test keeps the two equal). Arrays are mutable only
 * so that they are assignable to the contract's types.
 */
export type RunState = 'running' | 'done' | 'failed' | 'cancelled'

export type RunParams = Record<string, string | number | boolean>

export type StrategySource = { kind: 'saved'; name: string } | { kind: 'file'; path: string }

export interface RunConfig {
  strategy: StrategySource
  params: RunParams
  instruments: string[]
  interval: string
  from: number | null
  to: number | null
  cash: number
  commission: RunCommission
  slippage: RunSlippage
  profile: 'default' | 'backtrader'
  fillPolicy: RunFillPolicy
  seed: number
  broker?: RunBroker | undefined
  sizer?: RunSizer | undefined
  hours?: { start: number; end: number } | undefined
  marketFiles?: RunMarketFile[] | undefined
}

/** Why a run has no result: a code of the catalogue (of the version that stored it) and the values its sentence names. */
export interface RunError {
  code: string
  data: Record<string, string | number | boolean | null>
}

export interface RunCounts {
  bars: number
  orders: number
  fills: number
  trades: number
  /** Bars before the strategy first decided; older runs do not say. */
  warmup?: number | undefined
}

export interface RunSummary {
  id: string
  state: RunState
  createdAt: number
  durationMs: number
  strategyName: string
  config: RunConfig
  counts: RunCounts
  /** Metric id → value, null where undefined. */
  metrics: Record<string, number | null>
  error: RunError | null
  note: string
}

export interface RunDataUse {
  instrument: string
  interval: string
  sourceInterval: string
  bars: number
  from: number
  to: number
  hash: string
  contracts?: { code: string; first: number; shift: number; factor: number; gap: number | null }[] | undefined
  finer?: { kind: 'bars' | 'ticks' | 'quotes'; interval: string; rows: number; hash: string } | undefined
}

export interface RunInstrument {
  id: string
  symbol: string
  name: string
  kind: InstrumentKind
  currency: string
  tickSize: number
  lotSize: number
  multiplier: number
  zone: string
  calendar?: string | undefined
  simulated: boolean
}

/** All that is needed to run it again: DESIGN 5.8. */
export interface RunCapsule {
  version: 1
  engineBuild: string
  config: RunConfig
  entry: string
  sources: Record<string, string>
  codeHash: string
  data: RunDataUse[]
  instruments: RunInstrument[]
  resultHash: string | null
  /** Present where the run is what a live session had come to, up to an entry of its journal. */
  live?: { session: string; entries: number } | undefined
}

export interface RunLogLine {
  time: number
  kind: 'log' | 'notify' | 'engine'
  text: string
}
