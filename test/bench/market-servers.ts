import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { TickSeries } from '../../core/domain/market-columns.ts'
import { openInflux } from '../../core/node/influx/influx-stores.ts'
import type { MarketDialect } from '../../core/node/sql/market-dialect.ts'
import { mysqlMarketDialect } from '../../core/node/sql/market-mysql.ts'
import { postgresMarketDialect } from '../../core/node/sql/market-postgres.ts'
import { copyRows } from '../../core/node/sql/postgres-copy.ts'
import { createSqlMarketStore } from '../../core/node/sql/sql-market-store.ts'
import { sha256 } from '../../core/node/store/packed-columns.ts'
import { startInflux, startMariadb, startPostgres, type TestServer } from '../helpers/servers.ts'
import { makeTicks, secondsOf } from './make-market.ts'
import type { Row } from './table.ts'

/** Ticks through a server. */
const serverTicks = 100_000

/** InfluxDB 1.6 of Debian beside plain HTTP with the same lines and the same question. */
async function influxRows(): Promise<Row[]> {
  const server = await startInflux()
  const base = `http://127.0.0.1:${server.port}`
  const ask = async (q: string) => {
    const response = await fetch(`${base}/query`, { method: 'POST', body: new URLSearchParams({ db: 'plain', q }) })
    return response.json()
  }
  try {
    const ticks = makeTicks(0, 0, serverTicks)
    const { market } = await openInflux(`influx://127.0.0.1:${server.port}/bench`, { now: () => Date.now() })
    await ask('CREATE DATABASE "plain"')
    const plainWrite = await secondsOf(async () => {
      for (let from = 0; from < serverTicks; from += 10_000) {
        const lines = Array.from({ length: 10_000 }, (_, at) => {
          const row = from + at
          const [time, id, price] = [ticks.time[row], ticks.id[row], ticks.price[row]]
          return `tick,instrument=I0 t=${time},id=${id},price=${price},size=${ticks.size[row]},side=${ticks.side[row]} ${time}${String(row % 20).padStart(6, '0')}`
        })
        const body = gzipSync(lines.join('\n'), { level: 1 })
        await fetch(`${base}/write?db=plain&precision=ns`, {
          method: 'POST',
          body,
          headers: { 'content-encoding': 'gzip' },
        })
      }
    })
    const write = await secondsOf(() => market.upsert('tick', 'I0', ticks, 'bench'))
    const again = await secondsOf(() => market.upsert('tick', 'I0', ticks, 'bench'))
    const plainRead = await secondsOf(() => ask('SELECT "t", "id", "price", "size", "side" FROM "tick"'))
    const read = await secondsOf(() => market.read('tick', 'I0', null, null))
    const thousand = serverTicks.toLocaleString('en')
    const plain = { baseline: 'plain HTTP', goal: '' }
    return [
      { name: `${thousand} ticks to InfluxDB 1.6`, seconds: write, baselineSeconds: plainWrite, ...plain },
      { name: `${thousand} ticks from InfluxDB 1.6`, seconds: read, baselineSeconds: plainRead, ...plain },
      { name: `${thousand} ticks written again`, seconds: again, baseline: '', baselineSeconds: Number.NaN, goal: '' },
    ]
  } finally {
    await server.close()
  }
}

interface SqlServer {
  readonly name: string
  readonly dialect: MarketDialect
  /** The driver's best: the same columns made into its bulk format and sent into the same table, nothing read or counted. */
  plainWrite(series: number, ticks: TickSeries): Promise<number>
  /** Its best way out: all rows as it gives them. */
  plainRead(): Promise<number>
  run(statement: string): Promise<unknown>
  close(): Promise<void>
}

