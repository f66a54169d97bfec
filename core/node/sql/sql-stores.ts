import type { Clock } from '../../lib/clock.ts'
import type { Stores } from '../../stores/stores.ts'
import { sha256 } from '../store/packed-columns.ts'
import { createSqlBarStore } from './sql-bar-store.ts'
import { createSqlMarketStore } from './sql-market-store.ts'
import { migrateServer } from './sql-migrate.ts'
import { createSqlOptimisationStore } from './sql-optimisation-store.ts'
import { createSqlRunStore, failLostRuns } from './sql-run-store.ts'
import { connectServer } from './sql-server.ts'
import { createSqlInstrumentStore, createSqlSettingsStore } from './sql-small-stores.ts'
import type { ServerAddress } from './store-address.ts'

export interface OpenSqlStores {
  readonly address: ServerAddress
  readonly password: string | null
  readonly clock: Clock
  /** How long a call waits for a server that is lost. Default 10 s. */
  readonly patienceMs?: number
}

export interface SqlStores extends Stores {
  close(): Promise<void>
}

/**
 * Opens the stores of a database on MySQL, MariaDB or PostgreSQL and makes or renews its tables. Fails with a
 * DomainError that says what to do: `store.unreachable`, `store.login`, `store.no-database`, `store.no-rights`,
 * `store.tls`, `store.newer`, `store.foreign-tables`.
 */
export async function openSqlStores(options: OpenSqlStores): Promise<SqlStores> {
  const { address, password, clock, patienceMs = 10_000 } = options
  // Opening asks once: whoever starts wants to hear at once that nobody answers.
  const opening = connectServer({ address, password, patienceMs: 0 })
  try {
    await migrateServer(opening)
    await opening.write(failLostRuns)
  } finally {
    await opening.close()
  }
  const server = connectServer({ address, password, patienceMs })
  return {
    bars: createSqlBarStore(server, clock),
    market: createSqlMarketStore({ dialect: server.market, clock, sha256 }),
    instruments: createSqlInstrumentStore(server),
    runs: createSqlRunStore(server),
    optimisations: createSqlOptimisationStore(server),
    settings: createSqlSettingsStore(server),
    close: () => server.close(),
  }
}
