import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { DomainError } from '../../domain/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { KeptStores } from '../../stores/stores.ts'
import { backUp, type StoreFile } from './backups.ts'
import { barsMigrations, ledgerMigrations, type Migration, marketMigrations } from './migrations.ts'
import { type OpenedDatabase, openDatabase } from './open-database.ts'
import { processIdentity } from './process-identity.ts'
import { failAbandonedRuns } from './run-rows.ts'
import { createSqliteBarStore } from './sqlite-bar-store.ts'
import { atPlace } from './sqlite-errors.ts'
import { createSqliteMarketStore } from './sqlite-market-store.ts'
import { createSqliteOptimisationStore } from './sqlite-optimisation-store.ts'
import { createSqliteRevisionStore } from './sqlite-revision-store.ts'
import { createSqliteRunStore } from './sqlite-run-store.ts'
import { createSqliteInstrumentStore, createSqliteSettingsStore } from './sqlite-small-stores.ts'

/**
 * `service`: holds the data folder (desktop, `tickwright serve`), repairs and tidies on opening.
 * `guest`: a terminal beside it; same files, waits its turn to write, repairs nothing.
 */
export type StoreRole = 'service' | 'guest'

export interface OpenStores {
  /** The data folder; created when missing. */
  readonly home: string
  readonly role: StoreRole
  readonly clock: Clock
}

export interface SqliteStores extends KeptStores {
  /** What opening had to repair; empty when all was well. */
  readonly notices: readonly DomainError[]
  /** Bytes of all files with their logs. */
  bytes(): number
  /** Complete copies in `backups/` while the store works on; their paths. */
  backup(): Promise<string[]>
  /** Checkpoints and closes all files. */
  close(): void
}

/** Opens `ledger.db`, `bars.db` and `market.db` of a data folder in this thread: for the store worker, and for tests. */
export function openSqliteStores({ home, role, clock }: OpenStores): SqliteStores {
  const mayRepair = role === 'service'
  const opened: OpenedDatabase[] = []
  const open = (file: StoreFile, migrations: readonly Migration[]) => {
    const database = openDatabase({ home, file, migrations, mayRepair })
    opened.push(database)
    return database.db
  }
  try {
    const ledger = open('ledger', ledgerMigrations)
    const bars = open('bars', barsMigrations)
    const market = open('market', marketMigrations)
    if (role === 'service') atPlace({ file: ledger.name }, () => failAbandonedRuns(ledger))
    const notices = opened.map(({ notice }) => notice).filter((notice) => notice !== null)
    return joinStores({ home, clock, files: { ledger, bars, market }, notices })
  } catch (failure) {
    for (const { db } of opened) db.close()
    throw failure
  }
}

interface JoinStores {
  readonly home: string
  readonly clock: Clock
  readonly files: Readonly<Record<Exclude<StoreFile, 'live'>, Database>>
  readonly notices: readonly DomainError[]
}

function joinStores({ home, clock, files, notices }: JoinStores): SqliteStores {
  const { ledger, bars, market } = files
  const all = Object.entries(files) as [StoreFile, Database][]
  return {
    bars: createSqliteBarStore(bars, clock),
    market: createSqliteMarketStore(market, clock),
    instruments: createSqliteInstrumentStore(ledger),
    runs: createSqliteRunStore({ db: ledger, owner: processIdentity() }),
    optimisations: createSqliteOptimisationStore({ db: ledger, owner: processIdentity() }),
    settings: createSqliteSettingsStore(ledger),
    revisions: createSqliteRevisionStore(bars),
    notices,
    bytes: () => all.reduce((sum, [, db]) => sum + bytesOfDatabase(db), 0),
    async backup() {
      const paths: string[] = []
      for (const [file, db] of all) paths.push(await backUp(db, home, file))
      return paths
    },
    close() {
      for (const [, db] of all) if (db.open) closeDatabase(db)
    },
  }
}

function closeDatabase(db: Database): void {
  try {
    db.pragma('optimize')
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

function bytesOfDatabase(db: Database): number {
  let bytes = 0
  for (const suffix of ['', '-wal']) bytes += statSync(db.name + suffix, { throwIfNoEntry: false })?.size ?? 0
  return bytes
}
