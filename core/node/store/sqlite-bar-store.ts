import type { Database } from 'better-sqlite3'
import type { BarSeries } from '../../domain/bar-series.ts'
import { createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import { lowerBound } from '../../lib/columns.ts'
import {
  blockBars,
  blockColumns,
  blockCount,
  bytesOf,
  createBlockScratch,
  hashOfBlocks,
  packBlock,
  unpackBlock,
} from '../../stores/bar-blocks.ts'
import type { BarStore, Coverage, UpsertResult } from '../../stores/bar-store.ts'
import { assertAscending, mergeBars } from '../../stores/merge-bars.ts'
import { packColumns, sha256, unpackColumns } from './packed-columns.ts'
import { atPlace, corruption, toStoreError } from './sqlite-errors.ts'

interface SeriesRow {
  readonly number: number
  readonly bars: number
  readonly hash: string
  readonly end_time: number
}

interface BlockRow {
  readonly block: number
  readonly bars: number
  readonly first_time: number
  readonly last_time: number
  readonly hash: string
}

interface BlockData {
  readonly raw_bytes: number
  readonly data: Uint8Array
}

interface SeriesKey {
  readonly instrument: string
  readonly interval: string
}

/** Bars as compressed column blocks in `bars.db`. Every method is one transaction. */
export function createSqliteBarStore(db: Database, clock: Clock): BarStore {
  const sql = prepare(db)
  const scratch = createBlockScratch()
  const inPlace = <Value>(key: SeriesKey, work: () => Value): Value => atPlace({ file: db.name, ...key }, work)

  const find = (key: SeriesKey) => sql.series.get(key.instrument, key.interval) as SeriesRow | undefined

  /** The blocks of a series, proven complete and in order by the series' hash. */
  const blocksOf = (key: SeriesKey, series: SeriesRow): BlockRow[] => {
    const blocks = sql.blocks.all(series.number) as BlockRow[]
    const whole =
      hashOfBlocks(
        blocks.map(({ hash }) => hash),
        sha256,
      ) === series.hash
    if (!whole) throw damaged(db, key, { from: blocks[0]?.first_time ?? null, to: series.end_time })
    return blocks
  }

  const load = (key: SeriesKey, series: SeriesRow, blocks: readonly BlockRow[]): BarSeries => {
    const bars = createBarSeries(blocks.reduce((sum, block) => sum + block.bars, 0))
    let at = 0
    for (const block of blocks) {
      unpackBlock(readBlock(key, series, block), bars, at)
      at += block.bars
    }
    return bars
  }

  const readBlock = (key: SeriesKey, series: SeriesRow, block: BlockRow): Float64Array => {
    try {
      const { raw_bytes: rawBytes, data } = sql.block.get(series.number, block.block) as BlockData
      const packed = unpackColumns({ data, rawBytes }, scratch.subarray(0, blockColumns * block.bars), block.bars)
      const isWhole = sha256(bytesOf(packed)) === block.hash
      if (isWhole && packed[0] === block.first_time && packed[block.bars - 1] === block.last_time) return packed
    } catch (failure) {
      const known = toStoreError(failure, { file: db.name, ...key })
      if (known !== failure && !(known instanceof DomainError && known.code === 'store.corrupt')) throw known
    }
    throw damaged(db, key, { from: block.first_time, to: block.last_time })
  }

  const upsert = db.transaction((key: SeriesKey, incoming: BarSeries, source: string): UpsertResult => {
    const series = find(key)
    const blocks = series === undefined ? [] : blocksOf(key, series)
    const first = firstAffected(blocks, incoming)
    const tail = series === undefined ? createBarSeries(0) : load(key, series, blocks.slice(first))
    const { bars, added, changed, unchanged } = mergeBars(tail, incoming)
    if (added + changed === 0) return { added, changed, unchanged, hash: series?.hash ?? hashOfBlocks([], sha256) }
    const number = series?.number ?? Number(sql.addSeries.run(key.instrument, key.interval).lastInsertRowid)
    const hashes = blocks.slice(0, first).map((block) => block.hash)
    for (let index = 0; index < blockCount(bars.length); index++) {
      hashes.push(writeBlock({ number, block: first + index, bars, index, before: blocks[first + index]?.hash }))
    }
    const hash = hashOfBlocks(hashes, sha256)
    sql.updateSeries.run({
      number,
      bars: first * blockBars + bars.length,
      firstTime: first > 0 ? (blocks[0] as BlockRow).first_time : (bars.time[0] as number),
      endTime: bars.closeTime[bars.length - 1] as number,
      hash,
      source,
      updatedAt: clock.now(),
    })
    return { added, changed, unchanged, hash }
  })

  const writeBlock = (write: WriteBlock): string => {
    const packed = packBlock(write.bars, write.index, scratch)
    const hash = sha256(bytesOf(packed))
    if (hash === write.before) return hash
    const length = packed.length / blockColumns
    const { data, rawBytes } = packColumns(packed, length)
    sql.putBlock.run({
      series: write.number,
      block: write.block,
      bars: length,
      firstTime: packed[0] as number,
      lastTime: packed[length - 1] as number,
      hash,
      rawBytes,
      data,
    })
    return hash
  }

  const read = db.transaction((key: SeriesKey, from: number, to: number): BarSeries => {
    const series = find(key)
    if (series === undefined) return createBarSeries(0)
    const blocks = blocksOf(key, series).filter((block) => block.last_time >= from && block.first_time < to)
    const bars = load(key, series, blocks)
    const first = lowerBound(bars.time, from)
    return sliceBars(bars, first, Math.max(first, lowerBound(bars.time, to)))
  })

  return {
    async upsert(instrument, interval, bars, source) {
      assertAscending(bars)
      return inPlace({ instrument, interval }, () => upsert.immediate({ instrument, interval }, bars, source))
    },
    async read(instrument, interval, from, to) {
      const key = { instrument, interval }
      return inPlace(key, () => read(key, from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY))
    },
    async coverage() {
      return atPlace({ file: db.name }, () => sql.coverage.all() as Coverage[])
    },
    async delete(instrument, interval) {
      return atPlace({ file: db.name, instrument }, () => sql.remove.run({ instrument, interval }).changes > 0)
    },
  }
}

interface WriteBlock {
  readonly number: number
  readonly block: number
  readonly bars: BarSeries
  /** Of the block within `bars`. */
  readonly index: number
  /** Hash of what is stored under `block` now. */
  readonly before: string | undefined
}

function prepare(db: Database) {
  return {
    series: db.prepare('SELECT number, bars, hash, end_time FROM series WHERE instrument = ? AND interval = ?'),
    blocks: db.prepare('SELECT block, bars, first_time, last_time, hash FROM blocks WHERE series = ? ORDER BY block'),
    block: db.prepare('SELECT raw_bytes, data FROM blocks WHERE series = ? AND block = ?'),
    addSeries: db.prepare(
      "INSERT INTO series (instrument, interval, bars, first_time, end_time, hash, source, updated_at) VALUES (?, ?, 0, 0, 0, '', '', 0)",
    ),
    updateSeries: db.prepare(
      `UPDATE series SET bars = @bars, first_time = @firstTime, end_time = @endTime, hash = @hash, source = @source,
       updated_at = @updatedAt WHERE number = @number`,
    ),
    putBlock: db.prepare(
      `INSERT INTO blocks (series, block, bars, first_time, last_time, hash, raw_bytes, data)
       VALUES (@series, @block, @bars, @firstTime, @lastTime, @hash, @rawBytes, @data)
       ON CONFLICT (series, block) DO UPDATE SET bars = excluded.bars, first_time = excluded.first_time,
       last_time = excluded.last_time, hash = excluded.hash, raw_bytes = excluded.raw_bytes, data = excluded.data`,
    ),
    coverage: db.prepare(
      `SELECT instrument, interval, bars, first_time AS "from", end_time AS "to", hash, source, updated_at AS updatedAt
       FROM series ORDER BY instrument, interval`,
    ),
    remove: db.prepare(
      'DELETE FROM series WHERE instrument = @instrument AND (@interval IS NULL OR interval = @interval)',
    ),
  }
}

/** Blocks before this one end before the first incoming bar and stay as they are; a block with room takes an append. */
function firstAffected(blocks: readonly BlockRow[], incoming: BarSeries): number {
  if (incoming.length === 0) return blocks.length
  const start = incoming.time[0] as number
  const index = blocks.findIndex((block) => block.last_time >= start || block.bars < blockBars)
  return index < 0 ? blocks.length : index
}

/** A part of a series that is not what was written: it can be deleted and imported again. */
function damaged(
  db: Database,
  key: SeriesKey,
  period: { readonly from: number | null; readonly to: number },
): DomainError {
  const [from, to] = [period.from, period.to].map((time) => (time === null ? '' : new Date(time).toISOString()))
  return corruption({ file: db.name, ...key }, `${key.instrument} ${key.interval} ${from}…${to}`, {
    ...period,
    next: 'reimport',
  })
}
