import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import type { Clock } from '../../lib/clock.ts'
import { lowerBound } from '../../lib/columns.ts'
import { blockBars, blockColumns, blockCount, bytesOf, createBlockScratch, packBlock } from '../../stores/bar-blocks.ts'
import type { BarStore, UpsertResult } from '../../stores/bar-store.ts'
import { assertAscending, barsToWrite, mergeBars } from '../../stores/merge-bars.ts'
import { type BlockRow, contentHash } from '../store/bar-rows.ts'
import { sha256 } from '../store/packed-columns.ts'
import { corruption } from '../store/sqlite-errors.ts'
import { assertWholeTimes } from './special-values.ts'
import type { SeriesKey, SqlLink } from './sql-link.ts'
import type { SeriesTable } from './sql-schema.ts'
import type { SqlServer } from './sql-server.ts'
import { putIfMissing } from './sql-statements.ts'
import { placeOf } from './store-address.ts'

interface BarTables {
  readonly link: SqlLink
  readonly key: SeriesKey
  readonly server: SqlServer
}

/**
 * Bars as rows of a server, proven by the hash of every 4096: a read checks the blocks it touches, so that a row which
 * another program changed is `store.corrupt` and never a wrong price. Hashes equal those of every other kind of store.
 */
export function createSqlBarStore(server: SqlServer, clock: Clock): BarStore {
  return {
    async upsert(instrument, interval, bars, source) {
      assertAscending(bars)
      assertWholeTimes(bars)
      const key = { instrument, interval }
      return server.write((link) => upsertBars({ link, key, server }, bars, { source, now: () => clock.now() }))
    },
    read: (instrument, interval, from, to) =>
      server.read((link) =>
        readBars({ link, key: { instrument, interval }, server }, from ?? -Infinity, to ?? Infinity),
      ),
    coverage: () =>
      server.use(async ({ db }) => {
        const rows = await db.selectFrom('series').selectAll().orderBy('instrument').orderBy('bar_interval').execute()
        return rows.map(coverageOf)
      }),
    delete: (instrument, interval) => server.write((link) => deleteBars(link, instrument, interval)),
  }
}

const coverageOf = ({ bar_interval, first_time, end_time, updated_at, ...row }: SeriesTable) => ({
  ...row,
  interval: bar_interval,
  from: first_time,
  to: end_time ?? Number.NaN,
  updatedAt: updated_at,
})

/** The series first: its row is the lock. */
async function deleteBars({ db }: SqlLink, instrument: string, interval: string | null): Promise<boolean> {
  const remove = async (table: 'series' | 'bars') => {
    const all = db.deleteFrom(table).where('instrument', '=', instrument)
    const { numDeletedRows } = await (interval === null
      ? all
      : all.where('bar_interval', '=', interval)
    ).executeTakeFirst()
    return numDeletedRows > 0n
  }
  const wasStored = await remove('series')
  await remove('bars')
  return wasStored
}

function blocksOf({ link, key }: BarTables): Promise<BlockRow[]> {
  return link.db
    .selectFrom('bar_blocks')
    .select(['block', 'bars', 'first_time', 'last_time', 'hash'])
    .where('instrument', '=', key.instrument)
    .where('bar_interval', '=', key.interval)
    .orderBy('block')
    .execute()
}

async function readBars(tables: BarTables, from: number, to: number): Promise<BarSeries> {
  const blocks = await blocksOf(tables)
  const bars = await loadBlocks(
    tables,
    blocks.filter((block) => block.last_time >= from && block.first_time < to),
  )
  const first = lowerBound(bars.time, from)
  return sliceBars(bars, first, Math.max(first, lowerBound(bars.time, to)))
}

/** The bars of consecutive blocks, each proven by its hash. */
async function loadBlocks(tables: BarTables, blocks: readonly BlockRow[]): Promise<BarSeries> {
  const [head, end] = [blocks[0], blocks.at(-1)]
  if (head === undefined || end === undefined) return createBarSeries(0)
  const expected = blocks.reduce((sum, block) => sum + block.bars, 0)
  // One more than expected shows a row that nobody proved.
  const period = { first: head.first_time, last: end.last_time, count: expected + 1 }
  const bars = await tables.link.loadBars(tables.key, period)
  const scratch = createBlockScratch()
  for (const [index, block] of blocks.entries()) {
    const held = Math.min(blockBars, bars.length - index * blockBars)
    const isSound = held === block.bars && sha256(bytesOf(packBlock(bars, index, scratch))) === block.hash
    if (!isSound) throw damaged(tables, block)
  }
  if (bars.length !== expected) throw damaged(tables, end)
  return bars
}

