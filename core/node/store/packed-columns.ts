import { hash } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { invariant } from '../../lib/assert.ts'
import { decodeColumns, encodeColumns, maxEncodedBytes } from './column-codec.ts'

/** SHA-256 as lower-case hex: the `Sha256` that this host gives to core. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

/** Columns as they lie in the database. */
export interface PackedColumns {
  /** One zstd frame, with checksum. */
  readonly data: Uint8Array
  /** Length before compression: zstd gives back a part of a cut frame without a word (08 section 3). */
  readonly rawBytes: number
}

// Without the checksum flag zstd misses two of three flipped bits (08 section 3).
const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 }

/** Packs `values`, which hold columns of `rows` values one after the other. */
export function packColumns(values: Float64Array<ArrayBuffer>, rows: number): PackedColumns {
  const raw = encodeColumns(split(values, rows), rows)
  return { data: zstdCompressSync(raw, { params }), rawBytes: raw.length }
}

/** Fills `values` with the columns of `packColumns`, one after the other; throws when a byte of the frame is damaged. */
export function unpackColumns(
  packed: PackedColumns,
  values: Float64Array<ArrayBuffer>,
  rows: number,
): Float64Array<ArrayBuffer> {
  const { data, rawBytes } = packed
  const columns = split(values, rows)
  invariant(rawBytes > 0 && rawBytes <= maxEncodedBytes(columns.length, rows), `raw length ${rawBytes}`)
  const raw = zstdDecompressSync(data, { chunkSize: Math.max(64, rawBytes), maxOutputLength: rawBytes })
  invariant(raw.length === rawBytes, `${raw.length} of ${rawBytes} bytes`)
  decodeColumns(raw, columns)
  return values
}

/** The same without the frame: for rows that are soon written again. What is damaged, a hash must tell. */
export function encodeRows(values: Float64Array<ArrayBuffer>, rows: number): PackedColumns {
  const raw = encodeColumns(split(values, rows), rows)
  return { data: raw, rawBytes: raw.length }
}

/** Fills `values` with what `encodeRows` gave. */
export function decodeRows({ data }: PackedColumns, values: Float64Array<ArrayBuffer>, rows: number): void {
  decodeColumns(data, split(values, rows))
}

function split(values: Float64Array<ArrayBuffer>, rows: number): Float64Array<ArrayBuffer>[] {
  const count = rows === 0 ? 0 : values.length / rows
  return Array.from({ length: count }, (_, index) => values.subarray(index * rows, (index + 1) * rows))
}
