import type { Database } from 'better-sqlite3'
import type { SeriesKind } from '../../domain/market-columns.ts'
import { sha256 } from './packed-columns.ts'

export interface MarketKey {
  readonly instrument: string
  readonly kind: SeriesKind
}

/** A series as it lies in the table; a writer works on a copy and puts it back. */
export interface MarketSeriesRow {
  number: number
  rows: number
  first_time: number
  last_time: number
  /** Second key column of the last row; 0 for kinds that have none. */
  last_key: number
  /** Of the blocks. */
  bytes: number
  /** The chunks, all of the newest day and after its blocks. */
  tail_rows: number
  tail_chunks: number
  tail_bytes: number
  /** `chain` of the last chunk, empty when there is none. */
  tail_hash: string
  /** `daysHash` of the days. */
  days_hash: string
}

export interface StoredMarketSeries extends MarketSeriesRow {
  /** `rowHash` of this row. */
  readonly row_hash: string
}

export interface DayRow {
  readonly day: number
  readonly rows: number
  readonly bytes: number
  /** Hash of its blocks' hashes: `marketDayHash` where no chunks follow. */
  readonly hash: string
  /** `blocksHash` of its blocks. */
  readonly blocks_hash: string
}

/** A block or a chunk without its data. */
export interface PieceRow {
  /** Ordinal within the day, or among the chunks. */
  readonly piece: number
  readonly rows: number
  readonly first_time: number
  readonly last_time: number
  readonly last_key: number
  readonly bytes: number
  readonly hash: string
}

export interface ChunkRow extends PieceRow {
  /** `chainHash` of this chunk after those before it. */
  readonly chain: string
}

export interface PieceData {
  readonly raw_bytes: number
  readonly data: Uint8Array
}

export type MarketStatements = ReturnType<typeof prepareMarket>

const pieceFields = 'rows, first_time, last_time, last_key, bytes, hash'
const seriesFields =
  'number, rows, first_time, last_time, last_key, bytes, tail_rows, tail_chunks, tail_bytes, tail_hash, days_hash, row_hash'

