import type { Database } from 'better-sqlite3'
import type { RunCapsule, RunLogLine, RunState, RunSummary } from '../../stores/run-records.ts'
import { sha256 } from './packed-columns.ts'
import { isAlive } from './process-identity.ts'
import { corruption } from './sqlite-errors.ts'

export interface RunRow {
  readonly number: number
  readonly id: string
  readonly state: RunState
  readonly created_at: number
  readonly owner: string
  readonly duration_ms: number
  readonly strategy: string
  readonly config: string
  readonly counts: string
  readonly metrics: string
  readonly error: string | null
  readonly note: string
}

export interface RunDetailRow {
  readonly capsule: string
  readonly log: string
  readonly hash: string
}

export function summaryOf(row: Omit<RunRow, 'number'>): RunSummary {
  return {
    id: row.id,
    state: row.state,
    createdAt: row.created_at,
    durationMs: row.duration_ms,
    strategyName: row.strategy,
    config: JSON.parse(row.config) as RunSummary['config'],
    counts: JSON.parse(row.counts) as RunSummary['counts'],
    metrics: JSON.parse(row.metrics) as RunSummary['metrics'],
    error: row.error === null ? null : (JSON.parse(row.error) as RunSummary['error']),
    note: row.note,
  }
}

export function encodeDetail(capsule: RunCapsule, log: readonly RunLogLine[]): RunDetailRow {
  const texts = { capsule: JSON.stringify(capsule), log: JSON.stringify(log) }
  return { ...texts, hash: sha256(Buffer.from(`${texts.capsule}\n${texts.log}`)) }
}

/** Throws `store.corrupt` when capsule or log are not what was written: a capsule must never be run again half-read. */
export function decodeDetail(row: RunDetailRow | undefined, file: string, run: string) {
  if (row === undefined || sha256(Buffer.from(`${row.capsule}\n${row.log}`)) !== row.hash) {
    throw corruption({ file, run }, run)
  }
  return { capsule: JSON.parse(row.capsule) as RunCapsule, log: JSON.parse(row.log) as RunLogLine[] }
}

/** Ends the runs whose process is gone: nobody else can. */
export function failAbandonedRuns(db: Database): void {
  const owners = db.prepare("SELECT DISTINCT owner FROM runs WHERE state = 'running'").pluck().all() as string[]
  const fail = db.prepare(
    `UPDATE runs SET state = 'failed', error = json_object('code', 'worker.lost', 'data', json_object('run', id, 'message', id))
     WHERE state = 'running' AND owner = ?`,
  )
  for (const owner of owners) if (!isAlive(owner)) fail.run(owner)
}
