import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import type { Migration } from './migrations.ts'

export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** The version that `migrations` leads to. */
export function knownVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** Refuses a file written by a newer Tickwright, before anything is touched. */
export function refuseNewer(db: Database, migrations: readonly Migration[]): void {
  const found = schemaVersion(db)
  const known = knownVersion(migrations)
  if (found > known) throw new DomainError('store.newer', { file: db.name, found, known })
}

/** Applies what is missing, each step in a transaction of its own: a failed step leaves the schema before it. */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const step = db.transaction((migration: Migration) => {
    // Another process may have got here first.
    if (schemaVersion(db) >= migration.version) return
    for (const statement of migration.statements) db.prepare(statement).run()
    db.pragma(`user_version = ${migration.version}`)
  })
  for (const migration of migrations) step.immediate(migration)
}
