import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import DatabaseFile, { type Database } from 'better-sqlite3'
import type { DomainError } from '../../domain/errors.ts'
import { backUpNow, newestGoodBackup, type StoreFile } from './backups.ts'
import { knownVersion, migrate, refuseNewer, schemaVersion } from './migrate.ts'
import type { Migration } from './migrations.ts'
import { acquireServiceLock } from './service-lock.ts'
import { atPlace, corruption, isCorruption, toStoreError } from './sqlite-errors.ts'

export interface OpenDatabase {
  readonly home: string
  readonly file: StoreFile
  readonly migrations: readonly Migration[]
  /**
   * True for the service that holds the folder. Without it a damaged file is reported and left where it is, and an
   * older one is only brought up to date while no service runs.
   */
  readonly mayRepair: boolean
}

export interface OpenedDatabase {
  readonly db: Database
  /** `store.corrupt` when a damaged file was moved aside: `movedTo`, and `restored` = the backup now in use or null. */
  readonly notice: DomainError | null
}

/** Above this a check of every page of the ledger would keep the trader waiting; results carry hashes of their own. */
const checkedBytes = 64 * 1024 * 1024
/** How long a guest waits for the other process's commit. Only worker threads and terminals ever wait here. */
const busyMs = 5_000
/** FULL: a commit survives a power cut (06 section 4.2). NORMAL: it survives a crash; a power cut may take the last ones. */
const synchronous = { ledger: 'FULL', bars: 'NORMAL', market: 'NORMAL', live: 'FULL' } as const
/** Blocks are tens of kB: larger pages mean fewer of them to chain (02 section 3). */
const pageBytes = { ledger: 4096, bars: 16_384, market: 16_384, live: 4096 } as const

/** Opens or creates a database file, brings its schema up to date (after a backup) and survives a damaged one. */
export function openDatabase(options: OpenDatabase): OpenedDatabase {
  const { home, file } = options
  const path = join(home, `${file}.db`)
  try {
    mkdirSync(home, { recursive: true })
    return { db: openSound(path, options), notice: null }
  } catch (failure) {
    if (!isCorruption(failure) || !options.mayRepair) throw toStoreError(failure, { file: path })
  }
  return atPlace({ file: path }, () => {
    const movedTo = moveAside(path)
    const backup = newestGoodBackup(home, file, options.migrations)
    if (backup !== null) copyFileSync(backup, path)
    const restored = backup === null ? null : basename(backup)
    const reason = restored === null ? `→ ${movedTo}` : `→ ${movedTo}, ← ${restored}`
    const notice = corruption({ file: path }, reason, { movedTo, restored, next: 'reimport' })
    return { db: openSound(path, options), notice }
  })
}

function openSound(path: string, options: OpenDatabase): Database {
  const db = new DatabaseFile(path, { timeout: busyMs })
  try {
    if (statSync(path).size === 0) {
      db.pragma(`page_size = ${pageBytes[options.file]}`)
      // Retention gives the room of old ticks back to the disk. Only a new file can be told so.
      if (options.file === 'market') db.pragma('auto_vacuum = INCREMENTAL')
    }
    refuseNewer(db, options.migrations)
    assertSound(db, options.file)
    const version = schemaVersion(db)
    const isOld = version > 0 && version < knownVersion(options.migrations)
    // A service of the older version may be working with the old schema.
    const lock = isOld && !options.mayRepair ? acquireServiceLock(options.home) : null
    try {
      if (isOld) backUpNow(db, options.home, options.file)
      configure(db, options.file)
      migrate(db, options.migrations)
    } finally {
      lock?.release()
    }
    return db
  } catch (failure) {
    db.close()
    throw failure
  }
}

function configure(db: Database, file: StoreFile): void {
  db.pragma('journal_mode = WAL')
  // Always said: better-sqlite3's default for WAL is NORMAL.
  db.pragma(`synchronous = ${synchronous[file]}`)
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  // What a large import leaves of the log is given back to the disk.
  db.pragma('journal_size_limit = 67108864')
}

/**
 * Throws an error of SQLite's own kind when the file cannot be worked with. Every page of the ledger must hang together;
 * of bars and market data only the schema and the list of series: a broken block costs one instrument, not the file.
 */
function assertSound(db: Database, file: StoreFile): void {
  db.prepare('SELECT * FROM sqlite_schema').all()
  if (file === 'bars' || file === 'market') {
    if (schemaVersion(db) > 0) db.prepare('SELECT * FROM series').all()
    return
  }
  if (statSync(db.name).size > checkedBytes) return
  const finding = db.pragma('quick_check(1)', { simple: true })
  if (finding !== 'ok') throw new DatabaseFile.SqliteError(String(finding), 'SQLITE_CORRUPT')
}

/** Renames the file (and its log, which belongs to it) to the first free `….corrupt-<n>`; nothing is ever deleted. */
function moveAside(path: string): string {
  let number = 1
  while (existsSync(`${path}.corrupt-${number}`)) number++
  const target = `${path}.corrupt-${number}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return basename(target)
}
