import { createMarketColumns, type MarketColumnList } from '../../domain/market-columns.ts'
import { hashOfBlocks } from '../../stores/bar-blocks.ts'
import { marketBlockRows } from '../../stores/market-blocks.ts'
import { loadPieces, type OpenSeries, packPiece, soundBlocks, soundChunks } from './market-pieces.ts'
import { blocksHash, type ChunkRow, chainHash, type PieceRow } from './market-rows.ts'
import { sha256 } from './packed-columns.ts'

/**
 * Chunks before they become one. A write appends its rows as a chunk and touches nothing else, so a live feed costs
 * what it sends; a market of single ticks writes each row anew at most 8192 / 64 times before it stands in its block.
 */
const maxChunks = 64

export function createColumns(open: OpenSeries): (length: number) => Float64Array[] {
  return (length) => createMarketColumns(open.key.kind, length)
}

/** The blocks of a day, none when it has only chunks or nothing. */
export function blocksOf(open: OpenSeries, day: number): PieceRow[] {
  const row = open.sql.dayRow.get(open.series.number, day)
  return row === undefined ? [] : soundBlocks(open, row)
}

/** Appends rows of the newest day that follow everything stored; true when blocks were written. */
export function appendTail(open: OpenSeries, day: number, rows: MarketColumnList): boolean {
  const { series } = open
  const { length } = rows[0] as Float64Array
  if (series.tail_rows + length < marketBlockRows && series.tail_chunks < maxChunks) {
    addChunk(open, rows, 0)
    return false
  }
  const all = series.tail_rows === 0 ? rows : joinRows(open, loadTail(open), rows)
  clearTail(open, [])
  return writeTail(open, day, { blocks: blocksOf(open, day), rows: all })
}

/** Writes rows after the given blocks of the newest day, what fills no block as a chunk; true when blocks were written. */
export function writeTail(
  open: OpenSeries,
  day: number,
  { blocks, rows }: { readonly blocks: readonly PieceRow[]; readonly rows: MarketColumnList },
): boolean {
  const { length } = rows[0] as Float64Array
  const full = length - (length % marketBlockRows)
  if (full > 0) {
    const whole = rows.map((column) => column.subarray(0, full))
    writeBlocks(open, day, { blocks, rows: whole })
  }
  if (full < length) addChunk(open, rows, full)
  return full > 0
}

/** Makes what stands in chunks the last block of its day, before a newer day begins; true when there was any. */
export function sealTail(open: OpenSeries, day: number): boolean {
  if (open.series.tail_rows === 0) return false
  const rows = loadTail(open)
  clearTail(open, [])
  writeBlocks(open, day, { blocks: blocksOf(open, day), rows })
  return true
}

/** Removes the chunks after those that are kept. */
export function clearTail(open: OpenSeries, kept: readonly ChunkRow[]): void {
  const { series } = open
  open.sql.removeChunks.run(series.number, kept.length)
  series.tail_chunks = kept.length
  series.tail_rows = kept.reduce((sum, { rows }) => sum + rows, 0)
  series.tail_bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  series.tail_hash = kept.at(-1)?.chain ?? ''
}

function loadTail(open: OpenSeries): Float64Array[] {
  return loadPieces(
    open,
    soundChunks(open).map((row) => ({ day: null, row })),
  )
}

function addChunk(open: OpenSeries, rows: MarketColumnList, from: number): void {
  const { series, sql } = open
  const chunk = packPiece(open, rows, {
    as: 'chunk',
    piece: series.tail_chunks,
    from,
    to: (rows[0] as Float64Array).length,
  })
  const chain = chainHash(series.tail_hash, chunk)
  sql.putChunk.run({ ...chunk, chain, series: series.number })
  series.tail_chunks++
  series.tail_rows += chunk.rows
  series.tail_bytes += chunk.bytes
  series.tail_hash = chain
}

function joinRows(open: OpenSeries, first: MarketColumnList, second: MarketColumnList): Float64Array[] {
  const { length } = first[0] as Float64Array
  const joined = createColumns(open)(length + (second[0] as Float64Array).length)
  for (const [index, column] of joined.entries()) {
    column.set(first[index] as Float64Array)
    column.set(second[index] as Float64Array, length)
  }
  return joined
}

/** Writes rows as the blocks of a day after those that are kept, and the day's row. */
export function writeBlocks(
  open: OpenSeries,
  day: number,
  { blocks, rows }: { readonly blocks: readonly PieceRow[]; readonly rows: MarketColumnList },
): void {
  const { sql, series } = open
  const { length } = rows[0] as Float64Array
  const all = [...blocks]
  for (let from = 0; from < length; from += marketBlockRows) {
    const to = Math.min(from + marketBlockRows, length)
    const block = packPiece(open, rows, { as: 'block', piece: all.length, from, to })
    sql.putBlock.run({ ...block, series: series.number, day })
    const { data, rawBytes, ...row } = block
    all.push(row)
  }
  sql.removeBlocks.run(series.number, day, all.length)
  if (all.length === 0) sql.removeDay.run(series.number, day)
  else sql.putDay.run(dayOf(series.number, day, all))
}

function dayOf(series: number, day: number, blocks: readonly PieceRow[]) {
  const hashes = blocks.map(({ hash }) => hash)
  return {
    series,
    day,
    rows: blocks.reduce((sum, { rows }) => sum + rows, 0),
    bytes: blocks.reduce((sum, { bytes }) => sum + bytes, 0),
    hash: hashOfBlocks(hashes, sha256),
    blocks_hash: blocksHash(blocks),
  }
}
