import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import {
  ideaTally,
  type NewOptimisation,
  type OptimisationDetail,
  type OptimisationEnd,
  type OptimisationStore,
  type OptimisationSummary,
  optimisationSearchText,
  type StoredTrials,
  type TrialBatch,
} from '../../stores/optimisation-store.ts'
import type { RunCapsule, RunError } from '../../stores/run-records.ts'
import { searchWords } from '../../stores/run-search.ts'
import { isAlive } from './process-identity.ts'
import { decodeRunTable, encodeRunTable, type RunTableRow } from './run-table-codec.ts'
import { atPlace, corruption } from './sqlite-errors.ts'

interface OptimisationFile {
  readonly db: Database
  /** Identity of this process: it is written to what it runs. */
  readonly owner: string
  readonly sql: ReturnType<typeof prepare>
}

interface OptimisationRow {
  readonly number: number
  readonly id: string
  readonly state: OptimisationSummary['state']
  readonly created_at: number
  readonly owner: string
  readonly duration_ms: number
  readonly strategy: string
  readonly idea: string
  readonly config: string
  readonly columns: string
  readonly planned: number
  readonly done: number
  readonly failed: number
  readonly best: string | null
  readonly error: string | null
  readonly result_hash: string | null
  readonly capsule: string
}

interface TrialRow {
  readonly point: number
  readonly figures: Buffer
  readonly error: string | null
}

/** Optimisations in `ledger.db`. Every method is one transaction. */
export function createSqliteOptimisationStore(options: Omit<OptimisationFile, 'sql'>): OptimisationStore {
  const { db } = options
  const file: OptimisationFile = { ...options, sql: prepare(db) }
  const at = <Value>(work: () => Value): Value => atPlace({ file: db.name }, work)
  const transaction = db.transaction((work: () => unknown) => work())
  const write = <Value>(work: () => Value): Value => at(() => transaction.immediate(work) as Value)
  return {
    create: async (optimisation) => write(() => createOptimisation(file, optimisation)),
    addTrials: async (id, batch) => write(() => addTrials(file, id, batch)),
    end: async (id, end) => write(() => endOptimisation(file, id, end)),
    resume: async (id) => write(() => resumeOptimisation(file, id)),
    list: async (query) => at(() => listOptimisations(db, query)),
    get: async (id) => at(() => detailOf(rowOf(file, id))),
    trials: async (id) => at(() => trialsOf(file, id)),
    walk: async (id) => at(() => walkOf(file, id)),
    idea: async (idea) =>
      at(() => {
        const row = file.sql.idea.get(idea)
        return row === undefined ? ideaTally(0, 0, 0, 0) : ideaTally(row.trials, row.sharpes, row.sum, row.squares)
      }),
    delete: async (id) => write(() => deleteOptimisation(file, id)),
  }
}

function rowOf({ sql }: OptimisationFile, id: string): OptimisationRow {
  const row = sql.one.get(id)
  if (row === undefined) throw new DomainError('optimisation.unknown', { optimisation: id })
  return row
}

/** Running in a process that is gone means: interrupted. */
function stateOf({ state, owner }: OptimisationRow): OptimisationSummary['state'] {
  return state === 'running' && !isAlive(owner) ? 'interrupted' : state
}

function summaryOf(row: OptimisationRow): OptimisationSummary {
  const json = <Value>(text: string | null) => (text === null ? null : (JSON.parse(text) as Value))
  return {
    id: row.id,
    state: stateOf(row),
    createdAt: row.created_at,
    durationMs: row.duration_ms,
    strategyName: row.strategy,
    idea: row.idea,
    config: JSON.parse(row.config) as OptimisationSummary['config'],
    planned: row.planned,
    done: row.done,
    failed: row.failed,
    best: json<OptimisationSummary['best'] & object>(row.best),
    error: json<RunError>(row.error),
    resultHash: row.result_hash,
  }
}

function detailOf(row: OptimisationRow): OptimisationDetail {
  const capsule = JSON.parse(row.capsule) as RunCapsule
  return { summary: summaryOf(row), capsule, columns: JSON.parse(row.columns) as string[] }
}

function createOptimisation(file: OptimisationFile, given: NewOptimisation): OptimisationSummary {
  const { id, createdAt, strategyName, idea, config, planned, columns, capsule } = given
  file.sql.create.run({
    ...{ id, createdAt, owner: file.owner, search: optimisationSearchText(given), strategyName, idea, planned },
    ...{ config: JSON.stringify(config), columns: JSON.stringify(columns), capsule: JSON.stringify(capsule) },
  })
  return summaryOf(rowOf(file, id))
}

function addTrials(file: OptimisationFile, id: string, batch: TrialBatch): void {
  const { sql } = file
  const row = rowOf(file, id)
  const width = (JSON.parse(row.columns) as string[]).length
  for (const [k, point] of batch.points.entries()) {
    const figures = Buffer.from(batch.values.slice(k * width, (k + 1) * width).buffer)
    const error = batch.errors[k] ?? null
    const { changes } = sql.addTrial.run({
      optimisation: row.number,
      point,
      figures,
      error: error === null ? null : JSON.stringify(error),
    })
    if (changes === 0) continue
    sql.count.run({ number: row.number, failed: error === null ? 0 : 1 })
    const sharpe = batch.sharpes[k] as number
    const known = Number.isNaN(sharpe) ? 0 : 1
    sql.tally.run({ idea: row.idea, known, sharpe: known === 1 ? sharpe : 0 })
  }
}

