import { daysFromCivil, daysInMonth } from './civil.ts'
import { weekdayOf } from './trading-calendar.ts'

/** A day that comes back every year. Weekdays are Monday 1 … Sunday 7. */
export type YearDay = {
  /** The first year in which it counts. */
  readonly since?: number
} & (
  | {
      readonly month: number
      readonly day: number
      /** Which weekend moves it: a Sunday to Monday, or also a Saturday to Friday; absent: none. */
      readonly observed?: 'sunday' | 'both'
      /** Counts only on these weekdays. */
      readonly weekdays?: readonly number[]
    }
  /** The nth of that weekday in the month; −1: the last. */
  | { readonly month: number; readonly weekday: number; readonly nth: number }
  /** So many days after Easter Sunday. */
  | { readonly fromEaster: number }
)

/** Easter Sunday of the western churches, days since 1970-01-01 (the anonymous Gregorian algorithm; Meeus, 1991). */
export function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return daysFromCivil(year, month, day)
}

/** The days that the rules give in those years (both included), ascending; what falls on a weekend stays in. */
export function yearDays(first: number, last: number, rules: readonly YearDay[]): number[] {
  const days: number[] = []
  for (let year = first; year <= last; year++) {
    for (const rule of rules) {
      const day = (rule.since ?? first) > year ? undefined : dayIn(year, rule)
      if (day !== undefined) days.push(day)
    }
  }
  return days.sort((a, b) => a - b)
}

/** The same with single days besides. */
export function holidaysBetween(
  first: number,
  last: number,
  rules: readonly YearDay[],
  single: readonly number[] = [],
): number[] {
  return [...yearDays(first, last, rules), ...single].sort((a, b) => a - b)
}

function dayIn(year: number, rule: YearDay): number | undefined {
  if ('fromEaster' in rule) return easterSunday(year) + rule.fromEaster
  if ('nth' in rule) return nthWeekday(year, rule)
  const day = daysFromCivil(year, rule.month, rule.day)
  const weekday = weekdayOf(day)
  if (rule.weekdays !== undefined && !rule.weekdays.includes(weekday)) return undefined
  if (weekday === 7 && rule.observed !== undefined) return day + 1
  if (weekday === 6 && rule.observed === 'both') return day - 1
  return day
}

function nthWeekday(
  year: number,
  { month, weekday, nth }: { readonly month: number; readonly weekday: number; readonly nth: number },
): number {
  if (nth < 0) {
    const end = daysFromCivil(year, month, daysInMonth(year, month))
    return end - ((weekdayOf(end) - weekday + 7) % 7)
  }
  const start = daysFromCivil(year, month, 1)
  return start + ((weekday - weekdayOf(start) + 7) % 7) + 7 * (nth - 1)
}
