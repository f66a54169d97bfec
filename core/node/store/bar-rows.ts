import type { Database } from 'better-sqlite3'
import { blockBars, hashOfBlocks } from '../../stores/bar-blocks.ts'
import { sha256 } from './packed-columns.ts'
import { damagedPeriod } from './sqlite-errors.ts'

export interface SeriesKey {
  readonly instrument: string
  readonly interval: string
}

export interface SeriesRow {
  readonly number: number
  readonly bars: number
  readonly first_time: number
  readonly end_time: number
  readonly hash: string
  /** `indexHash` of this row's figures and its blocks'. */
  readonly index_hash: string
}

/** A block without its data. */
export interface BlockRow {
  readonly block: number
  readonly bars: number
  /** Open times of its first and last bar. */
  readonly first_time: number
  readonly last_time: number
  readonly hash: string
}

export interface BlockData {
  readonly raw_bytes: number
  readonly data: Uint8Array
}

export type BarStatements = ReturnType<typeof prepareBars>

export function prepareBars(db: Database) {
  return {
    series: db.prepare<[string, string], SeriesRow>(
      'SELECT number, bars, first_time, end_time, hash, index_hash FROM series WHERE instrument = ? AND interval = ?',
    ),
    blocks: db.prepare<[number], BlockRow>(
      'SELECT block, bars, first_time, last_time, hash FROM blocks WHERE series = ? ORDER BY block',
    ),
    block: db.prepare<[number, number], BlockData>('SELECT raw_bytes, data FROM blocks WHERE series = ? AND block = ?'),
    addSeries: db.prepare(
      `INSERT INTO series (instrument, interval, bars, first_time, end_time, hash, index_hash, source, updated_at)
       VALUES (?, ?, 0, 0, 0, '', '', '', 0)`,
    ),
    updateSeries: db.prepare(
      `UPDATE series SET bars = @bars, first_time = @first_time, end_time = @end_time, hash = @hash,
       index_hash = @index_hash, source = @source, updated_at = @updatedAt WHERE number = @number`,
    ),
    putBlock: db.prepare(
      `INSERT INTO blocks (series, block, bars, first_time, last_time, hash, raw_bytes, data)
       VALUES (@series, @block, @bars, @first_time, @last_time, @hash, @rawBytes, @data)
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

/** Content hash of a series from its block rows: `seriesHash` without the bars. */
export function contentHash(blocks: readonly BlockRow[]): string {
  const hashes = blocks.map(({ hash }) => hash)
  return hashOfBlocks(hashes, sha256)
}

/** Covers the figures by which blocks are found: a flipped bit in a block's time must not hide the block. */
export function indexHash(series: Omit<SeriesRow, 'number' | 'index_hash'>, blocks: readonly BlockRow[]): string {
  const rows = blocks.map((row) => [row.block, row.bars, row.first_time, row.last_time, row.hash])
  return sha256(Buffer.from(JSON.stringify([series.bars, series.first_time, series.end_time, series.hash, rows])))
}

/** The blocks of a series, proven complete, in order and as they were written. */
export function soundBlocks(db: Database, sql: BarStatements, key: SeriesKey, series: SeriesRow): BlockRow[] {
  const blocks = sql.blocks.all(series.number)
  const isSound = indexHash(series, blocks) === series.index_hash && blocks.every(({ bars }) => bars <= blockBars)
  if (!isSound) throw damagedPeriod({ file: db.name, ...key }, { from: series.first_time, to: series.end_time })
  return blocks
}
