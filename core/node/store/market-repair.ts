import { isDomainError } from '../../domain/errors.ts'
import { createMarketColumns, type MarketColumnList, marketKeyColumns } from '../../domain/market-columns.ts'
import { daysOf, nextUtcDay } from '../../stores/market-blocks.ts'
import type { MarketDamage } from '../../stores/market-store.ts'
import { mergeMarket } from '../../stores/merge-market.ts'
import {
  loadPieces,
  type MarketFile,
  newestDay,
  type OpenSeries,
  type Piece,
  soundBlocks,
  soundChunks,
  soundDays,
} from './market-pieces.ts'
import type { MarketKey, PieceRow } from './market-rows.ts'
import { clearTail, createColumns, writeBlocks, writeTail } from './market-tail.ts'
import { saveSeries } from './market-writer.ts'

/**
 * Sets aside what does not read (in the table `damaged`, nothing is thrown away) and builds what finds rows anew from the
 * rows that do; inside a transaction. Gives the periods that must be fetched again, whole days where it cannot be told
 * which rows are gone.
 */
export function repairMarket(file: MarketFile, key: MarketKey): MarketDamage[] {
  const row = file.sql.series.get(key.instrument, key.kind)
  if (row === undefined) return []
  const { row_hash: _, ...series } = row
  const open: OpenSeries = { ...file, key, series }
  const damage: MarketDamage[] = []
  const knowsDays = holds(() => soundDays(open))
  const days = file.sql.dayNumbers.all(series.number, series.number).map(({ day }) => day)
  const tail = salvageTail(open, damage)
  const newest = tail === null ? null : newestOf(tail)
  for (const day of days) {
    if (day !== newest) salvageDay(open, day, damage)
  }
  if (tail !== null && newest !== null) rebuildNewest(open, newest, { tail, damage })
  // A day that is gone with all its blocks leaves no other trace.
  if (!knowsDays && damage.length === 0) damage.push({ from: row.first_time, to: row.last_time + 1, rows: 0 })
  settleSeries(open)
  return damage
}

/** Rows of the chunks that read, by key; null when there are none. */
function salvageTail(open: OpenSeries, damage: MarketDamage[]): MarketColumnList | null {
  const chunks = open.sql.chunks.all(open.series.number)
  const isWhole = holds(() => soundChunks(open))
  const rows = salvage(
    open,
    chunks.map((row) => ({ day: null, row })),
    damage,
  )
  if (!isWhole && chunks.every((row) => holds(() => loadPieces(open, [{ day: null, row }])))) {
    // Each reads, but one is missing or not in its place.
    const day = newestDay(open.series)
    damage.push({ from: day, to: nextUtcDay(day), rows: 0 })
  }
  clearTail(open, [])
  return rows[0]?.length === 0 ? null : rows
}

function newestOf([time]: MarketColumnList): number {
  return [...daysOf(time as Float64Array)].at(-1)?.day as number
}

/** Leaves a sound day as it is; writes what reads of another one anew. */
function salvageDay(open: OpenSeries, day: number, damage: MarketDamage[]): void {
  const rows = salvageBlocks(open, day, damage)
  if (rows !== null) writeBlocks(open, day, { blocks: [], rows })
}

/** Rows of a day's blocks that read, by key; null when all of the day is as it was written. */
function salvageBlocks(open: OpenSeries, day: number, damage: MarketDamage[]): MarketColumnList | null {
  const row = open.sql.dayRow.get(open.series.number, day)
  const isKnown = row !== undefined && holds(() => soundBlocks(open, row))
  const pieces = open.sql.blocks.all(open.series.number, day).map((block) => ({ day, row: block }))
  // The newest day may have chunks only.
  if (row === undefined && pieces.length === 0) return null
  const before = damage.length
  const rows = salvage(open, pieces, isKnown ? damage : [])
  if (isKnown && damage.length === before) return null
  if (!isKnown) damage.push({ from: day, to: nextUtcDay(day), rows: 0 })
  return rows
}

function rebuildNewest(
  open: OpenSeries,
  day: number,
  { tail, damage }: { readonly tail: MarketColumnList; readonly damage: MarketDamage[] },
): void {
  const rows = salvageBlocks(open, day, damage)
  if (rows === null) {
    writeTail(open, day, { blocks: open.sql.blocks.all(open.series.number, day), rows: tail })
    return
  }
  const all = mergeMarket(open.key.kind, rows, tail, createColumns(open)).columns
  writeBlocks(open, day, { blocks: [], rows: all.map((column) => column.subarray(0, 0)) })
  writeTail(open, day, { blocks: [], rows: all })
}

/** Rows of the pieces that read, by key; the others are set aside. */
function salvage(open: OpenSeries, pieces: readonly Piece[], damage: MarketDamage[]): MarketColumnList {
  let rows: MarketColumnList = createMarketColumns(open.key.kind, 0)
  for (const piece of pieces) {
    try {
      rows = mergeMarket(open.key.kind, rows, loadPieces(open, [piece]), createColumns(open)).columns
    } catch (failure) {
      if (!isDomainError(failure) || failure.code !== 'store.corrupt') throw failure
      setAside(open, piece)
      damage.push(periodOf(piece.row))
    }
  }
  return rows
}

function periodOf({ first_time, last_time, rows }: PieceRow): MarketDamage {
  // The last row belongs to it.
  return { from: first_time, to: last_time + 1, rows }
}

function setAside({ sql, series, key, clock }: OpenSeries, { day, row }: Piece): void {
  const keep = day === null ? sql.setChunkAside : sql.setBlockAside
  keep.run({ ...key, series: series.number, day, piece: row.piece, foundAt: clock.now() })
}

/** The figures of a series from its days and chunks; without rows it is gone. */
function settleSeries(open: OpenSeries): void {
  const { sql, series, key } = open
  const days = sql.days.all(series.number)
  const last = days.at(-1)
  series.rows = days.reduce((sum, { rows }) => sum + rows, series.tail_rows)
  if (series.rows === 0) {
    sql.removeSeries.run(series.number)
    return
  }
  const first = days[0] === undefined ? sql.chunks.get(series.number) : sql.blocks.get(series.number, days[0].day)
  const end = series.tail_rows > 0 ? sql.chunks.all(series.number).at(-1) : lastBlock(open, last?.day as number)
  series.first_time = first?.first_time as number
  series.last_time = end?.last_time as number
  series.last_key = marketKeyColumns[key.kind] === 1 ? 0 : (end?.last_key as number)
  saveSeries(open, { source: null, blocksChanged: true })
}

function lastBlock({ sql, series }: OpenSeries, day: number): PieceRow | undefined {
  return sql.blocks.all(series.number, day).at(-1)
}

/** True when it does not fail with `store.corrupt`. */
function holds(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (failure) {
    if (isDomainError(failure) && failure.code === 'store.corrupt') return false
    throw failure
  }
}