function endOptimisation(file: OptimisationFile, id: string, end: OptimisationEnd): OptimisationSummary {
  const row = rowOf(file, id)
  if (row.state !== 'running') throw new DomainError('optimisation.unknown', { optimisation: id })
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const { state, durationMs, resultHash, walk } = end
  const { number } = row
  file.sql.end.run({ number, state, durationMs, error: json(end.error), best: json(end.best), resultHash })
  if (walk !== null)
    file.sql.putWalk.run({ optimisation: number, windows: walk.windows, ...encodeRunTable(walk.curve) })
  return summaryOf(rowOf(file, id))
}

function resumeOptimisation(file: OptimisationFile, id: string): OptimisationSummary {
  const row = rowOf(file, id)
  const state = stateOf(row)
  if (state === 'running' || state === 'done') {
    throw new DomainError('optimisation.not-resumable', { optimisation: id, reason: state, instrument: '' })
  }
  file.sql.resume.run({ number: row.number, owner: file.owner })
  return summaryOf(rowOf(file, id))
}

function listOptimisations(db: Database, query: Parameters<OptimisationStore['list']>[0]) {
  const words = searchWords(query.search)
  const where = words.map(() => 'instr(search, ?) > 0').join(' AND ') || '1'
  const count = db.prepare<string[], number>(`SELECT count(*) FROM optimisations WHERE ${where}`).pluck()
  const page = db.prepare<(string | number)[], OptimisationRow>(
    `SELECT * FROM optimisations WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
  )
  const rows = page.all(...words, query.limit, query.offset)
  return { optimisations: rows.map(summaryOf), total: count.get(...words) ?? 0 }
}

function trialsOf(file: OptimisationFile, id: string): StoredTrials {
  const { number, columns } = rowOf(file, id)
  const width = (JSON.parse(columns) as string[]).length
  const rows = file.sql.trials.all(number)
  const values = new Float64Array(rows.length * width)
  for (const [k, { point, figures }] of rows.entries()) {
    if (figures.byteLength !== width * 8) throw corruption({ file: file.db.name }, `${id} ${point}`)
    values.set(new Float64Array(new Uint8Array(figures).buffer), k * width)
  }
  const errors = rows.map(({ error }) => (error === null ? null : (JSON.parse(error) as RunError)))
  return { points: Float64Array.from(rows, ({ point }) => point), values, errors }
}

function walkOf(file: OptimisationFile, id: string): OptimisationEnd['walk'] {
  const row = file.sql.walk.get(rowOf(file, id).number)
  if (row === undefined) return null
  try {
    return { windows: row.windows, curve: decodeRunTable(row) }
  } catch (cause) {
    throw corruption({ file: file.db.name }, id, {}, cause)
  }
}

function deleteOptimisation(file: OptimisationFile, id: string): void {
  const row = rowOf(file, id)
  if (stateOf(row) === 'running') throw new DomainError('optimisation.running', { optimisation: id })
  file.sql.remove.run(row.number)
}

interface IdeaRow {
  readonly trials: number
  readonly sharpes: number
  readonly sum: number
  readonly squares: number
}

function prepare(db: Database) {
  return {
    one: db.prepare<[string], OptimisationRow>('SELECT * FROM optimisations WHERE id = ?'),
    create: db.prepare(
      `INSERT INTO optimisations (id, state, created_at, owner, search, duration_ms, strategy, idea, config, columns,
       planned, done, failed, best, error, result_hash, capsule)
       VALUES (@id, 'running', @createdAt, @owner, @search, 0, @strategyName, @idea, @config, @columns,
       @planned, 0, 0, NULL, NULL, NULL, @capsule)`,
    ),
    addTrial: db.prepare(
      `INSERT INTO trials (optimisation, point, figures, error) VALUES (@optimisation, @point, @figures, @error)
       ON CONFLICT (optimisation, point) DO NOTHING`,
    ),
    count: db.prepare('UPDATE optimisations SET done = done + 1, failed = failed + @failed WHERE number = @number'),
    tally: db.prepare(
      `INSERT INTO ideas (idea, trials, sharpes, sharpe_sum, sharpe_squares)
       VALUES (@idea, 1, @known, @sharpe, @sharpe * @sharpe)
       ON CONFLICT (idea) DO UPDATE SET trials = trials + 1, sharpes = sharpes + excluded.sharpes,
       sharpe_sum = sharpe_sum + excluded.sharpe_sum, sharpe_squares = sharpe_squares + excluded.sharpe_squares`,
    ),
    idea: db.prepare<[string], IdeaRow>(
      'SELECT trials, sharpes, sharpe_sum AS sum, sharpe_squares AS squares FROM ideas WHERE idea = ?',
    ),
    end: db.prepare(
      `UPDATE optimisations SET state = @state, duration_ms = duration_ms + @durationMs, error = @error, best = @best,
       result_hash = @resultHash WHERE number = @number`,
    ),
    resume: db.prepare(
      "UPDATE optimisations SET state = 'running', owner = @owner, error = NULL WHERE number = @number",
    ),
    trials: db.prepare<[number], TrialRow>(
      'SELECT point, figures, error FROM trials WHERE optimisation = ? ORDER BY point',
    ),
    walk: db.prepare<[number], RunTableRow & { readonly windows: string }>(
      'SELECT * FROM walks WHERE optimisation = ?',
    ),
    putWalk: db.prepare(
      `INSERT OR REPLACE INTO walks (optimisation, windows, rows, columns, texts, raw_bytes, hash, data)
       VALUES (@optimisation, @windows, @rows, @columns, @texts, @raw_bytes, @hash, @data)`,
    ),
    remove: db.prepare('DELETE FROM optimisations WHERE number = ?'),
  }
}
