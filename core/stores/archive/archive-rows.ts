import { createMarketColumns, type MarketColumnList, type SeriesKind } from '../../domain/market-columns.ts'
import { lowerBound } from '../../lib/columns.ts'
import { groupEnd, keysOf } from '../merge-market.ts'
import type { ArchivePart } from './archive-port.ts'

/** Rows with time in [from, to), sharing memory; null: as far as they reach. */
export function rowsIn(columns: MarketColumnList, from: number | null, to: number | null): MarketColumnList {
  const time = columns[0] as Float64Array
  const first = from === null ? 0 : lowerBound(time, from)
  const end = Math.max(first, to === null ? time.length : lowerBound(time, to))
  return columns.map((column) => column.subarray(first, end))
}

export const lengthOf = (columns: MarketColumnList): number => columns[0]?.length ?? 0

/** Pieces that follow each other as one, over shared memory. */
export function joined(kind: SeriesKind, pieces: readonly MarketColumnList[]): MarketColumnList {
  const all = createMarketColumns(
    kind,
    pieces.reduce((rows, piece) => rows + lengthOf(piece), 0),
  )
  let at = 0
  for (const piece of pieces) {
    for (const [index, column] of piece.entries()) all[index]?.set(column, at)
    at += lengthOf(piece)
  }
  return all
}

/** The first `limit` rows; a message of a book is never cut. 0: all. */
export function firstRows(kind: SeriesKind, columns: MarketColumnList, limit: number): MarketColumnList {
  const rows = lengthOf(columns)
  if (limit <= 0 || limit >= rows) return columns
  const end = groupEnd(keysOf(kind, columns), limit - 1, rows)
  return columns.map((column) => column.subarray(0, end))
}

/** Rows of the store with those of the parts between them; parts ascend and never overlap. */
export function withParts(
  kind: SeriesKind,
  live: MarketColumnList,
  parts: readonly { readonly part: ArchivePart; readonly rows: MarketColumnList }[],
): MarketColumnList {
  const pieces: MarketColumnList[] = []
  let from: number | null = null
  for (const { part, rows } of parts) {
    pieces.push(rowsIn(live, from, part.from), rows)
    from = part.to
  }
  pieces.push(rowsIn(live, from, null))
  return joined(kind, pieces)
}

/** The rows outside these parts. */
export function withoutParts(
  kind: SeriesKind,
  columns: MarketColumnList,
  parts: readonly ArchivePart[],
): MarketColumnList {
  const pieces: MarketColumnList[] = []
  let from: number | null = null
  for (const part of parts) {
    pieces.push(rowsIn(columns, from, part.from))
    from = part.to
  }
  pieces.push(rowsIn(columns, from, null))
  return joined(kind, pieces)
}