function damaged({ key, server }: BarTables, { first_time, last_time }: BlockRow) {
  const period = `${new Date(first_time).toISOString()}…${new Date(last_time).toISOString()}`
  const place = { file: `${placeOf(server.address)} bars`, ...key }
  return corruption(place, `${key.instrument} ${key.interval} ${period}`, {
    ...{ from: first_time, to: last_time, next: 'reimport' },
  })
}

interface Change {
  readonly source: string
  now(): number
}

async function upsertBars(tables: BarTables, incoming: BarSeries, change: Change): Promise<UpsertResult> {
  const { link, key } = tables
  const before = incoming.length === 0 ? null : await lockSeries(tables)
  if (before === null) {
    const known = await seriesHashOf(tables)
    return { added: 0, changed: 0, unchanged: 0, hash: known ?? contentHash([]) }
  }
  const blocks = await blocksOf(tables)
  const start = incoming.time[0] as number
  const index = blocks.findIndex((block) => block.last_time >= start || block.bars < blockBars)
  const first = index < 0 ? blocks.length : index
  const tail = await loadBlocks(tables, blocks.slice(first))
  const { bars, ...counts } = mergeBars(tail, incoming)
  if (counts.added + counts.changed === 0) return { ...counts, hash: before.hash }
  const { written, replaced } = barsToWrite(tail, incoming)
  await link.putBars(key, written, replaced)
  const after = [...blocks.slice(0, first), ...blockRows(bars, first)]
  await putBlocks(tables, blocks, after.slice(first))
  const hash = contentHash(after)
  const row = {
    ...{ bars: first * blockBars + bars.length, first_time: (after[0] as BlockRow).first_time, hash },
    end_time: nullable(bars.closeTime[bars.length - 1] as number),
    ...{ source: change.source, updated_at: change.now() },
  }
  await link.db
    .updateTable('series')
    .set(row)
    .where('instrument', '=', key.instrument)
    .where('bar_interval', '=', key.interval)
    .execute()
  return { ...counts, hash }
}

const nullable = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** The series' row, made when it is missing and held until the end: whoever else writes the series waits. */
async function lockSeries({ link, key }: BarTables): Promise<{ readonly hash: string }> {
  const name = { instrument: key.instrument, bar_interval: key.interval }
  const empty = { bars: 0, first_time: 0, end_time: 0, hash: contentHash([]), source: '', updated_at: 0 }
  await putIfMissing(link, 'series', ['instrument', 'bar_interval'], { ...name, ...empty })
  return link.db
    .selectFrom('series')
    .select('hash')
    .where('instrument', '=', key.instrument)
    .where('bar_interval', '=', key.interval)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function seriesHashOf({ link, key }: BarTables): Promise<string | undefined> {
  const row = await link.db
    .selectFrom('series')
    .select('hash')
    .where('instrument', '=', key.instrument)
    .where('bar_interval', '=', key.interval)
    .executeTakeFirst()
  return row?.hash
}

/** The blocks that `bars` are, the first being number `first`. */
function blockRows(bars: BarSeries, first: number): BlockRow[] {
  const scratch = createBlockScratch()
  return Array.from({ length: blockCount(bars.length) }, (_, index) => {
    const values = packBlock(bars, index, scratch)
    const held = values.length / blockColumns
    const times = { first_time: values[0] as number, last_time: values[held - 1] as number }
    return { block: first + index, bars: held, ...times, hash: sha256(bytesOf(values)) }
  })
}

const blocksAtOnce = 500

/** Replaces the rows of the blocks that changed. */
async function putBlocks({ link, key }: BarTables, before: readonly BlockRow[], after: readonly BlockRow[]) {
  const changed = after.filter(({ block, hash }) => before[block]?.hash !== hash)
  const name = { instrument: key.instrument, bar_interval: key.interval }
  for (let from = 0; from < changed.length; from += blocksAtOnce) {
    const part = changed.slice(from, from + blocksAtOnce)
    const numbers = part.map(({ block }) => block)
    await link.db
      .deleteFrom('bar_blocks')
      .where('instrument', '=', key.instrument)
      .where('bar_interval', '=', key.interval)
      .where('block', 'in', numbers)
      .execute()
    await link.db
      .insertInto('bar_blocks')
      .values(part.map((row) => ({ ...name, ...row })))
      .execute()
  }
}
