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

export interface ScanOptions {
  /** The separator's byte. */
  readonly separator: number
  /** Nothing follows these bytes. */
  last: boolean
}

/**
 * Finds the fields of the row that starts at `from`. Gives the start of the next row, or −1 when the row is not complete
 * (`last` false) in these bytes. Line ends are LF, CRLF or CR; quotes follow RFC 4180 (quotes inside are doubled).
 */
export function scanRow(bytes: Uint8Array, from: number, row: RowFields, options: ScanOptions): number {
  row.count = 0
  row.lines = 0
  row.unclosed = false
  let at = from
  for (;;) {
    at = scanField(bytes, at, row, options)
    if (at < 0 || at >= bytes.length) return at
    if (bytes[at] !== options.separator) return afterLine(bytes, at, row, options.last)
    at++
  }
}

/** Adds the field at `from`; gives the index of the mark after it, the length at the end of the text, −1 when incomplete. */
function scanField(bytes: Uint8Array, from: number, row: RowFields, { separator, last }: ScanOptions): number {
  let start = from
  while (isBlank(bytes[start]) && bytes[start] !== separator) start++
  let at = start
  let end = -1
  if (bytes[start] === quote) {
    start++
    end = closingQuote(bytes, start, row)
    row.unclosed = end < 0
    at = row.unclosed ? bytes.length : end + 1
  }
  at = nextMark(bytes, at, separator)
  if (at >= bytes.length && !last) return -1
  if (row.count < fieldLimit) addField(bytes, row, start, end < 0 ? at : end)
  return at
}

function nextMark(bytes: Uint8Array, from: number, separator: number): number {
  let at = from
  for (; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === separator || byte === lineFeed || byte === carriageReturn) break
  }
  return at
}

/** Start of the next row; −1 when a CR is the last byte and its LF may follow. */
function afterLine(bytes: Uint8Array, mark: number, row: RowFields, last: boolean): number {
  row.lines++
  const at = mark + 1
  if (bytes[mark] !== carriageReturn) return at
  if (at >= bytes.length && !last) return -1
  return bytes[at] === lineFeed ? at + 1 : at
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9
}

function addField(bytes: Uint8Array, row: RowFields, start: number, end: number): void {
  let stop = end
  while (stop > start && isBlank(bytes[stop - 1])) stop--
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
