import { open, rename, rm } from 'node:fs/promises'
import { zstdCompressSync } from 'node:zlib'
import { DomainError } from '../../domain/errors.ts'
import type { ExportColumn, TableExportPort } from '../../workstation/export-port.ts'

/** Rows of a group: what a reader has to unpack for a part of the file. */
const groupRows = 250_000
const csvRows = 50_000

/** Writes columns as `.parquet` (zstd) or `.csv`; the file appears when it is whole. */
export function createTableExport(): TableExportPort {
  return {
    async write(path, columns) {
      const part = `${path}.part`
      try {
        const file = await open(part, 'w')
        try {
          for (const piece of await piecesOf(path, columns)) await file.write(piece)
          await file.sync()
        } finally {
          await file.close()
        }
        const handle = await open(part, 'r')
        const { size } = await handle.stat()
        await handle.close()
        await rename(part, path)
        return { bytes: size }
      } catch (cause) {
        await rm(part, { force: true })
        if (cause instanceof DomainError) throw cause
        const { code = '', message } = cause as NodeJS.ErrnoException
        if (code === 'ENOSPC') throw new DomainError('store.full', { file: path }, { cause })
        throw new DomainError('export.failed', { path, reason: code === '' ? message : code }, { cause })
      }
    },
  }
}

async function piecesOf(path: string, columns: readonly ExportColumn[]): Promise<Iterable<Uint8Array>> {
  if (path.endsWith('.parquet')) return [await parquetBytes(columns)]
  if (path.endsWith('.csv')) return csvPieces(columns)
  throw new DomainError('export.failed', { path, reason: '.parquet or .csv' })
}

/** Times are TIMESTAMP (milliseconds, UTC) where they are whole, else DOUBLE; figures are DOUBLE, NaN included. */
async function parquetBytes(columns: readonly ExportColumn[]): Promise<Uint8Array> {
  // Loaded when the first such file is written
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const content = parquetWriteBuffer({
    codec: 'ZSTD',
    compressors: { ZSTD: (input: Uint8Array) => new Uint8Array(zstdCompressSync(input)) },
    rowGroupSize: groupRows,
    createdBy: 'Tickwright',
    columnData: columns.map(({ name, kind, values }) => {
      if (kind === 'number' || !values.every(Number.isInteger)) {
        return { name, data: values, type: 'DOUBLE' as const, nullable: false }
      }
      const data = Array.from(values, (value) => new Date(value))
      return { name, data, type: 'TIMESTAMP' as const, nullable: false, encoding: 'DELTA_BINARY_PACKED' as const }
    }),
  })
  return new Uint8Array(content)
}

function* csvPieces(columns: readonly ExportColumn[]): Iterable<Uint8Array> {
  const encoder = new TextEncoder()
  const rows = columns[0]?.values.length ?? 0
  yield encoder.encode(`${columns.map(({ name }) => name).join(',')}\n`)
  for (let from = 0; from < rows; from += csvRows) {
    const lines = Array.from({ length: Math.min(csvRows, rows - from) }, (_, row) =>
      columns.map((column) => cell(column, from + row)).join(','),
    )
    yield encoder.encode(`${lines.join('\n')}\n`)
  }
}

function cell({ kind, values }: ExportColumn, row: number): string {
  const value = values[row] as number
  if (!Number.isFinite(value)) return ''
  return kind === 'time' && Number.isInteger(value) ? new Date(value).toISOString() : String(value)
}
