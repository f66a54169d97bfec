import type { BarSeries } from '../../domain/bar-series.ts'
import { parseBarSpec } from '../../domain/bar-spec.ts'
import { DomainError } from '../../domain/errors.ts'
import { isoText } from '../civil.ts'
import { isZone, zoneClock } from '../zone-offsets.ts'
import { createRowColumns, putRow, type RowColumns, type RowValues } from './bar-columns.ts'
import { barFault } from './bar-rules.ts'
import { bytesOf, textOf } from './bytes.ts'
import { compileDateFormat, type DateFormat, datePart } from './date-format.ts'
import { finishBars, finishPrints, type OnBadStamp } from './finish-bars.ts'
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
  /** Named in errors. */
  readonly path?: string
  /** Prints of a `ticks` recipe stay rows of one price and one moment instead of joining into bars. */
  readonly keepPrints?: boolean
}

interface ParserState {
  readonly recipe: CsvRecipe
  readonly format: DateFormat
  readonly fields: RowFields
  readonly rows: RowColumns
  readonly path: string
  badCount: number
  refusal: CsvBadRow | null
  dataRows: number
  line: number
  header: number
}

/** A parser for one recipe. Throws `import.recipe-invalid` when the recipe contradicts itself. */
export function createBarParser(recipe: CsvRecipe, options: ParserOptions = {}): BarParser {
  const spec = parseBarSpec(recipe.interval)
  const rows = createRowColumns(options.estimatedRows ?? 0)
  const bad: CsvBadRow[] = []
  const state: ParserState = {
    recipe,
    format: formatOf(recipe),
    fields: createRowFields(),
    rows,
    path: options.path ?? '',
    badCount: 0,
    refusal: null,
    dataRows: 0,
    line: 1,
    header: recipe.headerRows,
  }
  const report: Report = (row, column, reason, text) => {
    const described = { row, column, reason, text }
    state.badCount++
    if (bad.length < (options.maxBadRows ?? 200)) bad.push(described)
    if (reason !== 'no-price') state.refusal ??= described
  }
  const keepsPrints = recipe.shape === 'ticks' && options.keepPrints === true
  const feed = createFeeder(state, createRowReader(state, report, putterOf(recipe, rows, keepsPrints)), report)
  return {
    push: (bytes) => feed(bytes, false),
    finish() {
      feed(new Uint8Array(0), true)
      const onBad: OnBadStamp = (line, reason, stamp) => report(line, 'date', reason, isoText(stamp))
      const stamp = recipe.shape === 'ticks' ? 'open' : recipe.stamp
      const series = keepsPrints
        ? finishPrints(rows, onBad)
        : finishBars(rows, { spec, zone: recipe.zone, stamp, onBad })
      return { series, rows: state.dataRows, badRows: bad, badRowCount: state.badCount, refusal: state.refusal }
    },
  }
}

function invalid(reason: string, value: string): DomainError {
  return new DomainError('import.recipe-invalid', { reason, value })
}

function formatOf(recipe: CsvRecipe): DateFormat {
  const format = compileDateFormat(recipe.dateFormat)
  if (format === undefined) throw invalid('date-format', recipe.dateFormat)
  if (!isZone(recipe.zone)) throw invalid('zone', recipe.zone)
  if (recipe.columns.time === null) return format
  const date = compileDateFormat(datePart(recipe.dateFormat))
  if (format.time === undefined || date === undefined) throw invalid('time-column', recipe.dateFormat)
  return { ...format, date: date.date }
}

type Report = (row: number, column: string, reason: BadRowReason, text: string) => void
type ReadRow = (bytes: Uint8Array, line: number) => void

/** Cuts pieces into rows; what is left of an incomplete row waits for the next piece. */
function createFeeder(state: ParserState, read: ReadRow, report: Report) {
  const scan = { separator: state.recipe.separator.charCodeAt(0), last: false }
  let carry = new Uint8Array(0)
  let first = true
  return (piece: Uint8Array, last: boolean): void => {
    const bytes = carry.length === 0 ? piece : joined(carry, piece)
    // Three bytes decide whether there is a byte order mark.
    const early = first && bytes.length < 3 && !last
    let at = early || !first ? 0 : markLength(bytes)
    first = early
    scan.last = last
    while (!early && at < bytes.length) {
      const next = scanRow(bytes, at, state.fields, scan)
      if (next < 0) break
      consume(state, bytes, read, report)
      at = next
    }
    if (bytes.length - at > rowLimit)
      throw new DomainError('import.file-unreadable', { path: state.path, reason: 'line-too-long', row: state.line })
    // A copy: the caller may reuse the piece it gave.
    carry = Uint8Array.from(bytes.subarray(at))
  }
}

function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length + right.length)
  bytes.set(left)
  bytes.set(right, left.length)
  return bytes
}

function consume(state: ParserState, bytes: Uint8Array, read: ReadRow, report: Report): void {
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

type PutRow = (stamp: number, line: number, values: RowValues) => void

function putterOf(recipe: CsvRecipe, rows: RowColumns, keepsPrints: boolean): PutRow {
  if (recipe.shape === 'ticks' && !keepsPrints) return createTickJoiner(recipe, rows)
  return (stamp, line, values) => {
    if (keepsPrints) values.open = values.high = values.low = values.close
    putRow(rows, stamp, line, values)
  }
}

/** The hot path: one row of fields to one row of columns, without an object per row. */
function createRowReader(state: ParserState, report: Report, put: PutRow): ReadRow {
  const { recipe, fields } = state
  const { columns } = recipe
  const stampOf = createStampReader(state)
  const values: RowValues = { open: 0, high: 0, low: 0, close: 0, volume: 0, openInterest: 0 }
  const readValues = createValueReader(recipe, fields, values)
  const needed = Math.max(columns.date, columns.time ?? 0, columns.close)
  const isPicked = createPicker(recipe, fields)
  const field = (bytes: Uint8Array, column: number) =>
    column < fields.count ? textOf(bytes, fields.starts[column] as number, fields.ends[column] as number) : ''
  return (bytes, line) => {
    if (!isPicked(bytes)) return
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
    if (fault === undefined) put(stamp, line, values)
    else report(line, fault.column, fault.reason, field(bytes, columns[fault.column] ?? columns.close))
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

/** Whether a row belongs to the contract of the recipe. */
function createPicker({ pick }: CsvRecipe, fields: RowFields): (bytes: Uint8Array) => boolean {
  if (pick === undefined) return () => true
  const { column } = pick
  const wanted = bytesOf(pick.value)
  return (bytes) => {
    if (column >= fields.count) return false
    const start = fields.starts[column] as number
    if ((fields.ends[column] as number) - start !== wanted.length) return false
    for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false
    return true
  }
}
