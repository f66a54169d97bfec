import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { DomainError } from '../../domain/errors.ts'
import type { SqlLink } from './sql-link.ts'
import { sqlMigrations, tableNames } from './sql-migrations.ts'
import type { SqlSchema } from './sql-schema.ts'
import type { SqlServer } from './sql-server.ts'
import { placeOf } from './store-address.ts'

const migrationTableName = 'tickwright_migration'
const migrationLockTableName = 'tickwright_migration_lock'

/**
 * Brings the schema up to date. Safe to call from several processes at once (a lock in the database) and again after a
 * failure. Refuses, untouched, a database of a newer Tickwright (`store.newer`) and one whose tables of these names
 * belong to somebody else (`store.foreign-tables`).
 */
export function migrateServer(server: SqlServer): Promise<void> {
  return server.use(async (link) => {
    const migrations = sqlMigrations(link.dialect, server.market)
    const known = Object.keys(migrations)
    const done = await appliedSteps(link)
    if (done === null) await refuseForeign(server, link)
    const newer = (done ?? []).filter((name) => !known.includes(name))
    if (newer.length > 0)
      throw new DomainError('store.newer', {
        file: placeOf(server.address),
        found: newer.at(-1) ?? '',
        known: known.at(-1) ?? '',
      })
    // Asking first: a user who may not create tables can still work on a schema that is complete.
    if (done?.length === known.length) return
    const migrator = new Migrator({
      ...{ db: link.db, migrationTableName, migrationLockTableName },
      provider: { getMigrations: async () => migrations },
    })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    if (server.address.kind === 'postgres' && server.address.timescale) await makeHypertable(link.db)
  })
}

/** Names of the steps that were applied; null when no Tickwright was ever here. */
export async function appliedSteps(link: SqlLink): Promise<string[] | null> {
  if (!(await existingTables(link)).includes(migrationTableName)) return null
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.id(migrationTableName)} ORDER BY name`.execute(
    link.db,
  )
  return rows.map(({ name }) => name)
}

async function existingTables({ dialect, db }: SqlLink): Promise<string[]> {
  const schema = dialect === 'mysql' ? sql`database()` : sql`current_schema()`
  const { rows } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = ${schema}`.execute(db)
  return rows.map(({ name }) => name)
}

async function refuseForeign({ address }: SqlServer, link: SqlLink): Promise<void> {
  const tables = await existingTables(link)
  const foreign = tables.find((name) => tableNames.includes(name))
  if (foreign === undefined) return
  throw new DomainError('store.foreign-tables', { server: placeOf(address), table: foreign })
}

/** Chunks of a quarter: minute bars of a hundred instruments make some ten million rows of it. */
const chunkMs = 90 * 86_400_000

/** Asked for and possible: bars become a hypertable, with what is in it. */
async function makeHypertable(db: Kysely<SqlSchema>): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'`.execute(db)
  if (rows.length === 0) return
  await sql`SELECT create_hypertable('bars', 'open_time', chunk_time_interval => ${sql.lit(chunkMs)}::bigint,
    if_not_exists => true, migrate_data => true)`.execute(db)
}
