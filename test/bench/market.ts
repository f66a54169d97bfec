// Ticks to disk and back, and through InfluxDB. `market.ts [SECONDS]` prints one JSON line of rows.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import DatabaseFile from 'better-sqlite3'
import { createMarketColumns, type TickSeries, toMarketSeries } from '../../core/domain/market-columns.ts'
import { openInflux } from '../../core/node/influx/influx-stores.ts'
import { openStore, type StoreClient } from '../../core/node/store/store-client.ts'
import { startInflux } from '../helpers/servers.ts'
import type { Row } from './table.ts'

const million = 1_000_000
const instruments = 20
/** What a feed of 200,000 ticks/s brings in 50 ms, over all instruments. */
const batchTicks = 10_000
const perInstrument = batchTicks / instruments
const influxTicks = 100_000
const goalPerSecond = 200_000

/** Ticks `from` … of a market whose price walks on a grid of 0.01 and whose sizes and takers are chance. */
function makeTicks(instrument: number, from: number, length: number): TickSeries {
  const columns = createMarketColumns('tick', length)
  const [time, id, price, size, side] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let state = (instrument + 1) * 7_919 + from + 1
  const chance = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  let cents = 10_000 * (instrument + 1) + Math.round(500 * Math.sin(from / 100_000))
  for (let row = 0; row < length; row++) {
    const index = from + row
    time[row] = 1_700_000_000_000 + Math.floor((index * 1_000) / (goalPerSecond / instruments))
    id[row] = index
    cents += chance(3) - 1
    price[row] = cents / 100
    size[row] = 1 + chance(97)
    side[row] = chance(2) === 0 ? 1 : -1
  }
  return toMarketSeries('tick', columns)
}

const batchOf = (number: number) =>
  Array.from({ length: instruments }, (_, instrument) => ({
    kind: 'tick' as const,
    instrument: `I${instrument}`,
    rows: makeTicks(instrument, number * perInstrument, perInstrument),
  }))

async function secondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

/** Writes batches for so long, at most four under way; ticks written, seconds it took. */
async function ingest(store: StoreClient, seconds: number) {
  const start = performance.now()
  const underWay: Promise<unknown>[] = []
  let batches = 0
  for (; performance.now() - start < seconds * 1_000; batches++) {
    underWay.push(store.market.upsertAll(batchOf(batches), 'bench'))
    if (underWay.length >= 4) await underWay.shift()
  }
  await Promise.all(underWay)
  return { ticks: batches * batchTicks, seconds: (performance.now() - start) / 1_000 }
}

/** The plainest means: a row a tick, a prepared statement, a transaction a batch, the same durability. */
async function plainRows(
  folder: string,
): Promise<{ readonly write: number; readonly read: number; readonly bytes: number }> {
  const path = join(folder, 'plain.db')
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(
    'CREATE TABLE ticks (instrument TEXT, time REAL, id REAL, price REAL, size REAL, side REAL, PRIMARY KEY (instrument, time, id)) WITHOUT ROWID',
  )
  const insert = db.prepare('INSERT OR REPLACE INTO ticks VALUES (?, ?, ?, ?, ?, ?)')
  const writeBatch = db.transaction((batch: ReturnType<typeof batchOf>) => {
    for (const { instrument, rows } of batch) {
      for (let row = 0; row < rows.length; row++) {
        insert.run(instrument, rows.time[row], rows.id[row], rows.price[row], rows.size[row], rows.side[row])
      }
    }
  })
  const batches = Array.from({ length: million / batchTicks }, (_, number) => batchOf(number))
  const write = await secondsOf(() => {
    for (const batch of batches) writeBatch(batch)
  })
  const read = await secondsOf(() => {
    const rows = db.prepare('SELECT time, id, price, size, side FROM ticks ORDER BY instrument, time, id').raw().all()
    const columns = createMarketColumns('tick', rows.length)
    for (const [at, row] of (rows as number[][]).entries())
      for (const [index, column] of columns.entries()) column[at] = row[index] as number
  })
  db.close()
  return { write, read, bytes: statSync(path).size }
}

async function diskRows(seconds: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  const workerUrl = new URL('../../core/node/store/store-worker.ts', import.meta.url)
  const store = await openStore({ home: folder, workerUrl })
  try {
    await ingest(store, 1)
    for (let instrument = 0; instrument < instruments; instrument++)
      await store.market.delete('tick', `I${instrument}`, null)
    const { ticks, seconds: took } = await ingest(store, seconds)
    const perSecond = ticks / took
    const all = Array.from({ length: instruments }, (_, instrument) => `I${instrument}`)
    const share = Math.min(ticks / instruments, million / instruments)
    const reading = async () => {
      for (const instrument of all) await store.market.read('tick', instrument, null, null, share)
    }
    await reading()
    const read = await secondsOf(reading)
    const bytes = (await store.market.coverage()).reduce((sum, one) => sum + (one.bytes ?? 0), 0)
    const plain = await plainRows(folder)
    process.stderr.write(
      `ticks: ${Math.round(perSecond).toLocaleString('en')}/s to disk over ${took.toFixed(0)} s, ${(bytes / ticks).toFixed(1)} bytes a tick (rows: ${(plain.bytes / million).toFixed(1)})\n`,
    )
    return [
      {
        name: `10⁶ ticks to disk (${instruments} instruments, sustained ${took.toFixed(0)} s)`,
        seconds: million / perSecond,
        baseline: 'a row a tick',
        baselineSeconds: plain.write,
        goal: `≤ ${million / goalPerSecond} s (200,000/s)`,
      },
      { name: '10⁶ ticks read', seconds: read, baseline: 'rows', baselineSeconds: plain.read, goal: '' },
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** InfluxDB 1.6 of Debian beside plain HTTP with the same lines and the same question. */
async function influxRows(): Promise<Row[]> {
  const server = await startInflux()
  const base = `http://127.0.0.1:${server.port}`
  const ask = async (q: string) => {
    const response = await fetch(`${base}/query`, { method: 'POST', body: new URLSearchParams({ db: 'plain', q }) })
    return response.json()
  }
  try {
    const ticks = makeTicks(0, 0, influxTicks)
    const { market } = await openInflux(`influx://127.0.0.1:${server.port}/bench`, { now: () => Date.now() })
    await ask('CREATE DATABASE "plain"')
    const plainWrite = await secondsOf(async () => {
      for (let from = 0; from < influxTicks; from += 10_000) {
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
    const thousand = influxTicks.toLocaleString('en')
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

/** Rows of `ticks`: disk first, then InfluxDB where Debian's is installed. */
export async function benchMarket(seconds: number): Promise<Row[]> {
  const rows = await diskRows(seconds)
  try {
    return [...rows, ...(await influxRows())]
  } catch (failure) {
    process.stderr.write(`InfluxDB was not measured: ${String(failure)}\n`)
    return rows
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , seconds = '10'] = process.argv
  process.stdout.write(`${JSON.stringify(await benchMarket(Number(seconds)))}\n`)
}