async function openMariadb(server: TestServer): Promise<SqlServer> {
  const pool = createPool({ host: '127.0.0.1', port: server.port, user: 'root', database: 'test' })
  return {
    name: 'MariaDB',
    dialect: mysqlMarketDialect(pool),
    run: (statement) => pool.query(statement),
    plainWrite: (series, ticks) =>
      secondsOf(async () => {
        const lines = Array.from(ticks.time, (time, row) => {
          return `${time}\t${ticks.id[row]}\t${ticks.price[row]}\t${ticks.size[row]}\t${ticks.side[row]}\n`
        })
        const text = Buffer.from(lines.join(''))
        const sql = `LOAD DATA LOCAL INFILE 'x' INTO TABLE market_tick (time, id, price, size, side) SET series = ${series}`
        await pool.query({ sql, infileStreamFactory: () => Readable.from([text], { objectMode: false }) })
      }),
    plainRead: () =>
      secondsOf(() =>
        pool.execute({
          sql: 'SELECT time, id, price, size, side FROM market_tick ORDER BY series, time, id',
          rowsAsArray: true,
        }),
      ),
    async close() {
      await pool.end()
      await server.close()
    },
  }
}

async function openPostgres(server: TestServer): Promise<SqlServer> {
  const pool = new pg.Pool({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' })
  pool.on('error', () => undefined)
  return {
    name: 'PostgreSQL',
    dialect: postgresMarketDialect(pool),
    run: (statement) => pool.query(statement),
    plainWrite: (series, ticks) =>
      secondsOf(async () => {
        const columns = [ticks.time, ticks.id, ticks.price, ticks.size, ticks.side]
        const client = await pool.connect()
        const into = copyFrom('COPY market_tick (series, time, id, price, size, side) FROM STDIN (FORMAT binary)')
        await pipeline(Readable.from(copyRows(series, columns)), client.query(into))
        client.release()
      }),
    plainRead: () =>
      secondsOf(() =>
        pool.query({
          text: 'SELECT time, id, price, size, side FROM market_tick ORDER BY series, time, id',
          rowMode: 'array',
        }),
      ),
    async close() {
      await pool.end()
      await server.close()
    },
  }
}

/** A server beside its driver's own best: bulk in with nothing read or counted, rows out. */
async function sqlRows(opened: SqlServer): Promise<Row[]> {
  const { name, dialect } = opened
  try {
    for (const statement of dialect.schema) await opened.run(statement)
    const store = createSqlMarketStore({ dialect, clock: { now: () => Date.now() }, sha256 })
    const ticks = makeTicks(0, 0, serverTicks)
    await store.upsert('tick', 'WARM', makeTicks(1, 0, 10_000), 'bench')
    await store.delete('tick', 'WARM', null)
    const plainWrite = await opened.plainWrite(-1, ticks)
    await opened.run('DELETE FROM market_tick')
    const write = await secondsOf(() => store.upsert('tick', 'I0', ticks, 'bench'))
    const plainRead = await opened.plainRead()
    const read = await secondsOf(() => store.read('tick', 'I0', null, null))
    const thousand = serverTicks.toLocaleString('en')
    const goal = '≤ 1.3×'
    return [
      {
        name: `${thousand} ticks to ${name}`,
        seconds: write,
        baseline: 'the driver',
        baselineSeconds: plainWrite,
        goal,
      },
      {
        name: `${thousand} ticks from ${name}`,
        seconds: read,
        baseline: 'the driver',
        baselineSeconds: plainRead,
        goal: '',
      },
    ]
  } finally {
    await opened.close()
  }
}

/** Ticks through the servers that Debian installed here; one that is missing is said on stderr. */
export async function benchServers(): Promise<Row[]> {
  const rows: Row[] = []
  const servers: Record<string, () => Promise<Row[]>> = {
    InfluxDB: influxRows,
    MariaDB: async () => sqlRows(await openMariadb(await startMariadb())),
    PostgreSQL: async () => sqlRows(await openPostgres(await startPostgres())),
  }
  for (const [name, measure] of Object.entries(servers)) {
    try {
      rows.push(...(await measure()))
    } catch (failure) {
      process.stderr.write(`${name} was not measured: ${String(failure)}\n`)
    }
  }
  return rows
}
