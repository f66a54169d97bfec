import { DomainError } from '../domain/errors.ts'
import { civilDate, civilTime } from './civil-date.ts'
import type { ReturnSeries } from './return-facts.ts'

/** A file of returns as text, and the rows that said nothing. */
export interface ReturnsFile {
  readonly series: ReturnSeries
  /** Rows whose return is empty or `nan`: undefined, left out. */
  readonly skipped: number
}

interface Row {
  readonly time: number
  readonly value: number
}

const dayMs = 86_400_000
const undefinedTexts: ReadonlySet<string> = new Set(['', 'nan', 'na', 'n/a', 'null', 'none', '-', '–'])

/**
 * Reads `date,return` rows in any order: comma, semicolon or tab; a header or none; ISO days, `yyyy/MM/dd`, `yyyyMMdd`,
 * with or without a time of day; ratios, or percent with its sign. Further columns are ignored unless the header names
 * the return. Times are the clock of the file. Throws `returns.malformed`, `returns.duplicate` or `returns.empty`.
 */
export function readReturns(text: string, path: string): ReturnsFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const firstRow = lines.findIndex((line) => line.trim() !== '')
  const separator = separatorOf(lines[firstRow] ?? '')
  const header = cellsOf(lines[firstRow] ?? '', separator)
  const hasHeader = !header.some((cell) => !Number.isNaN(parseTime(cell)))
  const columns = columnsOf(header, hasHeader, cellsOf(lines[firstRow + (hasHeader ? 1 : 0)] ?? '', separator))
  const rows: (Row & { readonly line: number })[] = []
  let skipped = 0
  for (let at = Math.max(0, firstRow) + (hasHeader ? 1 : 0); at < lines.length; at++) {
    const line = lines[at] as string
    if (line.trim() === '') continue
    const row = readRow(cellsOf(line, separator), columns, { path, row: at + 1 })
    if (Number.isNaN(row.value)) skipped++
    else rows.push({ ...row, line: at + 1 })
  }
  if (rows.length === 0) throw new DomainError('returns.empty', { path })
  rows.sort((a, b) => a.time - b.time)
  const twice = rows.find((row, at) => rows[at + 1]?.time === row.time)
  if (twice !== undefined)
    throw new DomainError('returns.duplicate', { path, row: twice.line, date: dateText(twice.time) })
  return {
    series: { time: Float64Array.from(rows, ({ time }) => time), value: Float64Array.from(rows, ({ value }) => value) },
    skipped,
  }
}

function separatorOf(line: string): string {
  return ['\t', ';', ','].find((mark) => line.includes(mark)) ?? ','
}

function cellsOf(line: string, separator: string): string[] {
  return line.split(separator).map((cell) =>
    cell
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
      .trim(),
  )
}

interface Columns {
  readonly date: number
  readonly value: number
}

/** Named columns where the header has them; else the first date and the cell behind it. */
function columnsOf(header: readonly string[], hasHeader: boolean, first: readonly string[]): Columns {
  const found = first.findIndex((cell) => !Number.isNaN(parseTime(cell)))
  const date = found < 0 ? 0 : found
  const named = hasHeader
    ? header.findIndex((cell, column) => column !== date && /^(ret|returns?|pct_?change|chg)$|return/i.test(cell))
    : -1
  return { date, value: named < 0 ? date + 1 : named }
}

function readRow(cells: readonly string[], { date, value }: Columns, place: { path: string; row: number }): Row {
  const time = parseTime(cells[date] ?? '')
  if (Number.isNaN(time)) throw malformed('date', cells[date], place)
  const text = cells[value]
  if (text === undefined) throw malformed('missing-column', cells.join(','), place)
  if (undefinedTexts.has(text.toLowerCase())) return { time, value: Number.NaN }
  const isPercent = text.endsWith('%')
  const number = Number((isPercent ? text.slice(0, -1) : text).trim().replace(/^\u2212/, '-'))
  if (!Number.isFinite(number)) throw malformed(/^[+-]?inf/i.test(text) ? 'not-finite' : 'number', text, place)
  return { time, value: isPercent ? number / 100 : number }
}

function malformed(
  reason: string,
  text: string | undefined,
  { path, row }: { path: string; row: number },
): DomainError {
  return new DomainError('returns.malformed', { path, row, reason, text: (text ?? '').slice(0, 80) })
}

const dayPattern =
  /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:\s*(?:Z|[+-]\d\d:?\d\d))?$/

/** The written clock as if it were UTC; NaN when the text is no day. */
function parseTime(text: string): number {
  const found = dayPattern.exec(text)
  if (found === null || (found[2] === '' && !/^\d{8}(\D|$)/.test(text))) return Number.NaN
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map((at) => Number(found[at] ?? 0)) as [
    ...[number, number, number],
    ...[number, number, number],
  ]
  const start = civilTime(year, month, day)
  const written = civilDate(start)
  if (month < 1 || month > 12 || written.day !== day || written.month !== month) return Number.NaN
  return start + hour * 3_600_000 + minute * 60_000 + second * 1000
}

function dateText(time: number): string {
  const { year, month, day } = civilDate(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor((time % dayMs) / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${year}-${two(month)}-${two(day)}${seconds === 0 ? '' : ` ${clock}`}`
}
