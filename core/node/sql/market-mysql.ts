import { Readable } from 'node:stream'
import type { Pool, PoolConnection } from 'mysql2/promise'
import {
  type MarketDialect,
  type MarketTableQuery,
  type MarketTableRange,
  type MarketTransaction,
  marketTables,
  rowTables,
  type SqlRow,
} from './market-dialect.ts'
import { withRetries } from './market-failure.ts'

/** Case and accents count: `es` is not `ES`. */
const options = ' ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
/** Lines in one piece of a bulk load: a few hundred kB. */
const pieceRows = 4_096

/**
 * MariaDB and MySQL through mysql2's pool. Only its binary protocol reads doubles exactly, so every statement is
 * executed, none queried; rows go in by LOAD DATA LOCAL, or by INSERT where the server forbids that.
 */
export function mysqlMarketDialect(pool: Pool): MarketDialect {
  return {
    schema: [
      `CREATE TABLE IF NOT EXISTS market_series (number INTEGER PRIMARY KEY AUTO_INCREMENT,
       instrument VARCHAR(64) NOT NULL, kind VARCHAR(8) NOT NULL, rows_kept BIGINT NOT NULL DEFAULT 0,
       first_time DOUBLE, last_time DOUBLE, last_key DOUBLE, source TEXT, updated_at DOUBLE,
       UNIQUE (instrument, kind))${options}`,
      ...rowTables('DOUBLE', options),
    ],
    // Locks the row as a writer does: with IGNORE two writers would share it, and neither could go on.
    addSeries: 'INSERT INTO market_series (instrument, kind) VALUES (?, ?) ON DUPLICATE KEY UPDATE number = number',
    transaction: (work) => withRetries(() => inTransaction(pool, work)),
  }
}

async function inTransaction<Value>(
  pool: Pool,
  work: (transaction: MarketTransaction) => Promise<Value>,
): Promise<Value> {
  const connection = await pool.getConnection()
  try {
    // Else what others wrote while this one waited for a lock would stay unseen.
    await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await connection.beginTransaction()
    const value = await work(transactionOf(connection))
    await connection.commit()
    return value
  } catch (failure) {
    await connection.rollback().catch(() => connection.destroy())
    throw failure
  } finally {
    connection.release()
  }
}

function transactionOf(connection: PoolConnection): MarketTransaction {
  const run = async (statement: string, values: readonly (number | string | null)[] = []) => {
    const [rows] = await connection.execute({ sql: statement, rowsAsArray: true }, [...values])
    return (Array.isArray(rows) ? rows : []) as unknown as SqlRow[]
  }
  return {
    run,
    async load({ kind, series, from, to, limit }: MarketTableQuery) {
      const { table, columns, key } = marketTables[kind]
      const period = [...(from === null ? [] : ['time >= ?']), ...(to === null ? [] : ['time < ?'])]
      const values = [series, from, to].filter((value) => value !== null)
      const rows = await run(
        `SELECT ${columns.join(', ')} FROM ${table} WHERE ${['series = ?', ...period].join(' AND ')}
         ORDER BY series, ${key.join(', ')}${limit > 0 ? ` LIMIT ${limit}` : ''}`,
        values,
      )
      const loaded = columns.map(() => new Float64Array(rows.length))
      for (let index = 0; index < columns.length; index++) {
        const column = loaded[index] as Float64Array
        for (let row = 0; row < rows.length; row++) column[row] = (rows[row]?.[index] ?? Number.NaN) as number
      }
      return loaded
    },
    async add(range, columns) {
      try {
        await loadData(connection, range, columns)
      } catch (failure) {
        if (!isForbidden(failure)) throw failure
        await insertRows(run, range, columns)
      }
    },
  }
}

/** The server or its settings do not take files of the client. */
function isForbidden(failure: unknown): boolean {
  const { errno } = failure as { errno?: number }
  return errno === 1148 || errno === 3948 || errno === 4166
}

async function loadData(
  connection: PoolConnection,
  { kind, series }: MarketTableRange,
  columns: readonly Float64Array[],
): Promise<void> {
  const { table, columns: names } = marketTables[kind]
  // Buffers: a text would end the process with an error nobody can catch (08 section 1).
  const infileStreamFactory = () => Readable.from(linesOf(columns), { objectMode: false })
  await connection.query({
    sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${table} (${names.join(', ')}) SET series = ${series}`,
    infileStreamFactory,
  })
}

function* linesOf(columns: readonly Float64Array[]): Generator<Buffer> {
  const { length } = columns[0] as Float64Array
  for (let from = 0; from < length; from += pieceRows) {
    let text = ''
    for (let row = from; row < Math.min(from + pieceRows, length); row++) {
      for (let index = 0; index < columns.length; index++) {
        const value = (columns[index] as Float64Array)[row] as number
        if (index > 0) text += '\t'
        text += Number.isNaN(value) ? '\\N' : value
      }
      text += '\n'
    }
    yield Buffer.from(text)
  }
}

async function insertRows(
  run: MarketTransaction['run'],
  { kind, series }: MarketTableRange,
  columns: readonly Float64Array[],
): Promise<void> {
  const { table, columns: names } = marketTables[kind]
  const { length } = columns[0] as Float64Array
  const atOnce = 2_000
  for (let from = 0; from < length; from += atOnce) {
    const values: (number | null)[] = []
    for (let row = from; row < Math.min(from + atOnce, length); row++) {
      values.push(series)
      for (const column of columns) values.push(Number.isNaN(column[row]) ? null : (column[row] as number))
    }
    const one = `(${'?, '.repeat(names.length)}?)`
    const rows = Array.from({ length: values.length / (names.length + 1) }, () => one)
    await run(`INSERT INTO ${table} (series, ${names.join(', ')}) VALUES ${rows.join(', ')}`, values)
  }
}
