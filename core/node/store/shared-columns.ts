import { type BarSeries, barColumnNames, createBarSeries } from '../../domain/bar-series.ts'
import {
  createMarketColumns,
  type MarketSeriesByKind,
  marketColumns,
  type SeriesKind,
  toMarketSeries,
} from '../../domain/market-columns.ts'
import type { MarketBatch } from '../../stores/market-store.ts'

/** The series itself when its columns are shared memory, else a shared copy: only that crosses threads without a copy each way. */
export function toSharedBars(bars: BarSeries): BarSeries {
  if (barColumnNames.every((name) => bars[name].buffer instanceof SharedArrayBuffer)) return bars
  const shared = createBarSeries(bars.length)
  for (const name of barColumnNames) shared[name].set(bars[name])
  return shared
}

/** The same for ticks, quotes and books, in one piece of memory: batches are many and small. */
export function toSharedMarket<Kind extends SeriesKind>(
  kind: Kind,
  rows: MarketSeriesByKind[Kind],
): MarketSeriesByKind[Kind] {
  const columns = marketColumns(kind, rows)
  if (columns.every((column) => column.buffer instanceof SharedArrayBuffer)) return rows
  const shared = createMarketColumns(kind, rows.length)
  for (const [index, column] of columns.entries()) shared[index]?.set(column)
  return toMarketSeries(kind, shared)
}

export function toSharedBatch(batch: MarketBatch): MarketBatch {
  return { ...batch, rows: toSharedMarket(batch.kind, batch.rows) } as MarketBatch
}
