import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { DomainError } from '../../domain/errors.ts'

/** Rows of one piece of text. */
const pieceRows = 20_000

/**
 * A Parquet file as the text that a CSV file with the same content would have: a header with the names of its flat
 * columns, then its rows; moments as ISO 8601 in UTC, numbers with all their digits, nothing where a value is missing.
 * So it is inspected, mapped and imported like any other file. Throws `import.file-unreadable` with what is wrong.
 */
export async function* parquetPieces(path: string, onRows: (share: number) => void = () => undefined) {
  const encoder = new TextEncoder()
  try {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    const names = metadata.schema.slice(1).flatMap(({ name, num_children = 0 }) => (num_children > 0 ? [] : [name]))
    yield encoder.encode(`${names.map(quoted).join(',')}\n`)
    const total = Number(metadata.num_rows)
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors: codecs })
      for (let row = 0; row < rows.length; row += pieceRows) {
        const lines = rows.slice(row, row + pieceRows).map((one) => names.map((name) => cell(one[name])).join(','))
        onRows((rowStart + Math.min(rows.length, row + pieceRows)) / Math.max(1, total))
        yield encoder.encode(`${lines.join('\n')}\n`)
      }
      rowStart = rowEnd
    }
  } catch (cause) {
    if (cause instanceof DomainError) throw cause
    throw new DomainError('import.file-unreadable', { path, reason: `Parquet: ${(cause as Error).message}` }, { cause })
  }
}

/** Node's own zstd is faster than one in JavaScript. */
const codecs = { ...compressors, ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input)) }

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return quoted(String(value))
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
