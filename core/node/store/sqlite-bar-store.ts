import type { Database } from 'better-sqlite3'
import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import { lowerBound } from '../../lib/columns.ts'
import {
  blockBars,
  blockColumns,
  blockCount,
  bytesOf,
  createBlockScratch,
  packBlock,
  unpackBlock,
} from '../../stores/bar-blocks.ts'
import type { BarStore, Coverage, UpsertResult } from '../../stores/bar-store.ts'
import { assertAscending, mergeBars } from '../../stores/merge-bars.ts'
import {
  type BarStatements,
  type BlockRow,
  contentHash,
  indexHash,
  prepareBars,
  type SeriesKey,
  type SeriesRow,
  soundBlocks,
} from './bar-rows.ts'
import { packColumns, sha256, unpackColumns } from './packed-columns.ts'
import { atPlace, damagedPeriod, toStoreError } from './sqlite-errors.ts'

interface BarFile {
  readonly db: Database
  readonly sql: BarStatements
  readonly clock: Clock
  /** One block's columns, reused: a write or a load of a million bars touches it 245 times. */
  readonly scratch: Float64Array<ArrayBuffer>
}

/** Bars as compressed column blocks in `bars.db`. Every method is one transaction. */
export function createSqliteBarStore(db: Database, clock: Clock): BarStore {
  const file: BarFile = { db, clock, sql: prepareBars(db), scratch: createBlockScratch() }
  const upsert = db.transaction((key: SeriesKey, bars: BarSeries, source: string) =>
    upsertBars(file, key, bars, source),
  )
  const read = db.transaction((key: SeriesKey, from: number, to: number) => readBars(file, key, from, to))
  return {
    async upsert(instrument, interval, bars, source) {
      assertAscending(bars)
      const key = { instrument, interval }
      return atPlace({ file: db.name, ...key }, () => upsert.immediate(key, bars, source))
    },
    async read(instrument, interval, from, to) {
      const key = { instrument, interval }
      const [start, end] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY]
      return atPlace({ file: db.name, ...key }, () => read(key, start, end))
    },
    async coverage() {
      return atPlace({ file: db.name }, () => file.sql.coverage.all() as Coverage[])
    },
    async delete(instrument, interval) {
      return atPlace({ file: db.name, instrument }, () => file.sql.remove.run({ instrument, interval }).changes > 0)
    },
  }
}

function readBars(file: BarFile, key: SeriesKey, from: number, to: number): BarSeries {
  const series = file.sql.series.get(key.instrument, key.interval)
  if (series === undefined) return createBarSeries(0)
  const blocks = soundBlocks(file.db, file.sql, key, series)
  const touched = blocks.filter((block) => block.last_time >= from && block.first_time < to)
  const bars = loadBlocks(file, key, series, touched)
  const first = lowerBound(bars.time, from)
  return sliceBars(bars, first, Math.max(first, lowerBound(bars.time, to)))
}

function upsertBars(file: BarFile, key: SeriesKey, incoming: BarSeries, source: string): UpsertResult {
  const series = file.sql.series.get(key.instrument, key.interval)
  const before = series === undefined ? [] : soundBlocks(file.db, file.sql, key, series)
  const first = firstAffected(before, incoming)
  const tail = series === undefined ? createBarSeries(0) : loadBlocks(file, key, series, before.slice(first))
  const { bars, added, changed, unchanged } = mergeBars(tail, incoming)
  if (added + changed === 0) return { added, changed, unchanged, hash: series?.hash ?? contentHash([]) }
  const number = series?.number ?? Number(file.sql.addSeries.run(key.instrument, key.interval).lastInsertRowid)
  const blocks = before.slice(0, first)
  for (let index = 0; index < blockCount(bars.length); index++) {
    const packed = packBlock(bars, index, file.scratch)
    blocks.push(writeBlock(file, number, packed, { block: first + index, hash: before[first + index]?.hash }))
  }
  const hash = contentHash(blocks)
  const row = {
    bars: first * blockBars + bars.length,
    first_time: (blocks[0] as BlockRow).first_time,
    end_time: bars.closeTime[bars.length - 1] as number,
    hash,
  }
  const updatedAt = file.clock.now()
  file.sql.updateSeries.run({ ...row, number, index_hash: indexHash(row, blocks), source, updatedAt })
  return { added, changed, unchanged, hash }
}

/** Blocks before this one end before the first incoming bar and stay as they are; a block with room takes an append. */
function firstAffected(blocks: readonly BlockRow[], incoming: BarSeries): number {
  if (incoming.length === 0) return blocks.length
  const start = incoming.time[0] as number
  const index = blocks.findIndex((block) => block.last_time >= start || block.bars < blockBars)
  return index < 0 ? blocks.length : index
}

/** Writes a packed block under its number unless the same bars (by hash) are there already. */
function writeBlock(
  file: BarFile,
  series: number,
  packed: Float64Array<ArrayBuffer>,
  before: { readonly block: number; readonly hash: string | undefined },
): BlockRow {
  const bars = packed.length / blockColumns
  const row: BlockRow = {
    block: before.block,
    bars,
    first_time: packed[0] as number,
    last_time: packed[bars - 1] as number,
    hash: sha256(bytesOf(packed)),
  }
  if (row.hash !== before.hash) file.sql.putBlock.run({ ...row, series, ...packColumns(packed, bars) })
  return row
}

function loadBlocks(file: BarFile, key: SeriesKey, series: SeriesRow, blocks: readonly BlockRow[]): BarSeries {
  const bars = createBarSeries(blocks.reduce((sum, block) => sum + block.bars, 0))
  let at = 0
  for (const block of blocks) {
    unpackBlock(loadBlock(file, key, series, block), bars, at)
    at += block.bars
  }
  return bars
}

/** The columns of a block, proven by its hash; they lie in the scratch. */
function loadBlock({ db, sql, scratch }: BarFile, key: SeriesKey, series: SeriesRow, block: BlockRow): Float64Array {
  try {
    const row = sql.block.get(series.number, block.block)
    if (row !== undefined) {
      const values = scratch.subarray(0, blockColumns * block.bars)
      unpackColumns({ data: row.data, rawBytes: row.raw_bytes }, values, block.bars)
      if (sha256(bytesOf(values)) === block.hash) return values
    }
  } catch (failure) {
    // Whatever unpacking says of damaged bytes, the trader's sentence names the period; other failures are themselves.
    const known = toStoreError(failure, { file: db.name, ...key })
    if (known instanceof DomainError && known.code !== 'store.corrupt') throw known
  }
  throw damagedPeriod({ file: db.name, ...key }, { from: block.first_time, to: block.last_time })
}
