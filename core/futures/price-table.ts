import { DomainError } from '../domain/errors.ts'

/** Cells of a CSV file under the names in its first row. */
export interface PriceTable {
  readonly path: string
  /** Texts by column name (lower case). */
  readonly columns: ReadonlyMap<string, readonly string[]>
  readonly rows: number
}

/**
 * Reads a table separated by commas, semicolons or tabs; quotes around a cell are left out and empty lines passed over
 * at the end only. Throws `futures.no-contracts` when it has no rows, and `futures.bad-row` for a row with more or fewer
 * cells than the first. Row numbers in errors are lines of the file, the first row being 1.
 */
export function readPriceTable(path: string, content: string): PriceTable {
  const lines = content
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r\n|\n|\r/)
  const separator = [';', '\t'].find((mark) => lines[0]?.includes(mark)) ?? ','
  const cellsOf = (line: string) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const names = cellsOf(lines[0] ?? '').map((name) => name.toLowerCase())
  const columns = names.map((): string[] => [])
  for (let row = 1; row < lines.length; row++) {
    const cells = cellsOf(lines[row] as string)
    if (cells.length !== names.length) {
      const column = names[Math.min(cells.length, names.length) - 1] ?? ''
      const expected = `${names.length} cells`
      throw new DomainError('futures.bad-row', { path, row: row + 1, column, text: lines[row] as string, expected })
    }
    for (const [at, cell] of cells.entries()) columns[at]?.push(cell)
  }
  if (lines.length < 2) throw new DomainError('futures.no-rows', { path })
  return { path, columns: new Map(names.map((name, at) => [name, columns[at] ?? []])), rows: lines.length - 1 }
}

/** A column under the first of several names that is there. Throws `futures.no-column` naming the first. */
export function tableColumn(table: PriceTable, names: readonly string[]): readonly string[] {
  const found = findColumn(table, names)
  if (found !== undefined) return found
  throw new DomainError('futures.no-column', { path: table.path, column: names[0] ?? '', needed: names.join(', ') })
}

export function findColumn(table: PriceTable, names: readonly string[]): readonly string[] | undefined {
  for (const name of names) if (table.columns.has(name)) return table.columns.get(name)
  return undefined
}

/** Numbers of a column, NaN where it is empty or says NaN. Throws `futures.bad-row` for other texts. */
export function numberColumn(table: PriceTable, name: string): Float64Array {
  return Float64Array.from(tableColumn(table, [name]), (text, row) => {
    if (/^(nan|na|null)?$/i.test(text)) return Number.NaN
    const value = Number(text)
    if (Number.isFinite(value)) return value
    throw badCell({ table, row, column: name }, text, 'a number')
  })
}

/** Dates `2024-03-15`, with a time of day or not, UTC unless a zone is written. Throws `futures.bad-row`. */
export function dateColumn(table: PriceTable, column: string): Float64Array {
  return Float64Array.from(tableColumn(table, [column]), (text, row) => {
    const time = readDate(text)
    if (time !== undefined) return time
    throw badCell({ table, row, column }, text, 'a date such as 2024-03-15')
  })
}

/** EpochMs of an ISO date that the calendar has. */
function readDate(text: string): number | undefined {
  const [, day, clock = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  if (day === undefined) return undefined
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // Date.parse takes 30 February for 1 March in some forms.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined
  const time = Date.parse(`${day}T${clock === '' ? '00:00' : clock}${zone}`)
  return Number.isNaN(time) ? undefined : time
}

interface Place {
  readonly table: PriceTable
  readonly row: number
  readonly column: string
}

/** The failure of a cell; `row` counts from 0 below the names. */
export function badCell({ table, row, column }: Place, text: string, expected: string): DomainError {
  return new DomainError('futures.bad-row', { path: table.path, row: row + 2, column, text, expected })
}
