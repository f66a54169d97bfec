import { invariant } from '../../lib/assert.ts'
import { bytesOf, canonicalizeNaN } from '../../stores/bar-blocks.ts'
import type { RunTable } from '../../stores/run-store.ts'
import { packColumns, sha256, unpackColumns } from './packed-columns.ts'

/** A run's table as it lies in `run_tables`. */
export interface RunTableRow {
  readonly rows: number
  /** JSON list of column names. */
  readonly columns: string
  /** JSON of the texts. */
  readonly texts: string
  readonly raw_bytes: number
  /** SHA-256 over names, texts and the decoded columns. */
  readonly hash: string
  readonly data: Uint8Array
}

export function encodeRunTable(table: RunTable): RunTableRow {
  const names = Object.keys(table.columns)
  const values = new Float64Array(names.length * table.rows)
  for (const [index, name] of names.entries()) {
    const column = table.columns[name] as Float64Array
    invariant(column.length === table.rows, `column ${name} has ${column.length} of ${table.rows} rows`)
    values.set(column, index * table.rows)
  }
  canonicalizeNaN(values)
  const { data, rawBytes } = packColumns(values, table.rows)
  const [columns, texts] = [JSON.stringify(names), JSON.stringify(table.texts)]
  return { rows: table.rows, columns, texts, raw_bytes: rawBytes, hash: hashOf(columns, texts, values), data }
}

/** Throws when anything in the row is not as it was written. */
export function decodeRunTable(row: RunTableRow): RunTable {
  const names = JSON.parse(row.columns) as string[]
  const values = new Float64Array(names.length * row.rows)
  unpackColumns({ data: row.data, rawBytes: row.raw_bytes }, values, row.rows)
  invariant(hashOf(row.columns, row.texts, values) === row.hash, 'the hash differs')
  const columns = names.map((name, index) => [name, values.slice(index * row.rows, (index + 1) * row.rows)] as const)
  return { rows: row.rows, columns: Object.fromEntries(columns), texts: JSON.parse(row.texts) as RunTable['texts'] }
}

function hashOf(columns: string, texts: string, values: Float64Array<ArrayBuffer>): string {
  return sha256(Buffer.from(`${columns}\n${texts}\n${sha256(bytesOf(values))}`))
}
