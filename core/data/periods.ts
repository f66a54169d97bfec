import type { BarSpec } from '../domain/bar-spec.ts'
import { barSpecMs, isCalendarSpec } from '../domain/bar-spec.ts'
import { dayMs, daysFromCivil, monthOfDay } from './civil.ts'
import type { ZoneClock } from './zone-offsets.ts'

/** The period of a time spec around an instant: `from` ≤ instant < `to`, both EpochMs. Reused: read it at once. */
export interface Periods {
  readonly from: number
  readonly to: number
  /** Moves to the period that holds the instant. */
  seek(utc: number): void
}

const hourMs = 3_600_000
/** 1970-01-05 was a Monday. */
const firstMonday = 4

/**
 * Cuts time into periods of a spec as a zone's clock shows them.
 * Up to an hour: even steps from local midnight. Longer: from one local clock time to another, so that a 4-hour bar or
 * a day lasts an hour more or less when clocks change. Weeks begin on Monday; several days, weeks, months or years are
 * counted from 1970. `dayStart`: local milliseconds from midnight to where a day begins, negative for a session that
 * opens the evening before.
 */
export function createPeriods(spec: BarSpec, clock: ZoneClock, dayStart = 0): Periods {
  const periods = { from: 0, to: 0, seek }
  const short = barSpecMs(spec) <= hourMs
  function seek(utc: number): void {
    if (utc >= periods.from && utc < periods.to) return
    if (short) seekShort(periods, utc, barSpecMs(spec), clock)
    else if (isCalendarSpec(spec)) seekDays(utc)
    else seekHours(periods, utc, barSpecMs(spec), clock)
  }
  function seekDays(utc: number): void {
    const day = Math.floor((utc + clock.offsetAt(utc) - dayStart) / dayMs)
    const [first, next] = calendarDays(spec, day)
    periods.from = clock.toUtc(first * dayMs + dayStart)
    periods.to = clock.toUtc(next * dayMs + dayStart)
  }
  return periods
}

interface Bounds {
  from: number
  to: number
}

function seekShort(into: Bounds, utc: number, stepMs: number, clock: ZoneClock): void {
  const span = clock.span(utc)
  const local = utc + span.offset
  const midnight = Math.floor(local / dayMs) * dayMs
  const start = midnight + Math.floor((local - midnight) / stepMs) * stepMs
  into.from = Math.max(start - span.offset, span.from)
  into.to = Math.min(start + stepMs - span.offset, midnight + dayMs - span.offset, span.to)
}

function seekHours(into: Bounds, utc: number, stepMs: number, clock: ZoneClock): void {
  const local = utc + clock.offsetAt(utc)
  const midnight = Math.floor(local / dayMs) * dayMs
  const start = midnight + Math.floor((local - midnight) / stepMs) * stepMs
  into.from = clock.toUtc(start)
  into.to = clock.toUtc(Math.min(start + stepMs, midnight + dayMs))
}

/** First day of the period that holds `day`, and first day of the next one. */
function calendarDays({ unit, step }: BarSpec, day: number): readonly [number, number] {
  if (unit === 'day') return counted(day, step, 0)
  if (unit === 'week') return counted(day, step * 7, firstMonday)
  const { year, month } = monthOfDay(day)
  const months = unit === 'year' ? step * 12 : step
  const first = Math.floor(((year - 1970) * 12 + month - 1) / months) * months
  return [dayOfMonthIndex(first), dayOfMonthIndex(first + months)]
}

function counted(day: number, step: number, anchor: number): readonly [number, number] {
  const first = Math.floor((day - anchor) / step) * step + anchor
  return [first, first + step]
}

function dayOfMonthIndex(index: number): number {
  const year = Math.floor(index / 12)
  return daysFromCivil(1970 + year, index - year * 12 + 1, 1)
}
