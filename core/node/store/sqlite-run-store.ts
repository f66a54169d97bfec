import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import type { RunError, RunSummary } from '../../stores/run-records.ts'
import { runSearchText, searchWords } from '../../stores/run-search.ts'
import type {
  NewRun,
  RunDetail,
  RunQuery,
  RunResult,
  RunStore,
  RunTable,
  RunTableName,
} from '../../stores/run-store.ts'
import { decodeDetail, encodeDetail, type RunDetailRow, type RunRow, summaryOf } from './run-rows.ts'
import { decodeRunTable, encodeRunTable, type RunTableRow } from './run-table-codec.ts'
import { atPlace, corruption } from './sqlite-errors.ts'

interface RunFile {
  readonly db: Database
  /** Identity of this process: it is written to the runs that it creates. */
  readonly owner: string
  readonly sql: ReturnType<typeof prepare>
}

/** Runs in `ledger.db`. Every method is one transaction. */
export function createSqliteRunStore(options: Omit<RunFile, 'sql'>): RunStore {
  const { db } = options
  const file: RunFile = { ...options, sql: prepare(db) }
  const at = <Value>(run: string, work: () => Value): Value => atPlace({ file: db.name, run }, work)
  const write = db.transaction((work: () => RunSummary) => work())
  const list = db.transaction((query: RunQuery) => listRuns(db, query))
  const get = db.transaction((id: string) => getRun(file, id))
  return {
    create: async (run) => at(run.id, () => write.immediate(() => createRun(file, run))),
    finish: async (id, result) => at(id, () => write.immediate(() => finishRun(file, id, result))),
    fail: async (id, error, end) =>
      at(id, () => write.immediate(() => stopRun(file, id, { state: 'failed', error, ...end }))),
    cancel: async (id, end) =>
      at(id, () => write.immediate(() => stopRun(file, id, { state: 'cancelled', error: null, ...end }))),
    list: async (query) => atPlace({ file: db.name }, () => list(query)),
    get: async (id) => at(id, () => get(id)),
    columns: async (id, table) => at(id, () => readTable(file, id, table)),
    annotate: async (id, note) => at(id, () => write.immediate(() => annotateRun(file, id, note))),
    async delete(id) {
      if (at(id, () => file.sql.remove.run(id).changes) === 0) throw new DomainError('run.unknown', { run: id })
    },
  }
}

function rowOf({ sql }: RunFile, id: string): RunRow {
  const row = sql.run.get(id)
  if (row === undefined) throw new DomainError('run.unknown', { run: id })
  return row
}

function runningRow(file: RunFile, id: string): RunRow {
  const row = rowOf(file, id)
  if (row.state !== 'running') throw new DomainError('run.unknown', { run: id, state: row.state })
  return row
}

function createRun(file: RunFile, { id, createdAt, strategyName, config, capsule }: NewRun): RunSummary {
  const search = runSearchText({ id, strategyName, config, note: '' })
  const row = { id, createdAt, owner: file.owner, search, strategyName, config: JSON.stringify(config) }
  const { lastInsertRowid } = file.sql.create.run(row)
  file.sql.putDetail.run({ run: lastInsertRowid, ...encodeDetail(capsule, []) })
  return summaryOf(rowOf(file, id))
}

function finishRun(file: RunFile, id: string, result: RunResult): RunSummary {
  const { number: run } = runningRow(file, id)
  const { durationMs, counts, metrics, capsule, log, tables } = result
  file.sql.finish.run({ run, durationMs, counts: JSON.stringify(counts), metrics: JSON.stringify(metrics) })
  file.sql.putDetail.run({ run, ...encodeDetail(capsule, log) })
  for (const [name, table] of Object.entries(tables)) file.sql.putTable.run({ run, name, ...encodeRunTable(table) })
  return summaryOf(rowOf(file, id))
}