export function prepareMarket(db: Database) {
  return {
    series: db.prepare<[string, string], StoredMarketSeries>(
      `SELECT ${seriesFields} FROM series WHERE instrument = ? AND kind = ?`,
    ),
    addSeries: db.prepare(
      `INSERT INTO series (instrument, kind, rows, first_time, last_time, last_key, bytes, tail_rows, tail_chunks,
       tail_bytes, tail_hash, days_hash, row_hash, source, updated_at) VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', 0)`,
    ),
    updateSeries: db.prepare(
      `UPDATE series SET rows = @rows, first_time = @first_time, last_time = @last_time, last_key = @last_key,
       bytes = @bytes, tail_rows = @tail_rows, tail_chunks = @tail_chunks, tail_bytes = @tail_bytes,
       tail_hash = @tail_hash, days_hash = @days_hash, row_hash = @row_hash, source = coalesce(@source, source),
       updated_at = @updatedAt WHERE number = @number`,
    ),
    removeSeries: db.prepare('DELETE FROM series WHERE number = ?'),
    coverage: db.prepare(
      `SELECT instrument, kind, rows, first_time AS "from", last_time AS "to", bytes + tail_bytes AS bytes, source,
       updated_at AS updatedAt FROM series ORDER BY instrument, kind`,
    ),
    days: db.prepare<[number], DayRow>(
      'SELECT day, rows, bytes, hash, blocks_hash FROM days WHERE series = ? ORDER BY day',
    ),
    dayRow: db.prepare<[number, number], DayRow>(
      'SELECT day, rows, bytes, hash, blocks_hash FROM days WHERE series = ? AND day = ?',
    ),
    dayNumbers: db.prepare<[number, number], { readonly day: number }>(
      'SELECT day FROM days WHERE series = ? UNION SELECT day FROM blocks WHERE series = ? ORDER BY day',
    ),
    setBlockAside: db.prepare(
      `INSERT INTO damaged (instrument, kind, first_time, last_time, rows, found_at, data)
       SELECT @instrument, @kind, first_time, last_time, rows, @foundAt, data FROM blocks
       WHERE series = @series AND day = @day AND block = @piece`,
    ),
    setChunkAside: db.prepare(
      `INSERT INTO damaged (instrument, kind, first_time, last_time, rows, found_at, data)
       SELECT @instrument, @kind, first_time, last_time, rows, @foundAt, data FROM chunks
       WHERE series = @series AND chunk = @piece`,
    ),
    putDay: db.prepare(
      `INSERT INTO days (series, day, rows, bytes, hash, blocks_hash)
       VALUES (@series, @day, @rows, @bytes, @hash, @blocks_hash)
       ON CONFLICT (series, day) DO UPDATE SET rows = excluded.rows, bytes = excluded.bytes, hash = excluded.hash,
       blocks_hash = excluded.blocks_hash`,
    ),
    removeDays: db.prepare('DELETE FROM days WHERE series = ? AND day < ?'),
    removeDay: db.prepare('DELETE FROM days WHERE series = ? AND day = ?'),
    blocks: db.prepare<[number, number], PieceRow>(
      `SELECT block AS piece, ${pieceFields} FROM blocks WHERE series = ? AND day = ? ORDER BY block`,
    ),
    block: db.prepare<[number, number, number], PieceData>(
      'SELECT raw_bytes, data FROM blocks WHERE series = ? AND day = ? AND block = ?',
    ),
    putBlock: db.prepare(
      `INSERT INTO blocks (series, day, block, ${pieceFields}, raw_bytes, data)
       VALUES (@series, @day, @piece, @rows, @first_time, @last_time, @last_key, @bytes, @hash, @rawBytes, @data)
       ON CONFLICT (series, day, block) DO UPDATE SET rows = excluded.rows, first_time = excluded.first_time,
       last_time = excluded.last_time, last_key = excluded.last_key, bytes = excluded.bytes, hash = excluded.hash,
       raw_bytes = excluded.raw_bytes, data = excluded.data`,
    ),
    removeBlocks: db.prepare('DELETE FROM blocks WHERE series = ? AND day = ? AND block >= ?'),
    removeBlocksBefore: db.prepare('DELETE FROM blocks WHERE series = ? AND day < ?'),
    chunks: db.prepare<[number], ChunkRow>(
      `SELECT chunk AS piece, ${pieceFields}, chain FROM chunks WHERE series = ? ORDER BY chunk`,
    ),
    chunk: db.prepare<[number, number], PieceData>('SELECT raw_bytes, data FROM chunks WHERE series = ? AND chunk = ?'),
    putChunk: db.prepare(
      `INSERT INTO chunks (series, chunk, ${pieceFields}, chain, raw_bytes, data)
       VALUES (@series, @piece, @rows, @first_time, @last_time, @last_key, @bytes, @hash, @chain, @rawBytes, @data)`,
    ),
    removeChunks: db.prepare('DELETE FROM chunks WHERE series = ? AND chunk >= ?'),
  }
}

const hashOf = (value: unknown) => sha256(Buffer.from(JSON.stringify(value)))

const figuresOf = (row: PieceRow) => [
  row.piece,
  row.rows,
  row.first_time,
  row.last_time,
  row.last_key,
  row.bytes,
  row.hash,
]

/**
 * The figures by which rows are found are hashed too: a flipped bit in a time must not hide a block or turn a merge into
 * an append. A block's stand in its day's hash, a day's in the series', a chunk's in the chain of chunks.
 */
export function rowHash(row: MarketSeriesRow): string {
  const { rows, first_time, last_time, last_key, bytes, tail_rows, tail_chunks, tail_bytes, tail_hash } = row
  const tail = [tail_rows, tail_chunks, tail_bytes, tail_hash]
  return hashOf([rows, first_time, last_time, last_key, bytes, ...tail, row.days_hash])
}

export function daysHash(days: readonly DayRow[]): string {
  return hashOf(days.map(({ day, rows, bytes, hash, blocks_hash }) => [day, rows, bytes, hash, blocks_hash]))
}

export function blocksHash(blocks: readonly PieceRow[]): string {
  return hashOf(blocks.map(figuresOf))
}

export function chainHash(before: string, chunk: PieceRow): string {
  return hashOf([before, ...figuresOf(chunk)])
}
