import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import DatabaseFile, { type Database } from 'better-sqlite3'
import { knownVersion, schemaVersion } from './migrate.ts'
import type { Migration } from './migrations.ts'

/** Names of the database files without `.db`. */
export type StoreFile = 'ledger' | 'bars' | 'market' | 'live'

/** `backups/tickwright-<schema version>-<n>.<file>.db`: the first name that is free. */
export function nextBackupPath(home: string, file: StoreFile, version: number): string {
  const folder = join(home, 'backups')
  mkdirSync(folder, { recursive: true })
  for (let number = 1; ; number++) {
    const path = join(folder, `tickwright-${version}-${number}.${file}.db`)
    if (!existsSync(path)) return path
  }
}

/** A complete copy while nobody else writes; the name appears only when the copy is whole. */
export function backUpNow(db: Database, home: string, file: StoreFile): string {
  const path = nextBackupPath(home, file, schemaVersion(db))
  const part = `${path}.part`
  rmSync(part, { force: true })
  db.prepare('VACUUM INTO ?').run(part)
  renameSync(part, path)
  return path
}

/** A complete copy in steps, between which the store goes on working. */
export async function backUp(db: Database, home: string, file: StoreFile): Promise<string> {
  const path = nextBackupPath(home, file, schemaVersion(db))
  const part = `${path}.part`
  rmSync(part, { force: true })
  await db.backup(part)
  renameSync(part, path)
  return path
}

/** The newest backup that opens, passes SQLite's check and is not newer than this program; null if there is none. */
export function newestGoodBackup(home: string, file: StoreFile, migrations: readonly Migration[]): string | null {
  const folder = join(home, 'backups')
  if (!existsSync(folder)) return null
  const candidates = readdirSync(folder)
    .filter((name) => name.startsWith('tickwright-') && name.endsWith(`.${file}.db`))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  return candidates.find((path) => isGood(path, migrations)) ?? null
}

function isGood(path: string, migrations: readonly Migration[]): boolean {
  try {
    const db = new DatabaseFile(path, { readonly: true, fileMustExist: true })
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok' && schemaVersion(db) <= knownVersion(migrations)
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
