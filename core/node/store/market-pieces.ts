import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import {
  createMarketColumns,
  type MarketColumnList,
  marketColumnNames,
  marketKeyColumns,
} from '../../domain/market-columns.ts'
import type { Clock } from '../../lib/clock.ts'
import { bytesOf } from '../../stores/bar-blocks.ts'
import { createMarketScratch, packRows, unpackRows, utcDay } from '../../stores/market-blocks.ts'
import {
  blocksHash,
  type ChunkRow,
  chainHash,
  type DayRow,
  daysHash,
  type MarketKey,
  type MarketSeriesRow,
  type MarketStatements,
  type PieceData,
  type PieceRow,
  prepareMarket,
  rowHash,
} from './market-rows.ts'
import { decodeRows, encodeRows, packColumns, sha256, unpackColumns } from './packed-columns.ts'
import { damagedPeriod, toStoreError } from './sqlite-errors.ts'

export interface MarketFile {
  readonly db: Database
  readonly sql: MarketStatements
  readonly clock: Clock
  /** One block's columns, reused. */
  readonly scratch: Float64Array<ArrayBuffer>
}

export function openMarketFile(db: Database, clock: Clock): MarketFile {
  return { db, clock, sql: prepareMarket(db), scratch: createMarketScratch() }
}

/** The file, and the series in it that is worked on. */
export interface OpenSeries extends MarketFile {
  readonly key: MarketKey
  readonly series: MarketSeriesRow
}

/** The series of a key as it was written; undefined when there is none. */
export function openSeries(file: MarketFile, key: MarketKey): OpenSeries | undefined {
  const row = file.sql.series.get(key.instrument, key.kind)
  if (row === undefined) return undefined
  const { row_hash, ...series } = row
  if (rowHash(series) !== row_hash) throw damagedSeries(file, key, series)
  return { ...file, key, series }
}

function damagedSeries({ db }: MarketFile, key: MarketKey, series: MarketSeriesRow): DomainError {
  return damagedPeriod({ file: db.name, ...key }, { from: series.first_time, to: series.last_time })
}

/** The newest day, to which the chunks belong. */
export function newestDay(series: MarketSeriesRow): number {
  return utcDay(series.last_time)
}

/** The days that have blocks, proven complete and as they were written. */
export function soundDays(open: OpenSeries): DayRow[] {
  const days = open.sql.days.all(open.series.number)
  if (days.length > 0 || open.series.days_hash !== '') {
    if (daysHash(days) !== open.series.days_hash) throw damagedSeries(open, open.key, open.series)
  }
  return days
}

/** The blocks of a day, proven complete, in order and as they were written. */
export function soundBlocks(open: OpenSeries, day: DayRow): PieceRow[] {
  const blocks = open.sql.blocks.all(open.series.number, day.day)
  if (blocksHash(blocks) === day.blocks_hash) return blocks
  throw damagedPeriod({ file: open.db.name, ...open.key }, { from: day.day, to: day.day + 86_399_999 })
}

/** The chunks, proven likewise. */
export function soundChunks(open: OpenSeries): ChunkRow[] {
  const chunks = open.sql.chunks.all(open.series.number)
  let chain = ''
  for (const chunk of chunks) chain = chainHash(chain, chunk)
  if (chain === open.series.tail_hash) return chunks
  throw damagedPeriod({ file: open.db.name, ...open.key }, { from: newestDay(open.series), to: open.series.last_time })
}

/** A block of `day`, or a chunk when `day` is null. */
export interface Piece {
  readonly day: number | null
  readonly row: PieceRow
}

/** The rows of pieces one after the other, each proven by its hash. */
export function loadPieces(open: OpenSeries, pieces: readonly Piece[]): Float64Array[] {
  const columns = createMarketColumns(
    open.key.kind,
    pieces.reduce((sum, { row }) => sum + row.rows, 0),
  )
  let at = 0
  for (const piece of pieces) {
    unpackRows(loadPiece(open, piece), columns, at)
    at += piece.row.rows
  }
  return columns
}

/** The columns of a piece; they lie in the scratch. */
function loadPiece(open: OpenSeries, { day, row }: Piece): Float64Array {
  const place = { file: open.db.name, ...open.key }
  try {
    const found = findPiece(open, day, row.piece)
    if (found !== undefined) {
      const values = open.scratch.subarray(0, marketColumnNames[open.key.kind].length * row.rows)
      const unpack = day === null ? decodeRows : unpackColumns
      unpack({ data: found.data, rawBytes: found.raw_bytes }, values, row.rows)
      if (sha256(bytesOf(values)) === row.hash) return values
    }
  } catch (failure) {
    // Whatever unpacking says of damaged bytes, the trader's sentence names the period; other failures are themselves.
    const known = toStoreError(failure, place)
    if (known instanceof DomainError && known.code !== 'store.corrupt') throw known
  }
  throw damagedPeriod(place, { from: row.first_time, to: row.last_time })
}

function findPiece({ sql, series }: OpenSeries, day: number | null, piece: number): PieceData | undefined {
  return day === null ? sql.chunk.get(series.number, piece) : sql.block.get(series.number, day, piece)
}

/** Where rows come from and what becomes of them. */
export interface PackPiece {
  /** Blocks are compressed, chunks only encoded: they are soon written again. */
  readonly as: 'block' | 'chunk'
  /** Its ordinal. */
  readonly piece: number
  /** Rows [from, to), at most a block of them. */
  readonly from: number
  readonly to: number
}

/** Rows as what is stored of them. */
export function packPiece(
  open: OpenSeries,
  columns: MarketColumnList,
  { as, piece, from, to }: PackPiece,
): PieceRow & { readonly rawBytes: number; readonly data: Uint8Array } {
  const packed = packRows(columns, from, to, open.scratch)
  const { data, rawBytes } = (as === 'block' ? packColumns : encodeRows)(packed, to - from)
  return {
    piece,
    rows: to - from,
    first_time: columns[0]?.[from] as number,
    last_time: columns[0]?.[to - 1] as number,
    last_key: marketKeyColumns[open.key.kind] === 1 ? 0 : (columns[1]?.[to - 1] as number),
    bytes: data.length,
    hash: sha256(bytesOf(packed)),
    rawBytes,
    data,
  }
}
