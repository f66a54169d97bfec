import type { WireError } from '../contract/wire-error.ts'
import type { TrialSetup, TrialTask } from '../engine/optimiser/trial.ts'
import type { TrialDetail } from '../engine/optimiser/trial-result.ts'
import type { CompiledStrategy } from './compiled-strategy.ts'

/** What all trials of an optimisation share: plain values and shared columns, so that a queue may be anywhere. */
export interface TrialJob {
  readonly bundle: CompiledStrategy
  /** True: the strategy's modules are loaded anew for each trial, so that nothing leads from one to the next. */
  readonly keepsState: boolean
  readonly setup: TrialSetup
  /** Names of the figures that each trial answers with, in their order. */
  readonly columns: readonly string[]
}

/** How one trial ended. */
export type TrialOutcome =
  | { readonly ok: true; readonly values: Float64Array; readonly detail: TrialDetail | undefined }
  | { readonly ok: false; readonly error: WireError }

/** Workers that run the trials of one optimisation. */
export interface TrialQueue {
  readonly workers: number
  /**
   * Runs the tasks in any order and tells the outcome of each once, by its index. A worker that dies is replaced and
   * its task tried once more; a second loss is an outcome. Rejects with `cancelled`, and when the strategy cannot even
   * be loaded.
   */
  run(tasks: readonly TrialTask[], tell: (index: number, outcome: TrialOutcome) => void): Promise<void>
  /** Ends what runs within 200 ms; whatever was told stays told. */
  cancel(): void
  close(): Promise<void>
}

/** Where trials run: the threads of this machine, or later a queue of others. */
export interface TrialPort {
  /** `workers` null: as many as the machine has cores. */
  open(job: TrialJob, workers: number | null): TrialQueue
  readonly size: number
}
