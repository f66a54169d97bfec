import type { RunCapsule, RunConfig, RunError } from './run-records.ts'
import type { RunTable } from './run-store.ts'

/** What a search may try of one parameter: `paramRangeSchema` of the contract. */
export type StoredRange =
  | { kind: 'range'; from: number; to: number; step: number | null }
  | { kind: 'values'; values: (string | number | boolean)[] }

/** The question that an optimisation asks: `optimiseConfigSchema` of the contract. */
export interface OptimiseConfig {
  /** What all trials share; its params are those that are not searched. */
  run: RunConfig
  space: Record<string, StoredRange>
  /** A condition over parameters; '' allows all. */
  where: string
  objectives: { metric: string; goal: 'max' | 'min'; weight: number }[]
  combination: 'weighted' | 'pareto'
  method: 'grid' | 'random' | 'lhs'
  trials: number
  seed: number
  walkForward: { kind: 'rolling' | 'anchored'; inSample: number; outOfSample: number } | null
}

/** `interrupted`: its process ended while it was running; it can be resumed, like one that failed or was cancelled. */
export type OptimisationState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'

/** The trial that an optimisation found best. */
export interface BestTrial {
  point: number
  params: Record<string, string | number | boolean>
  /** Metric id → value, null where undefined. */
  metrics: Record<string, number | null>
}

export interface OptimisationSummary {
  id: string
  state: OptimisationState
  createdAt: number
  durationMs: number
  strategyName: string
  /** Strategy and data: trials of all optimisations with the same idea are counted together. */
  idea: string
  config: OptimiseConfig
  /** Trials in all. */
  planned: number
  /** Trials with an outcome. */
  done: number
  /** Of these, trials that ended without a result. */
  failed: number
  best: BestTrial | null
  error: RunError | null
  /** SHA-256 over the outcomes of all trials in the order of their points; null until it is done. */
  resultHash: string | null
}

export interface NewOptimisation {
  readonly id: string
  readonly createdAt: number
  readonly strategyName: string
  readonly idea: string
  readonly config: OptimiseConfig
  readonly planned: number
  /** Names of the figures of a trial, in their order. */
  readonly columns: readonly string[]
  /** Code and data of all trials; `resultHash` stays null. */
  readonly capsule: RunCapsule
}

/** Outcomes of some trials. */
export interface TrialBatch {
  /** Number of each trial in the order in which the search asked for it. */
  readonly points: Float64Array
  /** One row of figures after the other. */
  readonly values: Float64Array
  /** Why a trial has no result, null when it has one. */
  readonly errors: readonly (RunError | null)[]
  /** What counts for the idea's spread of Sharpe ratios; NaN does not. */
  readonly sharpes: Float64Array
}

/** How an optimisation ended. */
export interface OptimisationEnd {
  readonly state: 'done' | 'failed' | 'cancelled'
  /** Of this stretch; stretches add up. */
  readonly durationMs: number
  readonly error: RunError | null
  readonly best: BestTrial | null
  readonly resultHash: string | null
  /** JSON of what is told of a walk forward, and its curve. */
  readonly walk: { readonly windows: string; readonly curve: RunTable } | null
}

export interface OptimisationDetail {
  readonly summary: OptimisationSummary
  readonly capsule: RunCapsule
  readonly columns: string[]
}

/** Every trial with an outcome, ascending by point. */
export type StoredTrials = Omit<TrialBatch, 'sharpes'>

/** All trials that were ever made of one idea, deleted optimisations included. */
export interface IdeaTally {
  readonly trials: number
  /** Trials whose Sharpe ratio is known. */
  readonly sharpes: number
  /** Sample variance of those; NaN below two. */
  readonly variance: number
}

/**
 * Optimisations and their trials. One is `running` until `end`, and reads as `interrupted` when its process is gone.
 * Naming one that does not exist is DomainError `optimisation.unknown`.
 */
export interface OptimisationStore {
  create(optimisation: NewOptimisation): Promise<OptimisationSummary>
  /** Keeps outcomes in one transaction; a point that has one already stays as it is and is not counted again. */
  addTrials(id: string, batch: TrialBatch): Promise<void>
  end(id: string, end: OptimisationEnd): Promise<OptimisationSummary>
  /** Running again, in this process. Throws `optimisation.not-resumable` for one that runs or is done. */
  resume(id: string): Promise<OptimisationSummary>
  /** Newest first; `total` counts all that match, as runs do. */
  list(query: { readonly search: string; readonly limit: number; readonly offset: number }): Promise<{
    optimisations: OptimisationSummary[]
    total: number
  }>
  get(id: string): Promise<OptimisationDetail>
  trials(id: string): Promise<StoredTrials>
  /** What `end` kept of a walk forward; null before. */
  walk(id: string): Promise<OptimisationEnd['walk']>
  idea(idea: string): Promise<IdeaTally>
  /** Removes it with its trials; the idea keeps its count. Throws `optimisation.running`. */
  delete(id: string): Promise<void>
}

/** The lower-case text in which a search looks. */
export function optimisationSearchText({
  id,
  strategyName,
  config,
}: Pick<NewOptimisation, 'id' | 'strategyName' | 'config'>) {
  return [strategyName, ...config.run.instruments, config.run.interval, config.method, ...Object.keys(config.space), id]
    .join('\n')
    .toLowerCase()
}

/** The tally of sums over Sharpe ratios. */
export function ideaTally(trials: number, sharpes: number, sum: number, squares: number): IdeaTally {
  const variance = sharpes < 2 ? Number.NaN : Math.max(0, (squares - (sum * sum) / sharpes) / (sharpes - 1))
  return { trials, sharpes, variance }
}
