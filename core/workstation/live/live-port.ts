import type { WireError } from '../../contract/wire-error.ts'
import type { LiveEvent, LiveOutcome } from '../../engine/live/live-event.ts'
import type { LiveNews, LiveState } from '../../engine/live/live-view.ts'
import type { Headroom } from '../../engine/live/risk-gate.ts'
import type { LiveLedger } from '../../stores/live-ledger.ts'
import type { CompiledStrategy } from '../compiled-strategy.ts'
import type { KernelResult } from '../kernel-types.ts'
import type { VenuePort } from './venue-port.ts'

type Kernel = typeof import('../../engine/kernel.ts')

/** What a live run is opened with, besides its strategy. */
export type LiveInput = Omit<Parameters<Kernel['openLive']>[0], 'strategyExports'>

/** What became of one event. */
export interface AppliedEvent {
  readonly outcome: LiveOutcome
  readonly news: LiveNews
}

/** What became of several: those before a failure, and where the run stands. */
export interface Applied {
  readonly events: readonly AppliedEvent[]
  readonly state: LiveState
  /** What the strategy threw at the event after the last of `events`; the run is then over. */
  readonly failure: WireError | null
}

/** Columns of the account, one row a step. */
export interface LiveCurve {
  readonly time: Float64Array<ArrayBuffer>
  readonly equity: Float64Array<ArrayBuffer>
  readonly cash: Float64Array<ArrayBuffer>
}

/** Which events besides bars a run wants. */
export interface LiveHears {
  readonly tick: boolean
  readonly quote: boolean
  readonly book: boolean
}

/** A live run that is held somewhere else. */
export interface LiveEngine {
  readonly hears: LiveHears
  /** Throws `strategy.endless` when no answer comes in time, `worker.lost` when its thread has died. */
  apply(events: readonly LiveEvent[]): Promise<Applied>
  state(): Promise<LiveState>
  headroom(instrument: number, side: 'buy' | 'sell'): Promise<Headroom>
  curve(): Promise<LiveCurve>
  /** The run so far as a backtest leaves it; takes the engine's own memory: it can only be closed afterwards. */
  result(): Promise<KernelResult>
  close(): Promise<void>
}

/** All that live sessions need from outside besides the workstation's other ports. */
export interface LivePort {
  readonly ledger: LiveLedger
  /** Throws what the strategy throws when it starts. */
  open(task: { readonly bundle: CompiledStrategy; readonly input: LiveInput }): Promise<LiveEngine>
  readonly venues: VenuePort
  /** True in the one service that holds the data folder; others read, and ask it. */
  readonly isHost: boolean
  /** Elsewhere: false when no service holds the folder. */
  hostMayBeUp(): boolean
}
