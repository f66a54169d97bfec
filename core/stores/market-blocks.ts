import type { MarketColumnList } from '../domain/market-columns.ts'
import { lowerBound } from '../lib/columns.ts'
import { bytesOf, canonicalizeNaN, hashOfBlocks } from './bar-blocks.ts'
import type { Sha256 } from './stores.ts'

/** Rows in one block. Part of the definition of `marketHash`: changing it changes every hash. */
export const marketBlockRows = 8192

const dayMs = 86_400_000

/** Midnight UTC before or at a time: the day it is kept and hashed under. */
export function utcDay(time: number): number {
  return Math.floor(time / dayMs) * dayMs
}

export function nextUtcDay(day: number): number {
  return day + dayMs
}

/** Midnight UTC after or at a time. */
export function utcDayEnd(time: number): number {
  return Math.ceil(time / dayMs) * dayMs
}

/** Index ranges of the UTC days in an ascending column of times. */
export function* daysOf(
  time: Float64Array,
): Generator<{ readonly day: number; readonly from: number; readonly to: number }> {
  let from = 0
  while (from < time.length) {
    const day = utcDay(time[from] as number)
    const to = from + lowerBound(time.subarray(from), nextUtcDay(day))
    yield { day, from, to }
    from = to
  }
}

/** Room for a block of up to six columns. */
export function createMarketScratch(): Float64Array<ArrayBuffer> {
  return new Float64Array(marketBlockRows * 6)
}

/** Rows [from, to) as one array, column after column, NaN made canonical; at the start of `scratch`, valid until that is used again. */
export function packRows(
  columns: MarketColumnList,
  from: number,
  to: number,
  scratch: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const rows = to - from
  const packed = scratch.subarray(0, rows * columns.length)
  for (const [index, column] of columns.entries()) packed.set(column.subarray(from, to), index * rows)
  canonicalizeNaN(packed)
  return packed
}

/** Puts packed rows into the columns at row `at`. */
export function unpackRows(packed: Float64Array, columns: MarketColumnList, at: number): void {
  const rows = packed.length / columns.length
  for (const [index, column] of columns.entries()) column.set(packed.subarray(index * rows, (index + 1) * rows), at)
}

/** Hash of the rows of one UTC day: SHA-256 over the hex SHA-256 of each block of 8192 rows. */
export function marketDayHash(columns: MarketColumnList, sha256: Sha256, scratch = createMarketScratch()): string {
  const rows = columns[0]?.length ?? 0
  const hashes: string[] = []
  for (let at = 0; at < rows; at += marketBlockRows) {
    hashes.push(sha256(bytesOf(packRows(columns, at, Math.min(at + marketBlockRows, rows), scratch))))
  }
  return hashOfBlocks(hashes, sha256)
}

/**
 * Content hash of market data: SHA-256 over the hex hashes of its UTC days (`marketDayHash`), a block being its columns
 * (order of `marketColumnNames`) as little-endian doubles with one NaN. By days, so that an append, a late tick and
 * retention each change the hash of one day and leave the others as they were.
 */
export function marketHash(columns: MarketColumnList, sha256: Sha256): string {
  const hashes: string[] = []
  const scratch = createMarketScratch()
  for (const { from, to } of daysOf(columns[0] ?? new Float64Array())) {
    const day = columns.map((column) => column.subarray(from, to))
    hashes.push(marketDayHash(day, sha256, scratch))
  }
  return hashOfBlocks(hashes, sha256)
}
