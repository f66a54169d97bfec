import { DomainError } from '../../domain/errors.ts'
import { bytesOf } from './bytes.ts'
import { compileDateFormat, datePart } from './date-format.ts'
import { type ColumnGuess, inferColumns } from './infer-columns.ts'
import { inferDate, inferTime } from './infer-date.ts'
import { type IntervalGuess, inferInterval } from './infer-interval.ts'
import type { CsvRecipe } from './recipe.ts'
import { inferSeparator, sampleRows } from './sample-rows.ts'

export interface InferredRecipe {
  readonly recipe: CsvRecipe
  /** Fields of the recipe that the sample does not settle; also `quotes` (bid prices are used), `ticks` and `pick`. */
  readonly doubts: readonly string[]
  /** Contracts found in the sample, when there are several. */
  readonly picks: readonly string[]
}

export interface InferOptions {
  readonly path: string
  readonly encoding: CsvRecipe['encoding']
  /** False when the file goes on after the sample. */
  readonly whole: boolean
}

const rowLimit = 3_000

/** The recipe that a file's beginning suggests. Throws `import.empty`, `import.no-columns` or `import.unsupported`. */
export function inferRecipe(text: string, options: InferOptions): InferredRecipe {
  const { path, encoding, whole } = options
  const sample = text.replace(/^\ufeff/, '')
  if (sample.trim() === '') throw new DomainError('import.empty', { path })
  const { separator, certain } = inferSeparator(sample, whole)
  const rows = sampleRows(sample, separator, { limit: rowLimit, whole })
  const headerRows = countHeader(rows)
  const data = fullRows(rows.slice(headerRows))
  if (data.length === 0) throw new DomainError(headerRows > 0 ? 'import.empty' : 'import.no-columns', { path })
  const guess = guessColumns(headerRows === 0 ? [] : (rows[headerRows - 1] ?? []), data, options)
  const picked = pickContract(guess, data)
  const stamps = inferStamps(guess, picked.rows, path)
  const ticks = guess.kind === 'prints' || guess.kind === 'bid-prints' || looksLikePrints(guess, picked.rows, stamps)
  const rhythm: IntervalGuess = ticks
    ? { interval: '1m', stamp: 'open', doubts: ['ticks'] }
    : inferInterval(stamps.times)
  const recipe: CsvRecipe = {
    separator,
    encoding,
    headerRows: physicalHeader(sample, headerRows, separator),
    columns: guess.columns,
    dateFormat: stamps.format,
    decimal: inferDecimal(guess, data, separator),
    zone: 'UTC',
    stamp: rhythm.stamp,
    interval: rhythm.interval,
    priceDivisor: isTenThousandths(guess, data, headerRows) ? 10_000 : 1,
    badRows: 'refuse',
    ...(picked.value === null ? {} : { pick: { column: guess.contract as number, value: picked.value } }),
    ...(ticks ? { shape: 'ticks' as const } : {}),
  }
  const doubts = [
    ...(certain ? [] : ['separator']),
    ...guess.doubts,
    ...(stamps.certain ? [] : ['dateFormat']),
    ...rhythm.doubts,
    ...derivedDoubts(recipe, stamps.absolute),
  ]
  return { recipe, doubts: [...new Set(doubts)], picks: picked.values }
}

function guessColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { path, whole }: InferOptions,
): ColumnGuess {
  const inferred = inferColumns(header, rows, whole)
  if (inferred.ok) return inferred.value
  if (inferred.error === 'no-columns') throw new DomainError('import.no-columns', { path })
  throw new DomainError('import.unsupported', { path, reason: inferred.error })
}

/** Doubts that lie in the recipe itself: days have no clock and so no doubt about its zone. */
function derivedDoubts(recipe: CsvRecipe, absolute: boolean): string[] {
  return [
    ...(recipe.stamp === 'day' || absolute ? [] : ['zone']),
    ...(recipe.priceDivisor === 1 ? [] : ['priceDivisor']),
    ...(recipe.pick === undefined ? [] : ['pick']),
  ]
}

const numeric = /^[+-]?[\d.,]+(e[+-]?\d+)?$/i

/** Rows before the first one in which two fields are numbers or dates. */
function countHeader(rows: readonly (readonly string[])[]): number {
  const first = rows.findIndex(
    (row) => row.filter((field) => numeric.test(field) || /^\d[\d\s/.:T-]{5,}/.test(field)).length >= 2,
  )
  if (first >= 0) return first
  return rows.length > 1 && rows.every((row) => !/\d{4}/.test(row[0] ?? ''))
    ? rows.length
    : /\d{4}/.test(rows[0]?.[0] ?? '')
      ? 0
      : 1
}

