import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import {
  type MarketDialect,
  type MarketTableQuery,
  type MarketTransaction,
  marketTables,
  rowTables,
  type SqlRow,
} from './market-dialect.ts'
import { withRetries } from './market-failure.ts'
import { CopyReader, copyRows } from './postgres-copy.ts'

/** PostgreSQL through pg's pool; rows go in and out by COPY in its binary form: exact, and several times faster than text. */
export function postgresMarketDialect(pool: Pool): MarketDialect {
  return {
    schema: [
      `CREATE TABLE IF NOT EXISTS market_series (number INTEGER PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
       instrument TEXT NOT NULL, kind TEXT NOT NULL, rows_kept BIGINT NOT NULL DEFAULT 0,
       first_time DOUBLE PRECISION, last_time DOUBLE PRECISION, last_key DOUBLE PRECISION, source TEXT,
       updated_at DOUBLE PRECISION, UNIQUE (instrument, kind))`,
      ...rowTables('DOUBLE PRECISION', ''),
    ],
    addSeries: 'INSERT INTO market_series (instrument, kind) VALUES (?, ?) ON CONFLICT DO NOTHING',
    transaction: (work) => withRetries(() => inTransaction(pool, work)),
  }
}

async function inTransaction<Value>(
  pool: Pool,
  work: (transaction: MarketTransaction) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('BEGIN')
    const value = await work(transactionOf(client))
    await client.query('COMMIT')
    return value
  } catch (failure) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true
    })
    throw failure
  } finally {
    client.release(isBroken)
  }
}

function transactionOf(client: PoolClient): MarketTransaction {
  return {
    async run(statement, values = []) {
      let number = 0
      const text = statement.replaceAll('?', () => `$${++number}`)
      const { rows } = await client.query({ text, values: [...values], rowMode: 'array' })
      return rows as unknown as SqlRow[]
    },
    async load(query) {
      const reader = new CopyReader(marketTables[query.kind].columns.length)
      for await (const piece of client.query(copyTo(`COPY (${selection(query)}) TO STDOUT (FORMAT binary)`))) {
        reader.push(piece as Buffer)
      }
      return reader.columns()
    },
    async add({ kind, series }, columns) {
      const { table, columns: names } = marketTables[kind]
      const into = copyFrom(`COPY ${table} (series, ${names.join(', ')}) FROM STDIN (FORMAT binary)`)
      await pipeline(Readable.from(copyRows(series, columns)), client.query(into))
    },
  }
}

/** COPY takes no parameters: the values are numbers, which JavaScript writes so that they read back exactly. */
function selection({ kind, series, from, to, limit }: MarketTableQuery): string {
  const { table, columns, key } = marketTables[kind]
  const period = [
    `series = ${series}`,
    ...(from === null ? [] : [`time >= '${from}'::float8`]),
    ...(to === null ? [] : [`time < '${to}'::float8`]),
  ]
  const most = limit > 0 ? ` LIMIT ${limit}` : ''
  return `SELECT ${columns.join(', ')} FROM ${table} WHERE ${period.join(' AND ')} ORDER BY ${key.join(', ')}${most}`
}
