import { type BarSeries, createBarSeries } from '../../domain/bar-series.ts'
import { invariant } from '../../lib/assert.ts'
import { restoreSpecial, specialBits, valueColumns } from './special-values.ts'
import type { SeriesKey } from './sql-link.ts'

// PostgreSQL's binary COPY: a 19-byte head, per row a field count and per field its length and bytes (big-endian),
// then −1. Numbers keep every bit and no text is formatted or parsed.
const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const tail = Buffer.from([0xff, 0xff])
const twoPow32 = 2 ** 32
const rowsPerChunk = 2_048

/** The rows of `bars` as binary COPY of (instrument, bar_interval, `rowColumns`). */
export function* encodeCopy(key: SeriesKey, bars: BarSeries): Generator<Buffer> {
  yield head
  const names = encodeNames(key)
  const widest = names.length + 2 * 12 + valueColumns.length * 12 + 8
  for (let from = 0; from < bars.length; from += rowsPerChunk) {
    const to = Math.min(bars.length, from + rowsPerChunk)
    const chunk = Buffer.allocUnsafe((to - from) * widest)
    let at = 0
    for (let row = from; row < to; row++) at = encodeRow(chunk, at, names, bars, row)
    yield chunk.subarray(0, at)
  }
  yield tail
}

function encodeNames({ instrument, interval }: SeriesKey): Buffer {
  const texts = [Buffer.from(instrument), Buffer.from(interval)]
  const bytes = Buffer.alloc(2 + texts.reduce((sum, text) => sum + 4 + text.length, 0))
  let at = bytes.writeInt16BE(2 + 2 + valueColumns.length + 1, 0)
  for (const text of texts) {
    at = bytes.writeInt32BE(text.length, at)
    at += text.copy(bytes, at)
  }
  return bytes
}

function encodeRow(chunk: Buffer, start: number, names: Buffer, bars: BarSeries, row: number): number {
  let at = start + names.copy(chunk, start)
  at = encodeTime(chunk, at, bars.time[row] as number)
  at = encodeTime(chunk, at, bars.closeTime[row] as number)
  for (let index = 0; index < valueColumns.length; index++) {
    const value = bars[valueColumns[index] as (typeof valueColumns)[number]][row] as number
    // NaN and ∞ are NULL: what they were is in `special`.
    if (value - value !== 0) at = chunk.writeInt32BE(-1, at)
    else at = chunk.writeDoubleBE(value + 0, chunk.writeInt32BE(8, at))
  }
  return chunk.writeInt32BE(specialBits(bars, row), chunk.writeInt32BE(4, at))
}

function encodeTime(chunk: Buffer, at: number, time: number): number {
  if (Number.isNaN(time)) return chunk.writeInt32BE(-1, at)
  const high = Math.floor(time / twoPow32)
  return chunk.writeUInt32BE(time - high * twoPow32, chunk.writeInt32BE(high, chunk.writeInt32BE(8, at)))
}

/** Reads binary COPY of `rowColumns` as it arrives, into a series of at most `count` bars. */
export function createCopyReader(count: number) {
  const bars = createBarSeries(count)
  let rows = 0
  let rest: Buffer = Buffer.alloc(0)
  let begun = false
  return {
    /** A piece of the stream; rows may be cut anywhere. */
    add(piece: Buffer): void {
      let chunk = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      if (!begun && chunk.length >= head.length) {
        chunk = chunk.subarray(head.length)
        begun = true
      }
      let at = 0
      for (let end = begun ? rowEnd(chunk, at) : -1; end > 0; end = rowEnd(chunk, at)) {
        invariant(rows < count, `more than ${count} rows`)
        decodeRow(chunk, at, bars, rows++)
        at = end
      }
      rest = Buffer.from(chunk.subarray(at))
    },
    bars,
    /** Rows read so far. */
    rows: () => rows,
  }
}

/** Where the row at `at` ends; −1 when it is not all there or the stream's end mark. */
function rowEnd(chunk: Buffer, start: number): number {
  if (chunk.length < start + 2) return -1
  const fields = chunk.readInt16BE(start)
  if (fields < 0) return -1
  let at = start + 2
  for (let field = 0; field < fields; field++) {
    if (chunk.length < at + 4) return -1
    at += 4 + Math.max(0, chunk.readInt32BE(at))
  }
  return chunk.length < at ? -1 : at
}

function decodeRow(chunk: Buffer, start: number, bars: BarSeries, row: number): void {
  let at = start + 2
  for (const name of ['time', 'closeTime'] as const) {
    const isNull = chunk.readInt32BE(at) < 0
    bars[name][row] = isNull ? Number.NaN : chunk.readInt32BE(at + 4) * twoPow32 + chunk.readUInt32BE(at + 8)
    at += isNull ? 4 : 12
  }
  for (let index = 0; index < valueColumns.length; index++) {
    const isNull = chunk.readInt32BE(at) < 0
    bars[valueColumns[index] as (typeof valueColumns)[number]][row] = isNull ? Number.NaN : chunk.readDoubleBE(at + 4)
    at += isNull ? 4 : 12
  }
  const special = chunk.readInt32BE(at + 4)
  if (special !== 0) restoreSpecial(bars, row, special)
}
