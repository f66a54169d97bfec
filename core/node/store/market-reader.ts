import { createMarketColumns, type MarketColumnList } from '../../domain/market-columns.ts'
import { lowerBound } from '../../lib/columns.ts'
import { bytesOf, hashOfBlocks } from '../../stores/bar-blocks.ts'
import { marketDayHash, nextUtcDay, packRows, utcDay, utcDayEnd } from '../../stores/market-blocks.ts'
import type { MarketDay } from '../../stores/market-store.ts'
import { groupEnd, keysOf } from '../../stores/merge-market.ts'
import {
  loadPieces,
  type MarketFile,
  newestDay,
  type OpenSeries,
  openSeries,
  type Piece,
  soundBlocks,
  soundChunks,
  soundDays,
} from './market-pieces.ts'
import type { DayRow, MarketKey } from './market-rows.ts'
import { sha256 } from './packed-columns.ts'

/** A period [from, to); infinite where it has no end. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** Rows of a period, at most `limit` when that is above 0; inside a transaction. */
export function readMarket(file: MarketFile, key: MarketKey, { from, to }: Period, limit: number): MarketColumnList {
  const open = openSeries(file, key)
  if (open === undefined) return createMarketColumns(key.kind, 0)
  const columns = loadPieces(open, piecesFor(open, { from, to }, limit))
  const time = columns[0] as Float64Array
  const first = lowerBound(time, from)
  const end = Math.max(first, lowerBound(time, to))
  const cut = limit > 0 && limit < end - first ? groupEnd(keysOf(key.kind, columns), first + limit - 1, end) : end
  return columns.map((column) => column.subarray(first, cut))
}

/** The blocks and chunks that rows of a period may lie in; with a limit, as many as surely hold so many rows. */
function piecesFor(open: OpenSeries, period: Period, limit: number): Piece[] {
  const pieces: Piece[] = []
  let rows = 0
  for (const piece of piecesIn(open, period)) {
    const last = pieces.at(-1)
    // The first piece may begin before the period. A book's message may go on in the next piece.
    const isEnough = limit > 0 && rows - (pieces[0]?.row.rows ?? 0) >= limit
    if (isEnough && last !== undefined && piece.row.first_time > last.row.last_time) break
    pieces.push(piece)
    rows += piece.row.rows
  }
  return pieces
}

function* piecesIn(open: OpenSeries, { from, to }: Period): Generator<Piece> {
  const isInside = ({ row }: Piece) => row.last_time >= from && row.first_time < to
  for (const day of soundDays(open)) {
    if (nextUtcDay(day.day) <= from || day.day >= to) continue
    for (const row of soundBlocks(open, day)) {
      const piece = { day: day.day, row }
      if (isInside(piece)) yield piece
    }
  }
  const newest = newestDay(open.series)
  if (open.series.tail_rows === 0 || nextUtcDay(newest) <= from || newest >= to) return
  for (const row of soundChunks(open)) {
    const piece = { day: null, row }
    if (isInside(piece)) yield piece
  }
}

/** The days of a period with the count of their rows. */
export function marketDays(file: MarketFile, key: MarketKey, { from, to }: Period): MarketDay[] {
  const open = openSeries(file, key)
  if (open === undefined) return []
  const [start, end] = [utcDay(from), utcDayEnd(to)]
  return wholeDays(open)
    .filter(({ day }) => day >= start && day < end)
    .map(({ day, rows }) => ({ day, rows }))
}

/** Days of blocks, the chunks counted with the newest. */
function wholeDays(open: OpenSeries): Pick<DayRow, 'day' | 'rows'>[] {
  const { series } = open
  const days: Pick<DayRow, 'day' | 'rows'>[] = soundDays(open).map(({ day, rows }) => ({ day, rows }))
  if (series.tail_rows === 0) return days
  const newest = newestDay(series)
  const blocks = days.at(-1)?.day === newest ? (days.pop()?.rows ?? 0) : 0
  return [...days, { day: newest, rows: blocks + series.tail_rows }]
}

/** `marketHash` of a period; only days that the period cuts are read. */
export function marketPeriodHash(file: MarketFile, key: MarketKey, period: Period): string {
  const open = openSeries(file, key)
  const hashes: string[] = []
  if (open !== undefined) {
    const days = new Map(soundDays(open).map((day) => [day.day, day]))
    for (const { day } of wholeDays(open)) {
      if (nextUtcDay(day) <= period.from || day >= period.to) continue
      const isWhole = day >= period.from && nextUtcDay(day) <= period.to
      const hash = isWhole ? wholeDayHash(open, day, days.get(day)) : cutDayHash(file, key, day, period)
      if (hash !== null) hashes.push(hash)
    }
  }
  return hashOfBlocks(hashes, sha256)
}

function wholeDayHash(open: OpenSeries, day: number, row: DayRow | undefined): string {
  const isNewest = open.series.tail_rows > 0 && day === newestDay(open.series)
  if (row !== undefined && !isNewest) return row.hash
  const blocks = row === undefined ? [] : soundBlocks(open, row).map(({ hash }) => hash)
  const tail = loadPieces(
    open,
    soundChunks(open).map((chunk) => ({ day: null, row: chunk })),
  )
  const packed = packRows(tail, 0, open.series.tail_rows, open.scratch)
  return hashOfBlocks([...blocks, sha256(bytesOf(packed))], sha256)
}

function cutDayHash(file: MarketFile, key: MarketKey, day: number, period: Period): string | null {
  const part = { from: Math.max(day, period.from), to: Math.min(nextUtcDay(day), period.to) }
  const rows = readMarket(file, key, part, 0)
  return rows[0]?.length === 0 ? null : marketDayHash(rows, sha256)
}
