import {
  createMarketColumns,
  type MarketSeriesByKind,
  marketColumnNames,
  marketColumns,
  type SeriesKind,
  toMarketSeries,
} from '../../../core/domain/market-columns.ts'

/** Rows from objects; a column that is left out is 0. */
export function marketRows<Kind extends SeriesKind>(
  kind: Kind,
  rows: readonly Readonly<Record<string, number>>[],
): MarketSeriesByKind[Kind] {
  const columns = createMarketColumns(kind, rows.length)
  for (const [index, name] of marketColumnNames[kind].entries()) {
    for (const [at, row] of rows.entries()) (columns[index] as Float64Array)[at] = row[name] ?? 0
  }
  return toMarketSeries(kind, columns)
}

/** Ticks from `start`, two of each millisecond, whose prices walk on a grid of 0.01. */
export function ticks(start: number, length: number, change?: (index: number) => Record<string, number>) {
  const rows = Array.from({ length }, (_, index) => ({
    time: start + Math.floor(index / 2),
    id: index % 2,
    price: (10_000 + ((index * 37) % 211)) / 100,
    size: 1 + ((index * 13) % 97),
    side: (index % 3) - 1,
    ...change?.(index),
  }))
  return marketRows('tick', rows)
}

/** The columns as plain arrays: what two series have in common when they are equal (NaN equals NaN, −0 is not 0). */
export function marketArrays<Kind extends SeriesKind>(kind: Kind, series: MarketSeriesByKind[Kind]): number[][] {
  return marketColumns(kind, series).map((column) => [...column])
}
