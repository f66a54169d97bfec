import { invariant } from '../../lib/assert.ts'
import { constantMode, decodePlanes, encodePlanes, offsetMode, rawMode, tickMode, tickScale } from './column-planes.ts'

/**
 * The bytes of equal-length float64 columns before compression; lossless for every double.
 *
 *     u8 format = 1 · u16 columns · u32 rows · then each column: u8 mode, and for mode
 *     0 constant  f64 value
 *     1 offset    f64 distance from the first column in every row (a close time)
 *     2 ticks     u8 decimals · u8 width · f64 first tick · width planes of zigzag deltas
 *     3 raw       8 planes of the doubles' bytes
 *
 * A plane holds one byte of every value, so that bytes which vary alike stand together and zstd finds them.
 */
const format = 1
const headerBytes = 7

/** No encoding is longer: a column has at most 11 bytes before its values. */
export function maxEncodedBytes(columns: number, rows: number): number {
  return headerBytes + columns * (11 + rows * 8)
}

/** Encodes columns of `rows` values each. */
export function encodeColumns(columns: readonly Float64Array[], rows: number): Uint8Array {
  const raw = new Uint8Array(maxEncodedBytes(columns.length, rows))
  const view = new DataView(raw.buffer)
  view.setUint8(0, format)
  view.setUint16(1, columns.length, true)
  view.setUint32(3, rows, true)
  let at = headerBytes
  for (const column of columns) {
    invariant(column.length === rows, `a column of ${column.length} values among ${rows} rows`)
    at = encodeColumn(column, columns[0] as Float64Array, raw, at)
  }
  return raw.subarray(0, at)
}

/** Decodes into `columns`, which say how many and how long; throws when the bytes do not fit them. */
export function decodeColumns(raw: Uint8Array, columns: readonly Float64Array[]): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  invariant(view.getUint8(0) === format, `column format ${view.getUint8(0)}`)
  invariant(view.getUint16(1, true) === columns.length, `${view.getUint16(1, true)} columns`)
  const rows = view.getUint32(3, true)
  let at = headerBytes
  for (const column of columns) {
    invariant(column.length === rows, `${rows} rows for a column of ${column.length}`)
    at = decodeColumn(raw, at, column, columns[0] as Float64Array)
  }
  invariant(at === raw.length, `${raw.length - at} bytes too many`)
}

function encodeColumn(column: Float64Array, first: Float64Array, raw: Uint8Array, at: number): number {
  const view = new DataView(raw.buffer, raw.byteOffset)
  if (isConstant(column)) {
    raw[at] = constantMode
    const words = new Uint32Array(column.buffer, column.byteOffset, column.length * 2)
    view.setUint32(at + 1, words[0] ?? 0, true)
    view.setUint32(at + 5, words[1] ?? 0, true)
    return at + 9
  }
  if (column !== first && isOffset(column, first)) {
    raw[at] = offsetMode
    view.setFloat64(at + 1, (column[0] as number) - (first[0] as number), true)
    return at + 9
  }
  const decimals = tickScale(column)
  return encodePlanes({ column, decimals, raw, at })
}

function decodeColumn(raw: Uint8Array, at: number, column: Float64Array, first: Float64Array): number {
  const mode = raw[at]
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  if (mode === constantMode) {
    fillBits(column, view.getUint32(at + 1, true), view.getUint32(at + 5, true))
    return at + 9
  }
  if (mode === offsetMode) {
    const offset = view.getFloat64(at + 1, true)
    for (let row = 0; row < column.length; row++) column[row] = (first[row] as number) + offset
    return at + 9
  }
  invariant(mode === tickMode || mode === rawMode, `column mode ${mode}`)
  return decodePlanes(raw, at, column)
}

/** By its bits: an engine may give a NaN that passes through a number other ones. */
function fillBits(column: Float64Array, low: number, high: number): void {
  const words = new Uint32Array(column.buffer, column.byteOffset, column.length * 2)
  for (let at = 0; at < words.length; at += 2) {
    words[at] = low
    words[at + 1] = high
  }
}

/** Bit for bit, so that −0 stays −0. */
function isConstant(column: Float64Array): boolean {
  const words = new Uint32Array(column.buffer, column.byteOffset, column.length * 2)
  const [low, high] = [words[0], words[1]]
  for (let at = 2; at < words.length; at += 2) if (words[at] !== low || words[at + 1] !== high) return false
  return true
}

/** A sum that is 0 might stand for −0: such a column is not an offset. */
function isOffset(column: Float64Array, first: Float64Array): boolean {
  const offset = (column[0] as number) - (first[0] as number)
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number
    if ((first[row] as number) + offset !== value || value === 0) return false
  }
  return true
}
