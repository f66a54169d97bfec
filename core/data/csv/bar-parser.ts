import type { BarSeries } from '../../domain/bar-series.ts'
import { parseBarSpec } from '../../domain/bar-spec.ts'
import { DomainError } from '../../domain/errors.ts'
import { isZone, zoneClock } from '../zone-offsets.ts'
import { createRowColumns, putRow, type RowColumns, type RowValues } from './bar-columns.ts'
import { barFault } from './bar-rules.ts'
import { bytesOf, textOf } from './bytes.ts'
import { compileDateFormat, type DateFormat, datePart } from './date-format.ts'
import { finishBars } from './finish-bars.ts'
import type { BadRowReason, CsvBadRow, CsvRecipe } from './recipe.ts'
import { createRowFields, type RowFields, rowLimit, scanRow } from './row-scanner.ts'
import { createValueReader } from './row-values.ts'
import { createTickJoiner } from './tick-joiner.ts'

/** What a file gave. */
export interface ParsedBars {
  readonly series: BarSeries
  /** Data rows of the file (of the picked contract), good and bad. */
  readonly rows: number
  /** The first of them, in the order in which they were met. */
  readonly badRows: readonly CsvBadRow[]
  readonly badRowCount: number
  /** The first bad row that forbids an all-or-nothing import; null when there is none. */
  readonly refusal: CsvBadRow | null
}

/** Reads a file piece by piece. A piece may end anywhere, also inside a row or a character. */
export interface BarParser {
  push(bytes: Uint8Array): void
  finish(): ParsedBars
}

export interface ParserOptions {
  /** Rows to make room for at once; 0 = unknown. */
  readonly estimatedRows?: number
  /** How many bad rows are described; all are counted. */
  readonly maxBadRows?: number
}

interface ParserState {
  readonly recipe: CsvRecipe
  readonly format: DateFormat
  readonly fields: RowFields
  readonly rows: RowColumns
  readonly bad: CsvBadRow[]
  badCount: number
  refusal: CsvBadRow | null
  dataRows: number
  line: number
  header: number
}

/** A parser for one recipe. Throws `import.recipe-invalid` when the recipe contradicts itself. */
export function createBarParser(recipe: CsvRecipe, options: ParserOptions = {}): BarParser {
  const format = compileDateFormat(recipe.dateFormat)
  if (format === undefined)
    throw new DomainError('import.recipe-invalid', { reason: `date format ${recipe.dateFormat}` })
  if (!isZone(recipe.zone)) throw new DomainError('import.recipe-invalid', { reason: `zone ${recipe.zone}` })
  if (recipe.columns.time !== null && format.time === undefined) {
    throw new DomainError('import.recipe-invalid', { reason: `a time column needs a time in ${recipe.dateFormat}` })
  }
  const spec = parseBarSpec(recipe.interval)
  const rows = createRowColumns(options.estimatedRows ?? 0)
  const bad: CsvBadRow[] = []
  const state: ParserState = {
    recipe,
    format: recipe.columns.time === null ? format : separateDate(recipe, format),
    fields: createRowFields(),
    rows,
    bad,
    badCount: 0,
    refusal: null,
    dataRows: 0,
    line: 1,
    header: recipe.headerRows,
  }
  const report = (row: number, column: string, reason: BadRowReason, text: string) => {
    const described = { row, column, reason, text }
    state.badCount++
    if (bad.length < (options.maxBadRows ?? 200)) bad.push(described)
    if (reason !== 'no-price') state.refusal ??= described
  }
  const read = createRowReader(state, report)
  const feed = createFeeder(state, read, report)
  return {
    push: (bytes) => feed(bytes, false),
    finish() {
      feed(new Uint8Array(0), true)
      const series = finishBars(rows, {
        spec,
        zone: recipe.zone,
        stamp: recipe.shape === 'ticks' ? 'open' : recipe.stamp,
        onBad: (line, reason, stamp) => report(line, 'date', reason, String(stamp)),
      })
      return { series, rows: state.dataRows, badRows: bad, badRowCount: state.badCount, refusal: state.refusal }
    },
  }
}

function separateDate(recipe: CsvRecipe, format: DateFormat): DateFormat {
  const date = compileDateFormat(datePart(recipe.dateFormat))
  if (date === undefined) throw new DomainError('import.recipe-invalid', { reason: `date format ${recipe.dateFormat}` })
  return { ...format, date: date.date }
}

type Report = (row: number, column: string, reason: BadRowReason, text: string) => void

