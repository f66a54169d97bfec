import { sql } from 'kysely'
import { toWireError, type WireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import type { SqlLink } from './sql-link.ts'
import { appliedSteps } from './sql-migrate.ts'
import { sqlMigrations } from './sql-migrations.ts'
import { connectServer, type SqlServer } from './sql-server.ts'
import { placeOf, type ServerAddress, storeUrl } from './store-address.ts'

/** What a try of a server found. */
export interface ServerReport {
  readonly url: string
  /** The server's own words; null when it was not reached. */
  readonly version: string | null
  /** Of one question and its answer. */
  readonly latencyMs: number | null
  /** Text encoding of the database. */
  readonly encoding: string | null
  /** What is in it: nothing of ours, an older state that opening renews, ours, or a newer Tickwright's. */
  readonly contents: 'none' | 'older' | 'current' | 'newer' | null
  /** TimescaleDB in this database. */
  readonly timescale: boolean
  /** The first thing that stands in the way; null: it can be used. */
  readonly error: WireError | null
}

/** Tries a server: connects, asks who it is, and proves by doing it that tables can be made, filled and removed. */
export async function tryServer(address: ServerAddress, password: string | null): Promise<ServerReport> {
  const server = connectServer({ address, password, patienceMs: 0 })
  const nothing = { version: null, latencyMs: null, encoding: null, contents: null, timescale: false, error: null }
  let report: ServerReport = { url: storeUrl(address), ...nothing }
  try {
    report = { ...report, ...(await server.use((link) => factsOf(server, link))) }
    await server.use(proveRights)
    return report
  } catch (failure) {
    return { ...report, error: toWireError(failure) }
  } finally {
    await server.close()
  }
}

async function factsOf(server: SqlServer, link: SqlLink) {
  const started = performance.now()
  const one = async (expression: string): Promise<string> => {
    const { rows } = await sql.raw<{ value: string }>(`SELECT ${expression} AS value`).execute(link.db)
    return String(rows[0]?.value)
  }
  const version = await one('version()')
  const latencyMs = performance.now() - started
  const isPostgres = link.dialect === 'postgres'
  const encoding = await one(isPostgres ? "current_setting('server_encoding')" : '@@character_set_database')
  if (isPostgres && encoding !== 'UTF8')
    throw new DomainError('store.encoding', { server: placeOf(server.address), encoding })
  const extension = "(SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb')"
  const timescale = isPostgres && (await one(extension)) === '1'
  return { version, latencyMs, encoding, timescale, contents: await contentsOf(server, link) }
}

async function contentsOf(server: SqlServer, link: SqlLink): Promise<ServerReport['contents']> {
  const done = await appliedSteps(link)
  const known = Object.keys(sqlMigrations(link.dialect, server.market))
  if (done === null) return 'none'
  if (done.some((name) => !known.includes(name))) return 'newer'
  return done.length === known.length ? 'current' : 'older'
}

async function proveRights({ db }: SqlLink): Promise<void> {
  const table = `tickwright_trial_${process.pid}`
  await db.schema.createTable(table).ifNotExists().addColumn('n', 'integer').execute()
  await sql`INSERT INTO ${sql.table(table)} VALUES (1)`.execute(db)
  await db.schema.dropTable(table).execute()
}
