// Ticks to disk and back, and through InfluxDB. `market.ts [SECONDS]` prints one JSON line of rows.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { createMarketColumns } from '../../core/domain/market-columns.ts'
import { openStore, type StoreClient } from '../../core/node/store/store-client.ts'
import { goalPerSecond, instruments, makeTicks, secondsOf } from './make-market.ts'
import { benchServers } from './market-servers.ts'
import type { Row } from './table.ts'

const million = 1_000_000
/** What a feed of 200,000 ticks/s brings in 50 ms, over all instruments. */
const batchTicks = 10_000
const perInstrument = batchTicks / instruments

const batchOf = (number: number) =>
  Array.from({ length: instruments }, (_, instrument) => ({
    kind: 'tick' as const,
    instrument: `I${instrument}`,
    rows: makeTicks(instrument, number * perInstrument, perInstrument),
  }))

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

/** Rows of `ticks`: disk first, then servers. */
export async function benchMarket(seconds: number): Promise<Row[]> {
  return [...(await diskRows(seconds)), ...(await benchServers())]
}

if (process.argv[1] === import.meta.filename) {
  const [, , seconds = '10'] = process.argv
  process.stdout.write(`${JSON.stringify(await benchMarket(Number(seconds)))}\n`)
}
