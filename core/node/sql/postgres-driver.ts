import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type BarSeries, sliceBars } from '../../domain/bar-series.ts'
import { createCopyReader, encodeCopy } from './bar-copy.ts'
import { postgresMarketDialect } from './market-postgres.ts'
import { rowColumns } from './special-values.ts'
import { connectTimeoutMs, poolSize, type SeriesKey, type SqlDriver, type SqlLink, type SqlLogin } from './sql-link.ts'
import type { SqlSchema } from './sql-schema.ts'

const int8 = 20
/** int8 and count(*) would come as texts; ours are whole numbers far below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Pool over PostgreSQL; opens nothing before it is asked. */
export function createPostgresDriver({ tls, password, ...login }: SqlLogin): SqlDriver {
  const pool = new pg.Pool({
    ...login,
    ...(password === null ? {} : { password }),
    ...(tls === 'require' ? { ssl: { rejectUnauthorized: true } } : {}),
    ...{ max: poolSize, connectionTimeoutMillis: connectTimeoutMs, keepAlive: true, types },
    application_name: 'tickwright',
  })
  // Without a listener a connection that dies while it is idle, or held, ends the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    dialect: 'postgres',
    market: postgresMarketDialect(pool),
    async acquire() {
      const client = await pool.connect()
      return { link: linkOf(client), release: (broken) => client.release(broken) }
    },
    end: () => pool.end(),
  }
}

function linkOf(client: pg.PoolClient): SqlLink {
  const held = { query: client.query.bind(client), release: () => undefined } as unknown as PostgresPoolClient
  const db = new Kysely<SqlSchema>({
    dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => undefined, options: {} } }),
  })
  return {
    dialect: 'postgres',
    db,
    putBars: (key, bars, replaced) => putBars(client, key, bars, replaced),
    loadBars: (key, period) => loadBars(client, key, period),
  }
}

/** Replaced rows go first, so that COPY writes straight into the table: no second copy of a million new bars. */
async function putBars(client: pg.PoolClient, key: SeriesKey, bars: BarSeries, replaced: Float64Array): Promise<void> {
  if (replaced.length > 0) {
    await client.query('DELETE FROM bars WHERE instrument = $1 AND bar_interval = $2 AND open_time = ANY($3::int8[])', [
      ...[key.instrument, key.interval],
      [...replaced],
    ])
  }
  const into = client.query(copyFrom(`COPY bars (instrument, bar_interval, ${rowColumns}) FROM STDIN (FORMAT binary)`))
  await pipeline(Readable.from(encodeCopy(key, bars), { objectMode: false }), into)
}

async function loadBars(client: pg.PoolClient, key: SeriesKey, period: Parameters<SqlLink['loadBars']>[1]) {
  const { first, last, count } = period
  const [instrument, interval] = [client.escapeLiteral(key.instrument), client.escapeLiteral(key.interval)]
  // COPY takes no parameters. One row more than expected shows that there are more.
  const query = `SELECT ${rowColumns} FROM bars WHERE instrument = ${instrument} AND bar_interval = ${interval}
    AND open_time BETWEEN ${first} AND ${last} ORDER BY open_time LIMIT ${count}`
  const reader = createCopyReader(count)
  for await (const piece of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`)))
    reader.add(piece as Buffer)
  return sliceBars(reader.bars, 0, reader.rows())
}
