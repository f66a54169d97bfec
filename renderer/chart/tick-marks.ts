import type { ZoneClock } from './zone-clock.ts'

/** How important a boundary on the time axis is; the library thins lower ones first. */
export const tickWeight = {
  none: 0,
  second: 10,
  minute: 20,
  fiveMinutes: 21,
  halfHour: 22,
  hour: 30,
  threeHours: 31,
  sixHours: 32,
  halfDay: 33,
  day: 50,
  week: 51,
  month: 60,
  quarter: 61,
  year: 70,
  decade: 71,
} as const

const hour = 3_600_000
const day = 24 * hour

const withinDay = [
  [12 * hour, tickWeight.halfDay],
  [6 * hour, tickWeight.sixHours],
  [3 * hour, tickWeight.threeHours],
  [hour, tickWeight.hour],
  [hour / 2, tickWeight.halfHour],
  [hour / 12, tickWeight.fiveMinutes],
  [60_000, tickWeight.minute],
  [1_000, tickWeight.second],
] as const

/** Weight of a bar on the axis: the largest calendar boundary crossed since the bar before, both as wall-clock times. */
export function weightBetween(before: number, now: number): number {
  if (Math.floor(before / day) !== Math.floor(now / day)) return calendarWeight(before, now)
  for (const [size, weight] of withinDay) {
    if (Math.floor(before / size) !== Math.floor(now / size)) return weight
  }
  return tickWeight.none
}

function calendarWeight(before: number, now: number): number {
  const a = new Date(before)
  const b = new Date(now)
  if (a.getUTCFullYear() !== b.getUTCFullYear()) {
    const sameDecade = Math.floor(a.getUTCFullYear() / 10) === Math.floor(b.getUTCFullYear() / 10)
    return sameDecade ? tickWeight.year : tickWeight.decade
  }
  if (a.getUTCMonth() !== b.getUTCMonth()) return b.getUTCMonth() % 3 === 0 ? tickWeight.quarter : tickWeight.month
  // 1970-01-05 was a Monday.
  const monday = (ms: number) => Math.floor((ms - 4 * day) / (7 * day))
  return monday(before) === monday(now) ? tickWeight.day : tickWeight.week
}

/** Text of a mark: the part of the date that changed there. */
export function tickLabel(local: number, weight: number, language: string): string {
  const at = new Date(local)
  if (weight >= tickWeight.year) return String(at.getUTCFullYear())
  if (weight >= tickWeight.month) return formatOf(language, 'month').format(at)
  if (weight >= tickWeight.day) return String(at.getUTCDate())
  const iso = at.toISOString()
  return weight >= tickWeight.minute ? iso.slice(11, 16) : iso.slice(11, 19)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is a hundred times the work of using it. */
function formatOf(language: string, field: 'month' | 'weekday'): Intl.DateTimeFormat {
  const key = `${language} ${field}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { [field]: 'short', timeZone: 'UTC' })
    formats.set(key, format)
  }
  return format
}

/** A bar's moment in words for the axis under the cursor: `Wed 2016-03-02` or, within the day, `Wed 2016-03-02 09:30`. */
export function momentLabel(ms: number, clock: ZoneClock, language: string, isIntraday: boolean): string {
  const at = new Date(clock.local(ms))
  const weekday = formatOf(language, 'weekday').format(at)
  const iso = at.toISOString().replace('T', ' ')
  return `${weekday} ${iso.slice(0, isIntraday ? 16 : 10)}`
}
