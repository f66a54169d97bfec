import { lowerBound } from '../../../core/lib/columns.ts'
import { fromWallClock, wallClock } from '../../state/zone-time.ts'

/** Returns of one calendar year; NaN where the run has no bar. */
export interface MonthRow {
  readonly year: number
  /** Twelve ratios, January first. */
  readonly months: readonly number[]
  /** Return over the part of the year that the run covers. */
  readonly total: number
}

/**
 * Monthly returns from an equity curve: last equity of a month over the last equity before it; the first month starts
 * from `cash`. Months are those of the zone (IANA, or `utc`). Years ascending; empty for an empty curve.
 */
export function monthTable(time: Float64Array, equity: Float64Array, cash: number, zone: string): MonthRow[] {
  const rows: { year: number; months: number[]; total: number }[] = []
  let base = cash
  let yearBase = cash
  let start = 0
  while (start < time.length) {
    const { year, month } = calendarMonth(time[start] as number, zone)
    const end = lowerBound(time, monthStart(year, month + 1, zone))
    // A zone's clock change can put a bar before the boundary that was just computed; one bar is always consumed.
    const stop = Math.max(end, start + 1)
    const last = equity[stop - 1] as number
    let row = rows.at(-1)
    if (row === undefined || row.year !== year) {
      row = { year, months: Array.from({ length: 12 }, () => Number.NaN), total: Number.NaN }
      rows.push(row)
      yearBase = base
    }
    row.months[month] = base > 0 ? last / base - 1 : Number.NaN
    row.total = yearBase > 0 ? last / yearBase - 1 : Number.NaN
    base = last
    start = stop
  }
  return rows
}

/** Strength of a cell's tint in 0…1: 0 at no change, 1 at the largest monthly move of the table (at least 5 %). */
export function tint(value: number, rows: readonly MonthRow[]): number {
  if (!Number.isFinite(value)) return 0
  const largest = Math.max(0.05, ...rows.flatMap((row) => row.months.filter(Number.isFinite).map(Math.abs)))
  return Math.min(1, Math.abs(value) / largest)
}

function calendarMonth(ms: number, zone: string): { year: number; month: number } {
  const wall = new Date(wallClock(ms, zone))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() }
}

/** First moment of a month in a zone; `month` 12 is January of the next year. */
function monthStart(year: number, month: number, zone: string): number {
  return fromWallClock(Date.UTC(year, month, 1), zone)
}
