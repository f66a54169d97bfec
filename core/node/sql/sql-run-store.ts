import { DomainError } from '../../domain/errors.ts'
import type { RunError, RunSummary } from '../../stores/run-records.ts'
import { runSearchText } from '../../stores/run-search.ts'
import type {
  NewRun,
  RunDetail,
  RunEnd,
  RunQuery,
  RunResult,
  RunStore,
  RunTable,
  RunTableName,
} from '../../stores/run-store.ts'
import { decodeDetail, encodeDetail, summaryOf } from '../store/run-rows.ts'
import { decodeRunTable, encodeRunTable } from '../store/run-table-codec.ts'
import { corruption } from '../store/sqlite-errors.ts'
import { isGone, ownerIdentity } from './machine-identity.ts'
import type { SqlLink } from './sql-link.ts'
import type { RunsTable } from './sql-schema.ts'
import type { SqlServer } from './sql-server.ts'
import { matches, partsOf, put, searchable } from './sql-statements.ts'
import { placeOf } from './store-address.ts'

/** Runs on a server: summaries are columns, a run's tables compressed columns in parts. */
export function createSqlRunStore(server: SqlServer): RunStore {
  const file = placeOf(server.address)
  return {
    create: (run) => server.write((link) => createRun(link, run)),
    finish: (id, result) => server.write((link) => finishRun(link, id, result)),
    fail: (id, error, end) => server.write((link) => stopRun(link, id, { file, state: 'failed', error, ...end })),
    cancel: (id, end) => server.write((link) => stopRun(link, id, { file, state: 'cancelled', error: null, ...end })),
    list: (query) => server.read((link) => listRuns(link, query)),
    get: (id) => server.read((link) => getRun(link, id, file)),
    columns: (id, table) => server.read((link) => readTable(link, id, table, file)),
    annotate: (id, note) => server.write((link) => annotateRun(link, id, note)),
    delete: (id) =>
      server.write(async ({ db }) => {
        const { numDeletedRows } = await db.deleteFrom('runs').where('id', '=', id).executeTakeFirst()
        if (numDeletedRows === 0n) throw new DomainError('run.unknown', { run: id })
      }),
  }
}

async function rowOf({ db }: SqlLink, id: string): Promise<RunsTable> {
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('run.unknown', { run: id })
  return row
}

/** The row of a run that still runs, held until the end: it ends once, whoever asks. */
async function lockRunning({ db }: SqlLink, id: string): Promise<void> {
  const row = await db.selectFrom('runs').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw new DomainError('run.unknown', { run: id })
  if (row.state !== 'running') throw new DomainError('run.unknown', { run: id, state: row.state })
}

const summary = async (link: SqlLink, id: string): Promise<RunSummary> => summaryOf(await rowOf(link, id))

async function createRun(link: SqlLink, { id, createdAt, strategyName, config, capsule }: NewRun): Promise<RunSummary> {
  const search = searchable(runSearchText({ id, strategyName, config, note: '' }))
  const counts = JSON.stringify({ bars: 0, orders: 0, fills: 0, trades: 0 })
  const row = { id, state: 'running', created_at: createdAt, owner: ownerIdentity(), search, duration_ms: 0 } as const
  const rest = { strategy: strategyName, config: JSON.stringify(config), counts, metrics: '{}', error: null, note: '' }
  await link.db
    .insertInto('runs')
    .values({ ...row, ...rest })
    .execute()
  await put(link, 'run_details', ['run'], { run: id, ...encodeDetail(capsule, []) })
  return summary(link, id)
}

async function finishRun(link: SqlLink, id: string, result: RunResult): Promise<RunSummary> {
  await lockRunning(link, id)
  const { durationMs, counts, metrics, capsule, log, tables } = result
  const figures = { counts: JSON.stringify(counts), metrics: JSON.stringify(metrics) }
  await link.db
    .updateTable('runs')
    .set({ state: 'done', duration_ms: durationMs, ...figures })
    .where('id', '=', id)
    .execute()
  await put(link, 'run_details', ['run'], { run: id, ...encodeDetail(capsule, log) })
  for (const [name, table] of Object.entries(tables)) await writeTable(link, id, name, table)
  return summary(link, id)
}