function stopRun(file: RunFile, id: string, { state, durationMs, error, log }: Stopped): RunSummary {
  const { number: run } = runningRow(file, id)
  file.sql.stop.run({ run, state, durationMs, error: error === null ? null : JSON.stringify(error) })
  const { capsule } = decodeDetail(file.sql.detail.get(run), file.db.name, id)
  file.sql.putDetail.run({ run, ...encodeDetail(capsule, log) })
  return summaryOf(rowOf(file, id))
}

function annotateRun(file: RunFile, id: string, note: string): RunSummary {
  const summary = { ...summaryOf(rowOf(file, id)), note }
  file.sql.annotate.run(note, runSearchText(summary), id)
  return summary
}

/** `instr` on the lower-case text finds any word of any language; 10,000 runs take some 20 ms (measured, no index helps). */
function listRuns(db: Database, { search, limit, offset }: RunQuery): { runs: RunSummary[]; total: number } {
  const words = searchWords(search)
  const where = words.map(() => 'instr(search, ?) > 0').join(' AND ') || '1'
  const count = db.prepare<string[], number>(`SELECT count(*) FROM runs WHERE ${where}`).pluck()
  const page = db.prepare<(string | number)[], RunRow>(
    `SELECT * FROM runs WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
  )
  return { runs: page.all(...words, limit, offset).map(summaryOf), total: count.get(...words) ?? 0 }
}

function getRun(file: RunFile, id: string): RunDetail {
  const row = rowOf(file, id)
  const detail = decodeDetail(file.sql.detail.get(row.number), file.db.name, id)
  const names = file.sql.columnNames.get(row.number, 'recorded')
  return { summary: summaryOf(row), ...detail, recorded: names === undefined ? [] : (JSON.parse(names) as string[]) }
}

function readTable(file: RunFile, id: string, table: RunTableName): RunTable {
  const row = file.sql.table.get(rowOf(file, id).number, table)
  if (row === undefined) return { rows: 0, columns: {}, texts: {} }
  try {
    return decodeRunTable(row)
  } catch (cause) {
    throw corruption({ file: file.db.name, run: id }, `${id} ${table}`, { table, next: 'verify' }, cause)
  }
}

interface Stopped {
  readonly state: 'failed' | 'cancelled'
  readonly durationMs: number
  readonly error: RunError | null
  readonly log: RunResult['log']
}

function prepare(db: Database) {
  return {
    run: db.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?'),
    create: db.prepare(
      `INSERT INTO runs (id, state, created_at, owner, search, duration_ms, strategy, config, counts, metrics, error, note)
       VALUES (@id, 'running', @createdAt, @owner, @search, 0, @strategyName, @config,
       '{"bars":0,"orders":0,"fills":0,"trades":0}', '{}', NULL, '')`,
    ),
    finish: db.prepare(
      "UPDATE runs SET state = 'done', duration_ms = @durationMs, counts = @counts, metrics = @metrics WHERE number = @run",
    ),
    stop: db.prepare('UPDATE runs SET state = @state, duration_ms = @durationMs, error = @error WHERE number = @run'),
    annotate: db.prepare('UPDATE runs SET note = ?, search = ? WHERE id = ?'),
    remove: db.prepare('DELETE FROM runs WHERE id = ?'),
    detail: db.prepare<[number], RunDetailRow>('SELECT capsule, log, hash FROM run_details WHERE run = ?'),
    putDetail: db.prepare(
      `INSERT INTO run_details (run, capsule, log, hash) VALUES (@run, @capsule, @log, @hash)
       ON CONFLICT (run) DO UPDATE SET capsule = excluded.capsule, log = excluded.log, hash = excluded.hash`,
    ),
    table: db.prepare<[number, string], RunTableRow>('SELECT * FROM run_tables WHERE run = ? AND name = ?'),
    columnNames: db
      .prepare<[number, string], string>('SELECT columns FROM run_tables WHERE run = ? AND name = ?')
      .pluck(),
    putTable: db.prepare(
      `INSERT INTO run_tables (run, name, rows, columns, texts, raw_bytes, hash, data)
       VALUES (@run, @name, @rows, @columns, @texts, @raw_bytes, @hash, @data)`,
    ),
  }
}
