// Bars into MariaDB and PostgreSQL and out again, beside the drivers' own fastest ways. Prints one JSON line of rows.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { minuteBars } from '../core/stores/builders.ts'
import { type TestServer, traderPassword } from '../helpers/servers.ts'
import { openAsTrader, type SqlKind, sqlKinds } from '../helpers/sql-servers.ts'
import type { Row } from './table.ts'

const count = 300_000
const rounds = 3

/** A driver by itself, on a table like ours. */
interface Plain {
  /** Each empties the table first; the fastest counts. */
  readonly writes: readonly (() => Promise<void>)[]
  read(): Promise<void>
  close(): Promise<void>
}

const columns = (double: string) =>
  `(instrument VARCHAR(160) NOT NULL, bar_interval VARCHAR(160) NOT NULL, open_time BIGINT NOT NULL, close_time BIGINT,
   open ${double}, high ${double}, low ${double}, close ${double}, volume ${double}, open_interest ${double},
   special INTEGER NOT NULL, PRIMARY KEY (instrument, bar_interval, open_time))`

function* lines(bars: BarSeries, head: string): Generator<Buffer> {
  for (let from = 0; from < bars.length; from += 4_096) {
    let text = ''
    for (let row = from; row < Math.min(bars.length, from + 4_096); row++) {
      const prices = `${bars.open[row]}\t${bars.high[row]}\t${bars.low[row]}\t${bars.close[row]}\t${bars.volume[row]}`
      text += `${head}${bars.time[row]}\t${bars.closeTime[row]}\t${prices}\t\\N\t0\n`
    }
    yield Buffer.from(text)
  }
}

async function plainMariadb({ port }: TestServer, bars: BarSeries): Promise<Plain> {
  const login = { host: '127.0.0.1', port, user: 'trader', password: traderPassword, database: 'tickwright' }
  const connection = await createConnection(login)
  await connection.query(`CREATE TABLE plain ${columns('DOUBLE')} ENGINE = InnoDB`)
  const load = async () => {
    await connection.query('TRUNCATE plain')
    await connection.query({
      sql: "LOAD DATA LOCAL INFILE 'bars' INTO TABLE plain",
      infileStreamFactory: () => Readable.from(lines(bars, 'SPX\t1m\t'), { objectMode: false }),
    })
  }
  const insert = async () => {
    await connection.query('TRUNCATE plain')
    await connection.beginTransaction()
    for (let from = 0; from < bars.length; from += 2_500) {
      const rows: (string | number | null)[][] = []
      for (let row = from; row < Math.min(bars.length, from + 2_500); row++) {
        const prices = [bars.open[row], bars.high[row], bars.low[row], bars.close[row], bars.volume[row]] as number[]
        rows.push(['SPX', '1m', bars.time[row] as number, bars.closeTime[row] as number, ...prices, null, 0])
      }
      await connection.query('INSERT INTO plain VALUES ?', [rows])
    }
    await connection.commit()
  }
  return {
    writes: [load, insert],
    async read() {
      const sql =
        'SELECT open_time, close_time, open, high, low, close, volume, open_interest, special FROM plain ORDER BY open_time'
      await connection.execute({ sql, rowsAsArray: true })
    },
    close: () => connection.end(),
  }
}

async function plainPostgres({ port }: TestServer, bars: BarSeries): Promise<Plain> {
  const login = { host: '127.0.0.1', port, user: 'trader', password: traderPassword, database: 'tickwright' }
  const client = new pg.Client(login)
  await client.connect()
  await client.query(`CREATE TABLE plain ${columns('DOUBLE PRECISION')}`)
  const copy = async () => {
    await client.query('TRUNCATE plain')
    await pipeline(
      Readable.from(lines(bars, 'SPX\t1m\t'), { objectMode: false }),
      client.query(copyFrom('COPY plain FROM STDIN')),
    )
  }
  const text =
    'SELECT open_time, close_time, open, high, low, close, volume, open_interest, special FROM plain ORDER BY open_time'
  return {
    writes: [copy],
    read: async () => void (await client.query({ text, rowMode: 'array' })),
    close: () => client.end(),
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

async function benchKind(kind: SqlKind): Promise<Row[]> {
  const server = await kind.start()
  const stores = await openAsTrader(kind, server)
  const bars = minuteBars(1_600_000_020_000, count)
  const plain = await (kind.kind === 'mysql' ? plainMariadb : plainPostgres)(server, bars)
  const best = { write: Infinity, read: Infinity, plainWrite: Infinity, plainRead: Infinity }
  try {
    // By turns, so that what else the machine does meets both.
    for (let round = 0; round < rounds; round++) {
      for (const write of plain.writes) best.plainWrite = Math.min(best.plainWrite, await secondsOf(write))
      await stores.bars.delete('SPX', null)
      best.write = Math.min(best.write, await secondsOf(() => stores.bars.upsert('SPX', '1m', bars, 'bench')))
      best.plainRead = Math.min(best.plainRead, await secondsOf(() => plain.read()))
      best.read = Math.min(best.read, await secondsOf(() => stores.bars.read('SPX', '1m', null, null)))
    }
  } finally {
    await plain.close()
    await stores.close()
    await server.close()
  }
  const goal = '≤ 1.3× the driver'
  const name = `${count.toLocaleString('en')} bars`
  return [
    {
      name: `${kind.name}: ${name} written`,
      seconds: best.write,
      baseline: 'driver',
      baselineSeconds: best.plainWrite,
      goal,
    },
    {
      name: `${kind.name}: ${name} read`,
      seconds: best.read,
      baseline: 'driver',
      baselineSeconds: best.plainRead,
      goal,
    },
  ]
}

const rows: Row[] = []
for (const kind of sqlKinds) rows.push(...(await benchKind(kind)))
process.stdout.write(`${JSON.stringify(rows)}\n`)
