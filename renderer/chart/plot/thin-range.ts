import { lowerBound, upperBound } from '../../../core/lib/columns.ts'

/**
 * Rows of [from, to] that draw a curve of `values` in at most `maxRows` points without losing an extreme: per bucket
 * its lowest and highest row in time order, and one row beyond each edge so that the line leaves the frame.
 * NaN rows end a bucket's search but are not kept unless the bucket holds nothing else.
 */
export function thinRange(
  time: Float64Array,
  values: Float64Array,
  span: { readonly from: number; readonly to: number; readonly maxRows: number },
): Uint32Array {
  const first = Math.max(0, lowerBound(time, span.from) - 1)
  const end = Math.min(time.length, upperBound(time, span.to) + 1)
  const rows = Math.max(0, end - first)
  if (rows <= span.maxRows) return Uint32Array.from({ length: rows }, (_, index) => first + index)
  const buckets = Math.max(1, Math.floor((span.maxRows - 2) / 2))
  const kept: number[] = [first]
  const inner = rows - 2
  for (let bucket = 0; bucket < buckets; bucket++) {
    const low = first + 1 + Math.floor((bucket * inner) / buckets)
    const high = first + 1 + Math.floor(((bucket + 1) * inner) / buckets)
    keepExtremes(values, low, high, kept)
  }
  kept.push(end - 1)
  return Uint32Array.from(kept)
}

function keepExtremes(values: Float64Array, from: number, to: number, kept: number[]): void {
  if (from >= to) return
  let low = from
  let high = from
  for (let row = from + 1; row < to; row++) {
    const value = values[row] as number
    if (!(value >= (values[low] as number))) low = Number.isNaN(value) ? low : row
    if (!(value <= (values[high] as number))) high = Number.isNaN(value) ? high : row
  }
  kept.push(Math.min(low, high))
  if (low !== high) kept.push(Math.max(low, high))
}

/** The chosen rows of a column as plain numbers, NaN as null: what uPlot draws as a gap. */
export function pickForPlot(values: Float64Array, rows: Uint32Array): (number | null)[] {
  return Array.from(rows, (row) => {
    const value = values[row] as number
    return Number.isNaN(value) ? null : value
  })
}
