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
} from '../../stores/optimisation-store.ts'
import type { RunCapsule, RunError } from '../../stores/run-records.ts'
import { sha256 } from '../store/packed-columns.ts'
import { decodeRunTable, encodeRunTable } from '../store/run-table-codec.ts'
import { corruption } from '../store/sqlite-errors.ts'
import { isGone, ownerIdentity } from './machine-identity.ts'
import type { SqlLink } from './sql-link.ts'
import type { OptimisationsTable } from './sql-schema.ts'
import type { SqlServer } from './sql-server.ts'
import { matches, partsOf, put, searchable } from './sql-statements.ts'
import { addTrials } from './sql-trials.ts'
import { placeOf } from './store-address.ts'

/** Optimisations on a server. */
export function createSqlOptimisationStore(server: SqlServer): OptimisationStore {
  const file = placeOf(server.address)
  return {
    create: (optimisation) => server.write((link) => createOptimisation(link, optimisation)),
    addTrials: (id, batch) =>
      server.write(async (link) => addTrials(link, await rowOf(link, id, { locked: true }), batch)),
    end: (id, end) => server.write((link) => endOptimisation(link, id, end)),
    resume: (id) => server.write((link) => resumeOptimisation(link, id)),
    list: (query) => server.read((link) => listOptimisations(link, query)),
    get: (id) => server.read(async (link) => detailOf(await rowOf(link, id))),
    trials: (id) => server.read(async (link) => trialsOf(link, await rowOf(link, id), file)),
    walk: (id) => server.read((link) => walkOf(link, id, file)),
    idea: (idea) =>
      server.use(async ({ db }) => {
        const hash = sha256(Buffer.from(idea))
        const row = await db.selectFrom('ideas').selectAll().where('idea_hash', '=', hash).executeTakeFirst()
        return row === undefined
          ? ideaTally(0, 0, 0, 0)
          : ideaTally(row.trials, row.sharpes, row.sharpe_sum, row.sharpe_squares)
      }),
    delete: (id) => server.write((link) => deleteOptimisation(link, id)),
  }
}

async function rowOf({ db }: SqlLink, id: string, { locked = false } = {}): Promise<OptimisationsTable> {
  const query = db.selectFrom('optimisations').selectAll().where('id', '=', id)
  const row = await (locked ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) throw new DomainError('optimisation.unknown', { optimisation: id })
  return row
}

/** Running in a process of this machine that is gone means: interrupted. */
const stateOf = ({ state, owner }: OptimisationsTable) => (state === 'running' && isGone(owner) ? 'interrupted' : state)

function summaryOf(row: OptimisationsTable): OptimisationSummary {
  const json = <Value>(text: string | null) => (text === null ? null : (JSON.parse(text) as Value))
  const { id, idea, planned, done, failed } = row
  return {
    ...{ id, idea, planned, done, failed, state: stateOf(row) },
    ...{ createdAt: row.created_at, durationMs: row.duration_ms, strategyName: row.strategy },
    config: JSON.parse(row.config) as OptimisationSummary['config'],
    best: json<OptimisationSummary['best'] & object>(row.best),
    error: json<RunError>(row.error),
    resultHash: row.result_hash,
  }
}

function detailOf(row: OptimisationsTable): OptimisationDetail {
  const capsule = JSON.parse(row.capsule) as RunCapsule
  return { summary: summaryOf(row), capsule, columns: JSON.parse(row.columns) as string[] }
}

async function createOptimisation(link: SqlLink, given: NewOptimisation): Promise<OptimisationSummary> {
  const { id, createdAt, strategyName, idea, config, planned, columns, capsule } = given
  const texts = { config: JSON.stringify(config), columns: JSON.stringify(columns), capsule: JSON.stringify(capsule) }
  await link.db
    .insertInto('optimisations')
    .values({
      ...{ id, state: 'running', created_at: createdAt, owner: ownerIdentity(), duration_ms: 0, idea, planned },
      ...{ search: searchable(optimisationSearchText(given)), strategy: strategyName, ...texts },
      ...{ done: 0, failed: 0, best: null, error: null, result_hash: null },
    })
    .execute()
  return summaryOf(await rowOf(link, id))
}

