import { GrowingColumn } from '../../lib/columns.ts'

/** `PGCOPY`, flags and an empty header extension. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const pieceRows = 4_096
/** A field of a double: its length, then eight bytes. */
const fieldBytes = 12

/** Rows of doubles after an int4 `series` in PostgreSQL's binary COPY; NaN is null. */
export function* copyRows(series: number, columns: readonly Float64Array[]): Generator<Buffer> {
  yield signature
  const { length } = columns[0] as Float64Array
  for (let from = 0; from < length; from += pieceRows) {
    const to = Math.min(from + pieceRows, length)
    const piece = Buffer.allocUnsafe((to - from) * (10 + columns.length * fieldBytes))
    let at = 0
    for (let row = from; row < to; row++) {
      at = piece.writeInt16BE(columns.length + 1, at)
      at = piece.writeInt32BE(4, at)
      at = piece.writeInt32BE(series, at)
      for (const column of columns) at = writeDouble(piece, at, column[row] as number)
    }
    yield piece.subarray(0, at)
  }
  yield Buffer.from([0xff, 0xff])
}

function writeDouble(piece: Buffer, at: number, value: number): number {
  if (Number.isNaN(value)) return piece.writeInt32BE(-1, at)
  return piece.writeDoubleBE(value, piece.writeInt32BE(8, at))
}

/** Columns of doubles from PostgreSQL's binary COPY, piece by piece; null is NaN. */
export class CopyReader {
  readonly #columns: GrowingColumn[]
  #rest: Buffer = Buffer.alloc(0)
  #isHead = true

  constructor(columns: number) {
    this.#columns = Array.from({ length: columns }, () => new GrowingColumn())
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    let at = 0
    if (this.#isHead) {
      if (bytes.length < signature.length) {
        this.#rest = bytes
        return
      }
      this.#isHead = false
      at = signature.length
    }
    // The longest row; what may not be whole waits for the next piece, the two bytes of the end for ever.
    const rowBytes = 2 + this.#columns.length * fieldBytes
    while (bytes.length - at >= rowBytes) at = this.#row(bytes, at)
    while (bytes.length - at > 2) {
      const end = this.#wholeRow(bytes, at)
      if (end < 0) break
      at = this.#row(bytes, at)
    }
    this.#rest = bytes.subarray(at)
  }

  /** Where the row at `at` ends, −1 when not all of it is there. */
  #wholeRow(bytes: Buffer, at: number): number {
    let end = at + 2
    for (let field = 0; field < this.#columns.length; field++) {
      if (bytes.length - end < 4) return -1
      end += bytes.readInt32BE(end) < 0 ? 4 : fieldBytes
    }
    return end <= bytes.length ? end : -1
  }

  #row(bytes: Buffer, from: number): number {
    let at = from + 2
    for (const column of this.#columns) {
      const length = bytes.readInt32BE(at)
      column.push(length < 0 ? Number.NaN : bytes.readDoubleBE(at + 4))
      at += length < 0 ? 4 : fieldBytes
    }
    return at
  }

  columns(): Float64Array[] {
    return this.#columns.map((column) => column.take())
  }
}
