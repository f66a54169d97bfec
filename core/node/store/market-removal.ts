import { lowerBound } from '../../lib/columns.ts'
import { utcDay } from '../../stores/market-blocks.ts'
import { loadPieces, type MarketFile, newestDay, type OpenSeries, openSeries, soundChunks } from './market-pieces.ts'
import type { MarketKey } from './market-rows.ts'
import { blocksOf, clearTail, writeBlocks } from './market-tail.ts'
import { replaceNewest, saveSeries } from './market-writer.ts'

/**
 * Removes rows with time before `before` and gives their count; inside a transaction. Whole days go unread, and of the
 * day that `before` cuts only what stays is read: damaged rows can be removed.
 */
export function removeMarket(file: MarketFile, key: MarketKey, before: number): number {
  const stored = file.sql.series.get(key.instrument, key.kind)
  if (stored === undefined) return 0
  if (before > stored.last_time) {
    file.sql.removeSeries.run(stored.number)
    return stored.rows
  }
  const open = openSeries(file, key)
  if (open === undefined || before <= stored.first_time) return 0
  const { sql, series } = open
  const day = utcDay(before)
  sql.removeBlocksBefore.run(series.number, day)
  sql.removeDays.run(series.number, day)
  cutDay(open, day, before)
  const days = sql.days.all(series.number)
  const first = days[0] === undefined ? sql.chunks.get(series.number) : sql.blocks.get(series.number, days[0].day)
  series.first_time = first?.first_time ?? series.last_time
  series.rows = days.reduce((sum, { rows }) => sum + rows, series.tail_rows)
  saveSeries(open, { source: null, blocksChanged: true })
  return stored.rows - series.rows
}

function cutDay(open: OpenSeries, day: number, before: number): void {
  const isNewest = day === newestDay(open.series)
  const blocks = blocksOf(open, day).map((row) => ({ day, row }))
  const chunks = isNewest ? soundChunks(open).map((row) => ({ day: null, row })) : []
  const pieces = [...blocks, ...chunks]
  if (pieces.every(({ row }) => row.first_time >= before)) return
  const columns = loadPieces(
    open,
    pieces.filter(({ row }) => row.last_time >= before),
  )
  const first = lowerBound(columns[0] as Float64Array, before)
  const rows = columns.map((column) => column.subarray(first))
  if (isNewest) {
    clearTail(open, [])
    replaceNewest(open, day, { blocks: [], rows })
  } else writeBlocks(open, day, { blocks: [], rows })
}
