import { type MarketColumnList, marketKeyColumns } from '../../domain/market-columns.ts'
import { daysOf, marketBlockRows } from '../../stores/market-blocks.ts'
import type { MarketWrite } from '../../stores/market-store.ts'
import { mergeMarket } from '../../stores/merge-market.ts'
import { loadPieces, type MarketFile, newestDay, type OpenSeries, openSeries, soundChunks } from './market-pieces.ts'
import { type ChunkRow, daysHash, type MarketKey, type PieceRow, rowHash } from './market-rows.ts'
import { appendTail, blocksOf, clearTail, createColumns, sealTail, writeBlocks, writeTail } from './market-tail.ts'

interface DayWrite extends MarketWrite {
  readonly blocksChanged: boolean
}

/** A natural key; the second part is 0 for kinds that have none. */
type Key = readonly [time: number, second: number]

/** Merges rows into the series of a key; inside a transaction. */
export function upsertMarket(file: MarketFile, key: MarketKey, rows: MarketColumnList, source: string): MarketWrite {
  const total = { added: 0, changed: 0, unchanged: 0 }
  const time = rows[0] as Float64Array
  if (time.length === 0) return total
  const open = openSeries(file, key) ?? addSeries(file, key)
  let blocksChanged = false
  for (const { day, from, to } of daysOf(time)) {
    const part = rows.map((column) => column.subarray(from, to))
    const written = writeDay(open, day, part)
    total.added += written.added
    total.changed += written.changed
    total.unchanged += written.unchanged
    blocksChanged ||= written.blocksChanged
    noteKeys(open, part)
  }
  if (total.added + total.changed > 0) saveSeries(open, { source, blocksChanged })
  return total
}

function addSeries(file: MarketFile, key: MarketKey): OpenSeries {
  const number = Number(file.sql.addSeries.run(key.instrument, key.kind).lastInsertRowid)
  const [first_time, last_time] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const tail = { tail_rows: 0, tail_chunks: 0, tail_bytes: 0, tail_hash: '' }
  return {
    ...file,
    key,
    series: { number, rows: 0, first_time, last_time, last_key: 0, bytes: 0, ...tail, days_hash: '' },
  }
}

/** Puts the series' row back, with the hash of its days when blocks changed. */
export function saveSeries(
  { sql, series, clock }: OpenSeries,
  { source, blocksChanged }: { readonly source: string | null; readonly blocksChanged: boolean },
): void {
  if (blocksChanged) {
    const days = sql.days.all(series.number)
    series.days_hash = daysHash(days)
    series.bytes = days.reduce((sum, { bytes }) => sum + bytes, 0)
  }
  sql.updateSeries.run({ ...series, row_hash: rowHash(series), source, updatedAt: clock.now() })
}

function keyAt({ key }: OpenSeries, rows: MarketColumnList, row: number): Key {
  return [rows[0]?.[row] as number, marketKeyColumns[key.kind] === 1 ? 0 : (rows[1]?.[row] as number)]
}

function isBefore([time, second]: Key, [otherTime, otherSecond]: Key): boolean {
  return time < otherTime || (time === otherTime && second < otherSecond)
}

const lastOf = ({ last_time, last_key }: Pick<PieceRow, 'last_time' | 'last_key'>): Key => [last_time, last_key]

/** The series reaches at least from the first to the last of these rows. */
function noteKeys(open: OpenSeries, rows: MarketColumnList): void {
  const { series } = open
  const last = keyAt(open, rows, (rows[0] as Float64Array).length - 1)
  series.first_time = Math.min(series.first_time, rows[0]?.[0] as number)
  if (isBefore(lastOf(series), last)) [series.last_time, series.last_key] = last
}

/** Merges rows of one UTC day. */
function writeDay(open: OpenSeries, day: number, rows: MarketColumnList): DayWrite {
  const { series } = open
  const newest = series.rows === 0 ? null : newestDay(series)
  if (newest !== null && day < newest) return mergeBlocks(open, day, { rows, chunks: [] })
  const first = keyAt(open, rows, 0)
  if (newest === day && !isBefore(lastOf(series), first)) return mergeNewest(open, day, rows)
  const sealed = newest !== null && newest < day && sealTail(open, newest)
  const added = (rows[0] as Float64Array).length
  series.rows += added
  const blocksChanged = appendTail(open, day, rows) || sealed
  return { added, changed: 0, unchanged: 0, blocksChanged }
}

/** Rows that fall among those of the newest day: the chunks they reach are written anew, or else all from a block on. */
function mergeNewest(open: OpenSeries, day: number, rows: MarketColumnList): DayWrite {
  const first = keyAt(open, rows, 0)
  const chunks = soundChunks(open)
  const lastBlock = blocksOf(open, day).at(-1)
  if (lastBlock !== undefined && !isBefore(lastOf(lastBlock), first)) return mergeBlocks(open, day, { rows, chunks })
  const from = chunks.findIndex((chunk) => !isBefore(lastOf(chunk), first))
  const base = loadPieces(
    open,
    chunks.slice(from).map((row) => ({ day: null, row })),
  )
  const merged = mergeMarket(open.key.kind, base, rows, createColumns(open))
  if (merged.added + merged.changed === 0) return { ...merged, blocksChanged: false }
  clearTail(open, chunks.slice(0, from))
  open.series.rows += (merged.columns[0] as Float64Array).length - (base[0] as Float64Array).length
  return { ...merged, blocksChanged: appendTail(open, day, merged.columns) }
}

/** Rows that fall among the blocks of a day; `chunks` follow its blocks when it is the newest. */
function mergeBlocks(
  open: OpenSeries,
  day: number,
  { rows, chunks }: { readonly rows: MarketColumnList; readonly chunks: readonly ChunkRow[] },
): DayWrite {
  const first = keyAt(open, rows, 0)
  const blocks = blocksOf(open, day)
  const found = blocks.findIndex((block) => block.rows < marketBlockRows || !isBefore(lastOf(block), first))
  const from = found < 0 ? blocks.length : found
  const pieces = [...blocks.slice(from).map((row) => ({ day, row })), ...chunks.map((row) => ({ day: null, row }))]
  const base = loadPieces(open, pieces)
  const merged = mergeMarket(open.key.kind, base, rows, createColumns(open))
  if (merged.added + merged.changed === 0) return { ...merged, blocksChanged: false }
  open.series.rows += (merged.columns[0] as Float64Array).length - (base[0] as Float64Array).length
  const kept = { blocks: blocks.slice(0, from), rows: merged.columns }
  if (day === newestDay(open.series)) {
    clearTail(open, [])
    replaceNewest(open, day, kept)
  } else writeBlocks(open, day, kept)
  return { ...merged, blocksChanged: true }
}

/** Blocks and chunks of the newest day from some block on. */
export function replaceNewest(
  open: OpenSeries,
  day: number,
  { blocks, rows }: { readonly blocks: readonly PieceRow[]; readonly rows: MarketColumnList },
): void {
  writeBlocks(open, day, { blocks, rows: rows.map((column) => column.subarray(0, 0)) })
  writeTail(open, day, { blocks, rows })
}