/** Blank lines count as header lines for the parser, which counts lines of the file. */
function physicalHeader(sample: string, headerRows: number, separator: string): number {
  if (headerRows === 0) return 0
  const lines = sample.split(/\r\n|\n|\r/)
  let seen = 0
  for (const [index, line] of lines.entries()) {
    if (line.split(separator).some((field) => field.trim() !== '')) seen++
    if (seen === headerRows) return index + 1
  }
  return headerRows
}

/** Rows of the usual width: a torn line must not decide what a column means. */
function fullRows(rows: readonly (readonly string[])[]): (readonly string[])[] {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? []
  return rows.filter((row) => row.length === width)
}

function pickContract({ contract }: ColumnGuess, rows: readonly (readonly string[])[]) {
  if (contract === null) return { value: null, values: [] as string[], rows }
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row[contract] ?? '', (counts.get(row[contract] ?? '') ?? 0) + 1)
  const values = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value)
  const value = values[0] ?? ''
  return { value, values, rows: rows.filter((row) => row[contract] === value) }
}

function inferStamps({ columns }: ColumnGuess, rows: readonly (readonly string[])[], path: string) {
  const dates = rows.map((row) => row[columns.date] ?? '').filter((text) => text !== '')
  const clocks = columns.time === null ? [] : rows.map((row) => row[columns.time as number] ?? '')
  const date = inferDate(dates)
  const time = columns.time === null ? '' : inferTime(clocks)
  const named = /(?:^|\D)((?:19|20)\d\d[01]\d[0-3]\d)(?:\D|$)/.exec(path.split(/[\\/]/).at(-1) ?? '')?.[1]
  const inName = date === undefined && named !== undefined && inferTime(dates) === 'ms-of-day'
  if ((date === undefined && !inName) || time === undefined) throw new DomainError('import.no-columns', { path })
  const format = inName ? `ms-of-day@${named}` : `${date?.format}${time === '' ? '' : ` ${time}`}`
  const compiled = compileDateFormat(format)
  const dateOnly = time === '' ? compiled?.date : compileDateFormat(datePart(format))?.date
  const read = (parser: typeof dateOnly, text: string) => {
    const bytes = bytesOf(text)
    return parser?.(bytes, 0, bytes.length) ?? Number.NaN
  }
  const times = dates.map(
    (text, index) => read(dateOnly, text) + (time === '' ? 0 : read(compiled?.time, clocks[index] ?? '')),
  )
  return {
    format,
    certain: date?.certain ?? true,
    absolute: compiled?.absolute === true,
    times: times.filter((value) => !Number.isNaN(value)),
  }
}

/** Ticks under bar names: every row flat, stamps between whole seconds. */
function looksLikePrints(
  { columns: { open, high, low, close } }: ColumnGuess,
  rows: readonly (readonly string[])[],
  { times }: { readonly times: readonly number[] },
): boolean {
  if (open === null || high === null || low === null) return false
  const flat = rows.every((row) => row[open] === row[high] && row[high] === row[low] && row[low] === row[close])
  return flat && times.filter((time) => time % 1_000 !== 0).length * 2 > times.length
}

function inferDecimal({ columns }: ColumnGuess, rows: readonly (readonly string[])[], separator: string): '.' | ',' {
  if (separator === ',' && !rows.some((row) => /^\d+,\d+$/.test(row[columns.close] ?? ''))) return '.'
  const texts = rows.map((row) => row[columns.close] ?? '')
  const commas = texts.filter((text) => /^[+-]?\d+,\d+$/.test(text)).length
  const dots = texts.filter((text) => text.includes('.')).length
  return commas > dots ? ',' : '.'
}

/** QuantConnect's equity files: no header, times within a day or `yyyyMMdd HH:mm`, whole prices of at least 1000. */
function isTenThousandths({ columns }: ColumnGuess, rows: readonly (readonly string[])[], headerRows: number): boolean {
  if (headerRows > 0 || columns.open === null) return false
  const stamped = rows.every((row) => /^(\d{1,8}|\d{8} \d\d:\d\d)$/.test(row[columns.date] ?? ''))
  return stamped && rows.every((row) => /^\d{4,}$/.test(row[columns.close] ?? ''))
}
