import type { RunCapsule, RunConfig, RunCounts, RunError, RunLogLine, RunSummary } from './run-records.ts'

export const runTableNames = ['equity', 'trades', 'orders', 'fills', 'rolls', 'recorded'] as const

/** The bulk results of a run: one row per bar step (equity, recorded) or per event (the others). */
export type RunTableName = (typeof runTableNames)[number]

/** Columns of equal length; for a text column `texts` says which text each code stands for. */
export interface RunTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly texts: Readonly<Record<string, readonly string[]>>
}

export interface NewRun {
  readonly id: string
  readonly createdAt: number
  readonly strategyName: string
  readonly config: RunConfig
  /** As far as it is known at the start; `finish` replaces it. */
  readonly capsule: RunCapsule
}

export interface RunResult {
  readonly durationMs: number
  readonly counts: RunCounts
  readonly metrics: Readonly<Record<string, number | null>>
  /** Final: data hashes and `resultHash` filled in. */
  readonly capsule: RunCapsule
  /** Oldest first. */
  readonly log: readonly RunLogLine[]
  /** A table that is left out reads back as no rows. */
  readonly tables: Readonly<Partial<Record<RunTableName, RunTable>>>
}

/** How a run ended without a result. */
export interface RunEnd {
  readonly durationMs: number
  readonly log: readonly RunLogLine[]
}

export interface RunDetail {
  readonly summary: RunSummary
  readonly capsule: RunCapsule
  readonly log: RunLogLine[]
  /** Names of the series of the `recorded` table. */
  readonly recorded: string[]
}

export interface RunQuery {
  /** Words that must all occur, in any case, in strategy, instruments, interval, note or parameters; '' = all. */
  readonly search: string
  readonly limit: number
  readonly offset: number
}

/**
 * Runs and their results. A run is `running` until exactly one of finish, fail or cancel ends it; ending it twice, or
 * naming a run that does not exist, is DomainError `run.unknown`. A run whose process died while it was running reads
 * as failed with `worker.lost` after the next open.
 */
export interface RunStore {
  create(run: NewRun): Promise<RunSummary>
  /** Stores summary, capsule, log and every table in one transaction. */
  finish(id: string, result: RunResult): Promise<RunSummary>
  fail(id: string, error: RunError, end: RunEnd): Promise<RunSummary>
  cancel(id: string, end: RunEnd): Promise<RunSummary>
  /** Newest first (then by id, descending); `total` counts all that match. */
  list(query: RunQuery): Promise<{ runs: RunSummary[]; total: number }>
  get(id: string): Promise<RunDetail>
  /** Columns have buffers of their own. */
  columns(id: string, table: RunTableName): Promise<RunTable>
  annotate(id: string, note: string): Promise<RunSummary>
  delete(id: string): Promise<void>
}
