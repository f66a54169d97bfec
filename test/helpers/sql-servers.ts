import { connectServer, type SqlServer } from '../../core/node/sql/sql-server.ts'
import { openSqlStores, type SqlStores } from '../../core/node/sql/sql-stores.ts'
import type { ServerAddress } from '../../core/node/sql/store-address.ts'
import {
  administerMariadb,
  administerPostgres,
  startMariadb,
  startPostgres,
  type TestServer,
  traderPassword,
} from './servers.ts'

/** What a test needs to know of a kind of SQL server. */
export interface SqlKind {
  readonly name: string
  readonly kind: ServerAddress['kind']
  start(earlier?: Pick<TestServer, 'folder' | 'port'>): Promise<TestServer>
  /** Statements in the database `tickwright`, as administrator. */
  administer(server: TestServer, statements: string): void
}

export const sqlKinds: readonly SqlKind[] = [
  {
    name: 'MariaDB',
    kind: 'mysql',
    start: startMariadb,
    administer: (server, statements) => administerMariadb(server, `USE tickwright; ${statements}`),
  },
  {
    name: 'PostgreSQL',
    kind: 'postgres',
    start: startPostgres,
    administer: (server, statements) => administerPostgres(server, statements, 'tickwright'),
  },
]

export function addressOf({ kind }: SqlKind, { port }: TestServer, change: Partial<ServerAddress> = {}): ServerAddress {
  const place = { host: '127.0.0.1', port, user: 'trader', database: 'tickwright' }
  return { kind, ...place, tls: 'off', timescale: false, ...change }
}

/** Transactions as `trader`, for looking behind the stores. */
export function serverOf(kind: SqlKind, server: TestServer): SqlServer {
  return connectServer({ address: addressOf(kind, server), password: traderPassword, patienceMs: 0 })
}

/** The stores as `trader`; their clock only advances. */
export function openAsTrader(kind: SqlKind, server: TestServer, patienceMs = 10_000): Promise<SqlStores> {
  let now = 0
  const clock = { now: () => ++now }
  return openSqlStores({ address: addressOf(kind, server), password: traderPassword, clock, patienceMs })
}

const owners = ['series', 'bars', 'instruments', 'settings', 'runs', 'optimisations', 'ideas', 'market_series']

/** Leaves the tables without rows. */
export async function emptyStores(server: SqlServer): Promise<void> {
  await server.write(async ({ db }) => {
    const tables = [...owners, 'market_tick', 'market_quote', 'market_book']
    for (const table of tables) await db.deleteFrom(table as 'runs').execute()
  })
}
