// Bars into SQLite and out of it, beside a row a bar of plain SQL. `bars.ts [COUNT …]` prints one JSON line of rows.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { type BarSeries, barColumnNames, createBarSeries, sliceBars } from '../../core/domain/bar-series.ts'
import { openStore } from '../../core/node/store/store-client.ts'
import { makeBars } from './make-bars.ts'
import { secondsOf } from './make-market.ts'
import type { Row } from './table.ts'

interface Figures {
  readonly write: number
  readonly read: number
  readonly bytes: number
}

/** Bars of one write: what an import hands over at once. */
const atOnce = 1_000_000

async function ours(folder: string, bars: BarSeries): Promise<Figures> {
  const workerUrl = new URL('../../core/node/store/store-worker.ts', import.meta.url)
  const store = await openStore({ home: folder, workerUrl })
  try {
    const write = await secondsOf(async () => {
      for (let from = 0; from < bars.length; from += atOnce)
        await store.bars.upsert('SPX', '1m', sliceBars(bars, from, Math.min(bars.length, from + atOnce)), 'bench')
    })
    const read = await fastest(() => store.bars.read('SPX', '1m', null, null))
    const bytes = statSync(join(folder, 'bars.db')).size + statSync(join(folder, 'bars.db-wal')).size
    return { write, read, bytes }
  } finally {
    await store.close()
  }
}

/** The plainest means: one prepared statement, one transaction a million, the same durability; and back into columns. */
async function plainRows(folder: string, bars: BarSeries): Promise<Figures> {
  const path = join(folder, 'plain.db')
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  const names = barColumnNames.map((name) => `"${name}" REAL`).join(', ')
  db.exec(
    `CREATE TABLE bars (instrument TEXT, interval TEXT, ${names}, PRIMARY KEY (instrument, interval, "time")) WITHOUT ROWID`,
  )
  const insert = db.prepare(
    `INSERT OR REPLACE INTO bars VALUES (${Array(barColumnNames.length + 2)
      .fill('?')
      .join(', ')})`,
  )
  const columns = barColumnNames.map((name) => bars[name])
  const writePart = db.transaction((from: number, to: number) => {
    for (let row = from; row < to; row++)
      insert.run('SPX', '1m', ...columns.map((column) => nullable(column[row] as number)))
  })
  const write = await secondsOf(() => {
    for (let from = 0; from < bars.length; from += atOnce) writePart(from, Math.min(bars.length, from + atOnce))
  })
  const read = await fastest(() => {
    const select = barColumnNames.map((name) => `"${name}"`).join(', ')
    const found = createBarSeries(bars.length)
    const into = barColumnNames.map((name) => found[name])
    let at = 0
    const rows = db.prepare(`SELECT ${select} FROM bars WHERE instrument = ? AND interval = ? ORDER BY "time"`).raw()
    for (const row of rows.iterate('SPX', '1m') as IterableIterator<(number | null)[]>) {
      for (let column = 0; column < into.length; column++)
        (into[column] as Float64Array)[at] = row[column] ?? Number.NaN
      at++
    }
  })
  db.pragma('wal_checkpoint(TRUNCATE)')
  const bytes = statSync(path).size
  db.close()
  return { write, read, bytes }
}

/** Of three: what is measured is the store, not a compiler that warms up. */
async function fastest(work: () => Promise<unknown> | unknown): Promise<number> {
  const times = [await secondsOf(work), await secondsOf(work), await secondsOf(work)]
  return Math.min(...times)
}

const nullable = (value: number) => (Number.isNaN(value) ? null : value)

/** Prices on a tick of 0.01 and whole volumes, as markets have them. */
function onGrid(bars: BarSeries): BarSeries {
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    const column = bars[name]
    for (let row = 0; row < column.length; row++) column[row] = Math.round((column[row] as number) * 100) / 100
  }
  for (let row = 0; row < bars.length; row++) bars.volume[row] = Math.round(bars.volume[row] as number)
  return bars
}

async function compare(count: number): Promise<Row[]> {
  const bars = onGrid(makeBars(count, 1))
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  try {
    const [own, plain] = [await ours(folder, bars), await plainRows(folder, bars)]
    const baseline = 'a row a bar'
    const name = `${count.toLocaleString('en')} bars`
    process.stderr.write(
      `${name}: ${(own.bytes / count).toFixed(1)} bytes a bar, rows ${(plain.bytes / count).toFixed(1)}: ${(own.bytes / plain.bytes).toFixed(2)} of it (goal ≤ 0.33)\n`,
    )
    return [
      { name: `SQLite: ${name} written`, seconds: own.write, baseline, baselineSeconds: plain.write, goal: '≤ 0.33×' },
      { name: `SQLite: ${name} read`, seconds: own.read, baseline, baselineSeconds: plain.read, goal: '≤ 0.17×' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const counts = process.argv.slice(2).map(Number)
const rows: Row[] = []
for (const count of counts.length > 0 ? counts : [1_000_000, 10_000_000]) rows.push(...(await compare(count)))
process.stdout.write(`${JSON.stringify(rows)}\n`)