async function endOptimisation(link: SqlLink, id: string, end: OptimisationEnd): Promise<OptimisationSummary> {
  const row = await rowOf(link, id, { locked: true })
  if (row.state !== 'running') throw new DomainError('optimisation.unknown', { optimisation: id })
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const { state, durationMs, resultHash, walk } = end
  const figures = { duration_ms: row.duration_ms + durationMs, error: json(end.error), best: json(end.best) }
  await link.db
    .updateTable('optimisations')
    .set({ state, ...figures, result_hash: resultHash })
    .where('id', '=', id)
    .execute()
  if (walk !== null) await writeWalk(link, id, walk)
  return summaryOf(await rowOf(link, id))
}

async function writeWalk(
  link: SqlLink,
  optimisation: string,
  walk: NonNullable<OptimisationEnd['walk']>,
): Promise<void> {
  const { data, ...row } = encodeRunTable(walk.curve)
  await put(link, 'walks', ['optimisation'], { optimisation, windows: walk.windows, ...row })
  await link.db.deleteFrom('walk_parts').where('optimisation', '=', optimisation).execute()
  for (const part of partsOf(data)) {
    await link.db
      .insertInto('walk_parts')
      .values({ optimisation, ...part })
      .execute()
  }
}

async function resumeOptimisation(link: SqlLink, id: string): Promise<OptimisationSummary> {
  const state = stateOf(await rowOf(link, id, { locked: true }))
  if (state === 'running' || state === 'done')
    throw new DomainError('optimisation.not-resumable', { optimisation: id, reason: state, instrument: '' })
  const running = { state: 'running', owner: ownerIdentity(), error: null } as const
  await link.db.updateTable('optimisations').set(running).where('id', '=', id).execute()
  return summaryOf(await rowOf(link, id))
}

async function listOptimisations({ db }: SqlLink, query: Parameters<OptimisationStore['list']>[0]) {
  const found = db.selectFrom('optimisations').where(matches(query.search))
  const { total } = await found.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const newest = found.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  const rows = await newest.limit(query.limit).offset(query.offset).execute()
  return { optimisations: rows.map(summaryOf), total }
}

async function trialsOf({ db }: SqlLink, { id, columns }: OptimisationsTable, file: string): Promise<StoredTrials> {
  const width = (JSON.parse(columns) as string[]).length
  const stored = db.selectFrom('trials').select(['point', 'figures', 'error']).where('optimisation', '=', id)
  const rows = await stored.orderBy('point').execute()
  const values = new Float64Array(rows.length * width)
  for (const [k, { point, figures }] of rows.entries()) {
    if (figures.byteLength !== width * 8) throw corruption({ file }, `${id} ${point}`)
    values.set(new Float64Array(new Uint8Array(figures).buffer), k * width)
  }
  const errors = rows.map(({ error }) => (error === null ? null : (JSON.parse(error) as RunError)))
  return { points: Float64Array.from(rows, ({ point }) => point), values, errors }
}

async function walkOf(link: SqlLink, id: string, file: string): Promise<OptimisationEnd['walk']> {
  await rowOf(link, id)
  const row = await link.db.selectFrom('walks').selectAll().where('optimisation', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const stored = link.db.selectFrom('walk_parts').select('data').where('optimisation', '=', id)
  const parts = await stored.orderBy('part').execute()
  try {
    const data = Buffer.concat(parts.map((part) => part.data))
    return { windows: row.windows, curve: decodeRunTable({ ...row, data }) }
  } catch (cause) {
    throw corruption({ file }, id, {}, cause)
  }
}

async function deleteOptimisation(link: SqlLink, id: string): Promise<void> {
  const row = await rowOf(link, id, { locked: true })
  if (stateOf(row) === 'running') throw new DomainError('optimisation.running', { optimisation: id })
  await link.db.deleteFrom('optimisations').where('id', '=', id).execute()
}
