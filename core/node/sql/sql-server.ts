import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isDomainError } from '../../domain/errors.ts'
import type { MarketDialect } from './market-dialect.ts'
import { createMysqlDriver } from './mysql-driver.ts'
import { createPostgresDriver } from './postgres-driver.ts'
import { isDeadlock, isLost, toSqlError } from './sql-errors.ts'
import type { HeldLink, SqlDialect, SqlDriver, SqlLink } from './sql-link.ts'
import type { ServerAddress } from './store-address.ts'

/** Transactions on one database. */
export interface SqlServer {
  readonly address: ServerAddress
  readonly dialect: SqlDialect
  readonly market: MarketDialect
  /** One look at the data as it is at one moment. */
  read<Value>(work: (link: SqlLink) => Promise<Value>): Promise<Value>
  /**
   * All or nothing. `work` may run more than once: again when the server was lost before the commit or chose it to
   * give way. Losing the server during the commit rejects with `store.unreachable`: whether it holds is then unknown.
   */
  write<Value>(work: (link: SqlLink) => Promise<Value>): Promise<Value>
  /** Outside a transaction, on one connection. */
  use<Value>(work: (link: SqlLink) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

export interface ConnectServer {
  readonly address: ServerAddress
  readonly password: string | null
  /** How long a lost server is waited for before a call fails; it is tried again after 50 ms, 100 ms … 1 s. */
  readonly patienceMs: number
}

/** Opens nothing yet: the first call does. Failures are DomainErrors that name the server, never the password. */
export function connectServer({ address, password, patienceMs }: ConnectServer): SqlServer {
  const { host, port, user, database, tls } = address
  const login = { host, port, user, password, database, tls }
  const driver = address.kind === 'mysql' ? createMysqlDriver(login) : createPostgresDriver(login)
  const begin = beginnings[driver.dialect]
  const told = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (failure) {
      throw toSqlError(failure, address)
    }
  }
  return {
    address,
    dialect: driver.dialect,
    market: driver.market,
    read: (work) => told(() => patiently(patienceMs, () => transact(driver, begin.read, work))),
    write: (work) => told(() => patiently(patienceMs, () => transact(driver, begin.write, work))),
    use: (work) => told(() => patiently(patienceMs, () => hold(driver, ({ link }) => work(link)))),
    close: () => driver.end(),
  }
}

const beginnings = {
  // MariaDB's own level locks gaps that nobody needs here: the row of the series is the lock.
  mysql: {
    read: ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ', 'START TRANSACTION READ ONLY'],
    write: ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],
  },
  postgres: {
    read: ['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'],
    write: ['BEGIN ISOLATION LEVEL READ COMMITTED'],
  },
} as const

/** A failure of COMMIT itself: the transaction may hold or not, so nobody may repeat it blindly. */
class UncertainCommit extends Error {}

async function hold<Value>(driver: SqlDriver, work: (held: HeldLink) => Promise<Value>): Promise<Value> {
  const held = await driver.acquire()
  let broken = false
  try {
    return await work(held)
  } catch (failure) {
    // The connection is not trusted then: a new one costs a millisecond.
    broken = !isDomainError(failure)
    throw failure
  } finally {
    held.release(broken)
  }
}

function transact<Value>(
  driver: SqlDriver,
  begin: readonly string[],
  work: (link: SqlLink) => Promise<Value>,
): Promise<Value> {
  return hold(driver, async ({ link }) => {
    for (const statement of begin) await sql.raw(statement).execute(link.db)
    const value = await rolledBack(link, work)
    try {
      await sql.raw('COMMIT').execute(link.db)
    } catch (cause) {
      if (isDeadlock(cause)) throw cause
      throw new UncertainCommit('commit', { cause })
    }
    return value
  })
}

/** Rolls back what `work` refused and keeps the connection; after any other failure it is closed, which rolls back too. */
async function rolledBack<Value>(link: SqlLink, work: (link: SqlLink) => Promise<Value>): Promise<Value> {
  try {
    return await work(link)
  } catch (failure) {
    if (isDomainError(failure)) await sql.raw('ROLLBACK').execute(link.db)
    throw failure
  }
}

async function patiently<Value>(patienceMs: number, attempt: () => Promise<Value>): Promise<Value> {
  const until = performance.now() + patienceMs
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (failure) {
      if (failure instanceof UncertainCommit) throw failure.cause
      const again = isDeadlock(failure) ? tries < 10 : isLost(failure) && performance.now() < until
      if (!again) throw failure
      await sleep(Math.min(1_000, 50 * 2 ** tries) * (0.5 + Math.random() / 2))
    }
  }
}
