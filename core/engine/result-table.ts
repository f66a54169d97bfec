import { ensureDefined } from '../lib/assert.ts'
import type { RecordBuffer } from '../lib/record-buffer.ts'

/** Columns of equal length by name; `texts[column][code]` names the codes of a text column. */
export interface ResultTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** Records as columns of their own. */
export function recordsTable(
  records: RecordBuffer,
  names: readonly string[],
  texts: ResultTable['texts'],
): ResultTable {
  const values = records.columns()
  const columns = Object.fromEntries(
    names.map((name, index) => [name, ensureDefined(values[index], `column ${name} of a record`)]),
  )
  return { rows: records.count, columns, texts }
}
