import { Kysely, MysqlDialect, type MysqlPoolConnection, type MysqlQueryResult } from 'kysely'
import mysql, { type Pool, type PoolConnection, type RowDataPacket } from 'mysql2'
import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { mysqlMarketDialect } from './market-mysql.ts'
import { restoreSpecial, rowColumns, specialBits, valueColumns } from './special-values.ts'
import { connectTimeoutMs, poolSize, type SeriesKey, type SqlDriver, type SqlLink, type SqlLogin } from './sql-link.ts'
import type { SqlSchema } from './sql-schema.ts'

type TypeCast = Exclude<mysql.ConnectionOptions['typeCast'], boolean | undefined>

/** The text protocol's own parser is wrong in the last bit of one double in thirty (08 section 1, trap 1). */
const exactDoubles: TypeCast = (field, next) => {
  if (field.type !== 'DOUBLE' && field.type !== 'FLOAT') return next()
  const text = field.string()
  return text === null ? null : Number(text)
}

/** Pool over MySQL or MariaDB; opens nothing before it is asked. */
export function createMysqlDriver({ tls, password, ...login }: SqlLogin): SqlDriver {
  const pool = mysql.createPool({
    ...login,
    ...(password === null ? {} : { password }),
    ...(tls === 'require' ? { ssl: { rejectUnauthorized: true, verifyIdentity: true } } : {}),
    ...{ connectionLimit: poolSize, connectTimeout: connectTimeoutMs, enableKeepAlive: true },
    ...{ charset: 'utf8mb4', timezone: 'Z', dateStrings: true, supportBigNumbers: true },
    // Changed rows alone would make a repeated UPDATE look as if it had found nothing.
    flags: ['FOUND_ROWS'],
  })
  return {
    dialect: 'mysql',
    market: mysqlMarketDialect(pool.promise()),
    async acquire() {
      const connection = await connect(pool)
      return {
        link: linkOf(connection),
        release: (broken) => (broken ? connection.destroy() : connection.release()),
      }
    },
    end: () => new Promise((resolve, reject) => pool.end((failure) => (failure ? reject(failure) : resolve()))),
  }
}

function connect(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) =>
    pool.getConnection((failure, connection) => (failure ? reject(failure) : resolve(connection))),
  )
}

function linkOf(connection: PoolConnection): SqlLink {
  const held = {
    // Of this query alone: set on the connection it would confuse the binary protocol's parser.
    query: (sql: string, values: readonly unknown[], done?: (failure: unknown, result: MysqlQueryResult) => void) =>
      connection.query({ sql, values: [...values], typeCast: exactDoubles }, done as never),
    release: () => undefined,
  } as unknown as MysqlPoolConnection
  const pool = {
    getConnection: (done: (failure: unknown, connection: MysqlPoolConnection) => void) => done(null, held),
    end: (done: (failure: unknown) => void) => done(null),
  }
  return {
    dialect: 'mysql',
    db: new Kysely<SqlSchema>({ dialect: new MysqlDialect({ pool }) }),
    putBars: (key, bars) => putBars(connection, key, bars),
    loadBars: (key, period) => loadBars(connection, key, period),
  }
}

/** Prepared statements: exact doubles, and as fast as LOAD DATA, which MySQL 8 forbids unless it is asked. */
function execute(connection: PoolConnection, sql: string, values: (string | number | null)[]) {
  return new Promise<unknown[][]>((resolve, reject) =>
    connection.execute<RowDataPacket[][]>({ sql, values, rowsAsArray: true }, (failure, rows) =>
      failure ? reject(failure) : resolve(rows as unknown as unknown[][]),
    ),
  )
}

/** Largest statement: 11,264 of the 65,535 placeholders it may have. A power of two. */
const rowsPerStatement = 1_024
const placeholders = `(?,?${',?'.repeat(rowColumns.length)})`
const updates = rowColumns.slice(1).map((name) => `${name} = VALUES(${name})`)

/** Sizes are powers of two, so that a connection keeps eleven prepared statements and not one for every length. */
async function putBars(connection: PoolConnection, key: SeriesKey, bars: BarSeries): Promise<void> {
  let from = 0
  for (let size = rowsPerStatement; from < bars.length; size /= 2) {
    const sql = `INSERT INTO bars (instrument, bar_interval, ${rowColumns}) VALUES ${Array(size).fill(placeholders)}
      ON DUPLICATE KEY UPDATE ${updates}`
    for (; bars.length - from >= size; from += size) await execute(connection, sql, rowsOf(key, bars, from, size))
  }
}

function rowsOf(key: SeriesKey, bars: BarSeries, from: number, size: number): (string | number | null)[] {
  const values: (string | number | null)[] = []
  for (let row = from; row < from + size; row++) {
    values.push(key.instrument, key.interval, bars.time[row] as number, finite(bars.closeTime[row] as number))
    for (const name of valueColumns) values.push(finite(bars[name][row] as number))
    values.push(specialBits(bars, row))
  }
  return values
}

/** NaN and ∞ are NULL: what they were is in `special`. */
const finite = (value: number): number | null => (value - value === 0 ? value : null)

/** Rows of one answer: each becomes an array before it is a bar. */
const rowsPerPage = 65_536

async function loadBars(
  connection: PoolConnection,
  { instrument, interval }: SeriesKey,
  { first, last, count }: Parameters<SqlLink['loadBars']>[1],
): Promise<BarSeries> {
  const bars = createBarSeries(count)
  const sql = `SELECT ${rowColumns} FROM bars WHERE instrument = ? AND bar_interval = ? AND open_time BETWEEN ? AND ?
    ORDER BY open_time LIMIT ?`
  let at = 0
  for (let next = first; at < count; ) {
    const limit = Math.min(rowsPerPage, count - at)
    const page = await execute(connection, sql, [instrument, interval, next, last, String(limit)])
    for (const row of page) placeRow(bars, at++, row as (number | null)[])
    if (page.length < limit) break
    next = (bars.time[at - 1] as number) + 1
  }
  return sliceBars(bars, 0, at)
}

function placeRow(bars: BarSeries, at: number, row: readonly (number | null)[]): void {
  bars.time[at] = row[0] as number
  bars.closeTime[at] = row[1] ?? Number.NaN
  for (let index = 0; index < valueColumns.length; index++) {
    bars[valueColumns[index] as (typeof valueColumns)[number]][at] = row[index + 2] ?? Number.NaN
  }
  const special = row[8] as number
  if (special !== 0) restoreSpecial(bars, at, special)
}
