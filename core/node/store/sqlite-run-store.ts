import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import type { RunError, RunSummary } from '../../stores/run-records.ts'
import { runSearchText, searchWords } from '../../stores/run-search.ts'
import type { NewRun, RunQuery, RunResult, RunStore, RunTableName } from '../../stores/run-store.ts'
import { decodeDetail, encodeDetail, type RunDetailRow, type RunRow, summaryOf } from './run-rows.ts'
import { decodeRunTable, encodeRunTable, type RunTableRow } from './run-table-codec.ts'
import { atPlace, corruption } from './sqlite-errors.ts'

interface RunStoreOptions {
  readonly db: Database
  /** Identity of this process: it is written to the runs that it creates. */
  readonly owner: string
}

/** Runs in `ledger.db`. Every method is one transaction. */
export function createSqliteRunStore({ db, owner }: RunStoreOptions): RunStore {
  const sql = prepare(db)
  const at = <Value>(run: string, work: () => Value): Value => atPlace({ file: db.name, run }, work)

  const rowOf = (id: string): RunRow => {
    const row = sql.run.get(id) as RunRow | undefined
    if (row === undefined) throw new DomainError('run.unknown', { run: id })
    return row
  }
  const running = (id: string): RunRow => {
    const row = rowOf(id)
    if (row.state !== 'running') throw new DomainError('run.unknown', { run: id, state: row.state })
    return row
  }

  const create = db.transaction(({ id, createdAt, strategyName, config, capsule }: NewRun): RunSummary => {
    const search = runSearchText({ id, strategyName, config, note: '' })
    const text = JSON.stringify(config)
    const { lastInsertRowid } = sql.create.run({ id, createdAt, owner, search, strategyName, config: text })
    sql.putDetail.run({ run: lastInsertRowid, ...encodeDetail(capsule, []) })
    return summaryOf(rowOf(id))
  })

  const finish = db.transaction((id: string, result: RunResult): RunSummary => {
    const { number } = running(id)
    const { durationMs, counts, metrics, capsule, log, tables } = result
    const texts = { counts: JSON.stringify(counts), metrics: JSON.stringify(metrics) }
    sql.finish.run({ number, durationMs, ...texts })
    sql.putDetail.run({ run: number, ...encodeDetail(capsule, log) })
    for (const [name, table] of Object.entries(tables))
      sql.putTable.run({ run: number, name, ...encodeRunTable(table) })
    return summaryOf(rowOf(id))
  })

  const stop = db.transaction((id: string, end: Stopped): RunSummary => {
    const { number } = running(id)
    const { state, durationMs, error, log } = end
    sql.stop.run({ number, state, durationMs, error: error === null ? null : JSON.stringify(error) })
    const { capsule } = decodeDetail(sql.detail.get(number) as RunDetailRow, db.name, id)
    sql.putDetail.run({ run: number, ...encodeDetail(capsule, log) })
    return summaryOf(rowOf(id))
  })

  const annotate = db.transaction((id: string, note: string): RunSummary => {
    const summary = { ...summaryOf(rowOf(id)), note }
    sql.annotate.run(note, runSearchText(summary), id)
    return summary
  })

  const list = db.transaction(({ search, limit, offset }: RunQuery) => {
    const words = searchWords(search)
    const where = words.map(() => 'instr(search, ?) > 0').join(' AND ') || '1'
    const total = db
      .prepare(`SELECT count(*) FROM runs WHERE ${where}`)
      .pluck()
      .get(...words) as number
    const page = `SELECT * FROM runs WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`
    const rows = db.prepare(page).all(...words, limit, offset) as RunRow[]
    return { runs: rows.map(summaryOf), total }
  })

  const get = db.transaction((id: string) => {
    const row = rowOf(id)
    const detail = decodeDetail(sql.detail.get(row.number) as RunDetailRow | undefined, db.name, id)
    const names = sql.columnNames.get(row.number, 'recorded') as string | undefined
    return { summary: summaryOf(row), ...detail, recorded: names === undefined ? [] : (JSON.parse(names) as string[]) }
  })

  const columns = db.transaction((id: string, table: RunTableName) => {
    const row = sql.table.get(rowOf(id).number, table) as RunTableRow | undefined
    if (row === undefined) return { rows: 0, columns: {}, texts: {} }
    try {
      return decodeRunTable(row)
    } catch (cause) {
      throw corruption({ file: db.name, run: id }, `${id} ${table}`, { table, next: 'verify' }, cause)
    }
  })

  return {
    create: async (run) => at(run.id, () => create.immediate(run)),
    finish: async (id, result) => at(id, () => finish.immediate(id, result)),
    fail: async (id, error, end) => at(id, () => stop.immediate(id, { state: 'failed', error, ...end })),
    cancel: async (id, end) => at(id, () => stop.immediate(id, { state: 'cancelled', error: null, ...end })),
    list: async (query) => atPlace({ file: db.name }, () => list(query)),
    get: async (id) => at(id, () => get(id)),
    columns: async (id, table) => at(id, () => columns(id, table)),
    annotate: async (id, note) => at(id, () => annotate.immediate(id, note)),
    async delete(id) {
      if (at(id, () => sql.remove.run(id).changes) === 0) throw new DomainError('run.unknown', { run: id })
    },
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
    run: db.prepare('SELECT * FROM runs WHERE id = ?'),
    create: db.prepare(
      `INSERT INTO runs (id, state, created_at, owner, search, duration_ms, strategy, config, counts, metrics, error, note)
       VALUES (@id, 'running', @createdAt, @owner, @search, 0, @strategyName, @config,
       '{"bars":0,"orders":0,"fills":0,"trades":0}', '{}', NULL, '')`,
    ),
    finish: db.prepare(
      "UPDATE runs SET state = 'done', duration_ms = @durationMs, counts = @counts, metrics = @metrics WHERE number = @number",
    ),
    stop: db.prepare(
      'UPDATE runs SET state = @state, duration_ms = @durationMs, error = @error WHERE number = @number',
    ),
    annotate: db.prepare('UPDATE runs SET note = ?, search = ? WHERE id = ?'),
    remove: db.prepare('DELETE FROM runs WHERE id = ?'),
    detail: db.prepare('SELECT capsule, log, hash FROM run_details WHERE run = ?'),
    putDetail: db.prepare(
      `INSERT INTO run_details (run, capsule, log, hash) VALUES (@run, @capsule, @log, @hash)
       ON CONFLICT (run) DO UPDATE SET capsule = excluded.capsule, log = excluded.log, hash = excluded.hash`,
    ),
    table: db.prepare('SELECT * FROM run_tables WHERE run = ? AND name = ?'),
    columnNames: db.prepare('SELECT columns FROM run_tables WHERE run = ? AND name = ?').pluck(),
    putTable: db.prepare(
      `INSERT INTO run_tables (run, name, rows, columns, texts, raw_bytes, hash, data)
       VALUES (@run, @name, @rows, @columns, @texts, @raw_bytes, @hash, @data)`,
    ),
  }
}
