/**
 * Rows to keep when a curve of `values` is drawn with at most `maxRows` points: the first and last row, and the
 * lowest and highest of each bucket in time order, so that no extreme disappears. Ascending; all rows when they fit.
 */
export function thinRows(values: Float64Array, maxRows: number): Uint32Array {
  const rows = values.length
  if (maxRows <= 0 || rows <= maxRows) return Uint32Array.from({ length: rows }, (_, row) => row)
  const buckets = Math.max(1, Math.floor((maxRows - 2) / 2))
  const kept: number[] = [0]
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * (rows - 2)) / buckets)
    const to = 1 + Math.floor(((bucket + 1) * (rows - 2)) / buckets)
    if (from >= to) continue
    let low = from
    let high = from
    for (let row = from + 1; row < to; row++) {
      if ((values[row] as number) < (values[low] as number)) low = row
      if ((values[row] as number) > (values[high] as number)) high = row
    }
    kept.push(Math.min(low, high))
    if (low !== high) kept.push(Math.max(low, high))
  }
  kept.push(rows - 1)
  return Uint32Array.from(kept)
}

/** The chosen rows of a column. */
export function pickRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let index = 0; index < rows.length; index++) picked[index] = values[rows[index] as number] as number
  return picked
}