async function writeTable({ db }: SqlLink, run: string, name: string, table: RunTable): Promise<void> {
  const { data, ...row } = encodeRunTable(table)
  await db
    .insertInto('run_tables')
    .values({ run, name, ...row })
    .execute()
  for (const part of partsOf(data)) {
    await db
      .insertInto('run_table_parts')
      .values({ run, name, ...part })
      .execute()
  }
}

interface Stopped extends RunEnd {
  readonly file: string
  readonly state: 'failed' | 'cancelled'
  readonly error: RunError | null
}

async function stopRun(
  link: SqlLink,
  id: string,
  { file, state, durationMs, error, log }: Stopped,
): Promise<RunSummary> {
  await lockRunning(link, id)
  const { capsule } = await detailOf(link, id, file)
  const text = error === null ? null : JSON.stringify(error)
  await link.db.updateTable('runs').set({ state, duration_ms: durationMs, error: text }).where('id', '=', id).execute()
  await put(link, 'run_details', ['run'], { run: id, ...encodeDetail(capsule, log) })
  return summary(link, id)
}

async function detailOf({ db }: SqlLink, run: string, file: string) {
  const row = await db.selectFrom('run_details').selectAll().where('run', '=', run).executeTakeFirst()
  return decodeDetail(row, file, run)
}

async function annotateRun(link: SqlLink, id: string, note: string): Promise<RunSummary> {
  const changed = { ...(await summary(link, id)), note }
  const search = searchable(runSearchText(changed))
  await link.db.updateTable('runs').set({ note, search }).where('id', '=', id).execute()
  return changed
}

async function listRuns({ db }: SqlLink, { search, limit, offset }: RunQuery) {
  const found = db.selectFrom('runs').where(matches(search))
  const { total } = await found.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const newest = found.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  const rows = await newest.limit(limit).offset(offset).execute()
  return { runs: rows.map(summaryOf), total }
}

async function getRun(link: SqlLink, id: string, file: string): Promise<RunDetail> {
  const row = await rowOf(link, id)
  const detail = await detailOf(link, id, file)
  const table = await link.db
    .selectFrom('run_tables')
    .select('columns')
    .where('run', '=', id)
    .where('name', '=', 'recorded')
    .executeTakeFirst()
  return {
    summary: summaryOf(row),
    ...detail,
    recorded: table === undefined ? [] : (JSON.parse(table.columns) as string[]),
  }
}

async function readTable(link: SqlLink, id: string, table: RunTableName, file: string): Promise<RunTable> {
  await rowOf(link, id)
  const { db } = link
  const row = await db
    .selectFrom('run_tables')
    .selectAll()
    .where('run', '=', id)
    .where('name', '=', table)
    .executeTakeFirst()
  if (row === undefined) return { rows: 0, columns: {}, texts: {} }
  const stored = db.selectFrom('run_table_parts').select('data').where('run', '=', id).where('name', '=', table)
  const parts = await stored.orderBy('part').execute()
  try {
    return decodeRunTable({ ...row, data: Buffer.concat(parts.map(({ data }) => data)) })
  } catch (cause) {
    throw corruption({ file, run: id }, `${id} ${table}`, { table, next: 'verify' }, cause)
  }
}

/** Ends the runs that a process of this machine left behind: nobody else can. */
export async function failLostRuns({ db }: SqlLink): Promise<void> {
  const running = await db.selectFrom('runs').select(['id', 'owner']).where('state', '=', 'running').execute()
  for (const { id, owner } of running) {
    if (!isGone(owner)) continue
    const error = JSON.stringify({ code: 'worker.lost', data: { run: id, message: id } })
    await db
      .updateTable('runs')
      .set({ state: 'failed', error })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .execute()
  }
}
