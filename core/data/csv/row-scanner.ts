const quote = 34
const lineFeed = 10
const carriageReturn = 13

/** Rows longer than this are refused: a file without line ends must not fill the memory. */
export const rowLimit = 1_048_576
const fieldLimit = 256

/** Field borders of the row found last; spaces and quotes around a field are left out. */
export interface RowFields {
  readonly starts: Int32Array
  readonly ends: Int32Array
  count: number
  /** Line ends inside the row's quotes plus its own. */
  lines: number
  /** A quote that was opened and never closed. */
  unclosed: boolean
}

export function createRowFields(): RowFields {
  return { starts: new Int32Array(fieldLimit), ends: new Int32Array(fieldLimit), count: 0, lines: 0, unclosed: false }
}

/**
 * Finds the fields of the row that starts at `from`. Gives the start of the next row, or −1 when the row is not complete
 * (`last` false) in these bytes. Line ends are LF, CRLF or CR; quotes follow RFC 4180 (quotes inside are doubled).
 */
export function scanRow(
  bytes: Uint8Array,
  from: number,
  row: RowFields,
  options: { separator: number; last: boolean },
): number {
  const { separator, last } = options
  const length = bytes.length
  let at = from
  row.count = 0
  row.lines = 0
  row.unclosed = false
  for (;;) {
    let start = at
    while (at < length && isBlank(bytes[at] as number) && bytes[at] !== separator) at++
    let end = -1
    if (bytes[at] === quote) {
      start = at + 1
      end = closingQuote(bytes, start, row)
      at = end < 0 ? length : end + 1
      if (end < 0) {
        if (!last) return -1
        row.unclosed = true
        end = length
      }
    } else start = at
    let byte = 0
    while (at < length) {
      byte = bytes[at] as number
      if (byte === separator || byte === lineFeed || byte === carriageReturn) break
      at++
    }
    if (at >= length && !last) return -1
    if (row.count < fieldLimit) addField(bytes, row, start, end < 0 ? at : end)
    if (at >= length) return length
    at++
    if (byte === separator) continue
    row.lines++
    if (byte === carriageReturn) {
      if (at >= length && !last) return -1
      if (bytes[at] === lineFeed) at++
    }
    return at
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9
}

function addField(bytes: Uint8Array, row: RowFields, start: number, end: number): void {
  let stop = end
  while (stop > start && isBlank(bytes[stop - 1] as number)) stop--
  row.starts[row.count] = start
  row.ends[row.count] = stop
  row.count++
}

/** Index of the closing quote, or −1. */
function closingQuote(bytes: Uint8Array, from: number, row: RowFields): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === quote) {
      if (bytes[at + 1] !== quote) return at
      at++
    } else if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) row.lines++
  }
  return -1
}