function createFeeder(state: ParserState, read: (bytes: Uint8Array, line: number) => void, report: Report) {
  const scan = { separator: state.recipe.separator.charCodeAt(0), last: false }
  let carry = new Uint8Array(0)
  let first = true
  return (piece: Uint8Array, last: boolean): void => {
    let bytes = carry.length === 0 ? piece : joined(carry, piece)
    if (first && bytes.length < 3 && !last) {
      carry = Uint8Array.from(bytes)
      return
    }
    let at = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    first = false
    scan.last = last
    while (at < bytes.length) {
      const next = scanRow(bytes, at, state.fields, scan)
      if (next < 0) break
      consume(state, bytes, read, report)
      at = next
    }
    if (bytes.length - at > rowLimit) {
      report(state.line, 'date', 'too-long', textOf(bytes, at, bytes.length, 60))
      throw new DomainError('import.file-unreadable', { reason: `line ${state.line} is longer than ${rowLimit} bytes` })
    }
    bytes = bytes.subarray(at)
    // A copy: the caller may reuse the piece it gave.
    carry = last ? new Uint8Array(0) : Uint8Array.from(bytes)
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length + right.length)
  bytes.set(left)
  bytes.set(right, left.length)
  return bytes
}

function consume(
  state: ParserState,
  bytes: Uint8Array,
  read: (bytes: Uint8Array, line: number) => void,
  report: Report,
): void {
  const { fields } = state
  const line = state.line
  state.line += fields.lines
  if (state.header > 0) {
    state.header--
    return
  }
  const blank = fields.count === 1 && (fields.starts[0] as number) >= (fields.ends[0] as number)
  if (blank) return
  if (fields.unclosed) {
    state.dataRows++
    report(line, 'date', 'unclosed-quote', textOf(bytes, fields.starts[fields.count - 1] as number, bytes.length, 60))
    return
  }
  read(bytes, line)
}

/** The hot path: one row of fields to one row of columns, without an object per row. */
function createRowReader(state: ParserState, report: Report): (bytes: Uint8Array, line: number) => void {
  const { recipe, fields, rows } = state
  const { columns } = recipe
  const stampOf = createStampReader(state)
  const values: RowValues = { open: 0, high: 0, low: 0, close: 0, volume: 0, openInterest: 0 }
  const readValues = createValueReader(recipe, fields, values)
  const needed = Math.max(columns.date, columns.time ?? 0, columns.close)
  const picked = recipe.pick === undefined ? undefined : bytesOf(recipe.pick.value)
  const put = recipe.shape === 'ticks' ? createTickJoiner(recipe, rows) : undefined
  const field = (bytes: Uint8Array, column: number) =>
    textOf(bytes, fields.starts[column] as number, fields.ends[column] as number)
  return (bytes, line) => {
    if (picked !== undefined && !sameBytes(bytes, fields, recipe.pick?.column ?? 0, picked)) return
    state.dataRows++
    if (fields.count <= needed) {
      report(line, needed === columns.close ? 'close' : 'date', 'missing-column', field(bytes, 0))
      return
    }
    const stamp = stampOf(bytes)
    if (Number.isNaN(stamp)) {
      report(line, 'date', 'date', field(bytes, columns.date))
      return
    }
    const fault = readValues(bytes) ?? barFault(values)
    if (fault !== undefined) {
      const column = columns[fault.column] ?? columns.close
      report(line, fault.column, fault.reason, column < fields.count ? field(bytes, column) : '')
    } else if (put === undefined) putRow(rows, stamp, line, values)
    else put(stamp, line, values)
  }
}

function createStampReader({ format, fields, recipe }: ParserState): (bytes: Uint8Array) => number {
  const { date, time } = recipe.columns
  const clock = zoneClock(recipe.zone)
  return (bytes) => {
    let stamp = format.date(bytes, fields.starts[date] as number, fields.ends[date] as number)
    if (time !== null && format.time !== undefined) {
      stamp += format.time(bytes, fields.starts[time] as number, fields.ends[time] as number)
    }
    return format.absolute || Number.isNaN(stamp) ? stamp : clock.toUtc(stamp)
  }
}

function sameBytes(bytes: Uint8Array, fields: RowFields, column: number, wanted: Uint8Array): boolean {
  if (column >= fields.count) return false
  const start = fields.starts[column] as number
  if ((fields.ends[column] as number) - start !== wanted.length) return false
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false
  return true
}
