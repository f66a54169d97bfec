import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { DomainError } from '../../domain/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Stores } from '../../stores/stores.ts'
import { backUp } from './backups.ts'
import { barsMigrations, ledgerMigrations } from './migrations.ts'
import { openDatabase } from './open-database.ts'
import { processIdentity } from './process-identity.ts'
import { failAbandonedRuns } from './run-rows.ts'
import { createSqliteBarStore } from './sqlite-bar-store.ts'
import { atPlace } from './sqlite-errors.ts'
import { createSqliteOptimisationStore } from './sqlite-optimisation-store.ts'
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

export interface SqliteStores extends Stores {
  /** What opening had to repair; empty when all was well. */
  readonly notices: readonly DomainError[]
  /** Bytes of both files with their logs. */
  bytes(): number
  /** Complete copies in `backups/` while the store works on; their paths. */
  backup(): Promise<string[]>
  /** Checkpoints and closes both files. */
  close(): void
}

/** Opens `ledger.db` and `bars.db` of a data folder in this thread: for the store worker, and for tests. */
export function openSqliteStores({ home, role, clock }: OpenStores): SqliteStores {
  const mayRepair = role === 'service'
  const ledger = openDatabase({ home, file: 'ledger', migrations: ledgerMigrations, mayRepair })
  try {
    const bars = openDatabase({ home, file: 'bars', migrations: barsMigrations, mayRepair })
    if (role === 'service') atPlace({ file: ledger.db.name }, () => failAbandonedRuns(ledger.db))
    const notices = [ledger.notice, bars.notice].filter((notice) => notice !== null)
    return joinStores({ home, clock, ledger: ledger.db, bars: bars.db, notices })
  } catch (failure) {
    ledger.db.close()
    throw failure
  }
}

interface JoinStores {
  readonly home: string
  readonly clock: Clock
  readonly ledger: Database
  readonly bars: Database
  readonly notices: readonly DomainError[]
}

function joinStores({ home, clock, ledger, bars, notices }: JoinStores): SqliteStores {
  return {
    bars: createSqliteBarStore(bars, clock),
    instruments: createSqliteInstrumentStore(ledger),
    runs: createSqliteRunStore({ db: ledger, owner: processIdentity() }),
    optimisations: createSqliteOptimisationStore({ db: ledger, owner: processIdentity() }),
    settings: createSqliteSettingsStore(ledger),
    notices,
    bytes: () => bytesOfDatabase(ledger) + bytesOfDatabase(bars),
    async backup() {
      return [await backUp(ledger, home, 'ledger'), await backUp(bars, home, 'bars')]
    },
    close() {
      for (const db of [ledger, bars]) if (db.open) closeDatabase(db)
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
