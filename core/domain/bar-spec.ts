import { DomainError } from './errors.ts'

/** The calendar unit a time bar is built from. */
export type BarUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

/** How a time bar is built: `step` units of `unit`. Tick, volume and range bars join this union with the blotter. */
export interface BarSpec {
  readonly unit: BarUnit
  readonly step: number
}

const unitByLetter: Readonly<Record<string, BarUnit>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  y: 'year',
}
const letterByUnit: Readonly<Record<BarUnit, string>> = {
  second: 's',
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  year: 'y',
}
const millisecondsByUnit: Readonly<Record<BarUnit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_629_746_000,
  year: 31_556_952_000,
}

/** Reads `1m`, `15m`, `1h`, `1d`, `1w`, `1M`, `1y` (M = month, m = minute). Throws `interval.invalid`. */
export function parseBarSpec(text: string): BarSpec {
  const match = /^([1-9]\d{0,4})([smhdwMy])$/.exec(text)
  const unit = match?.[2] === undefined ? undefined : unitByLetter[match[2]]
  if (match === null || unit === undefined) throw new DomainError('interval.invalid', { interval: text })
  return { unit, step: Number(match[1]) }
}

export function formatBarSpec(spec: BarSpec): string {
  return `${spec.step}${letterByUnit[spec.unit]}`
}

/** Nominal length in milliseconds: exact up to weeks, the mean Gregorian length for months and years. */
export function barSpecMs(spec: BarSpec): number {
  return spec.step * millisecondsByUnit[spec.unit]
}

/** True from one day up: such bars follow sessions and calendars, not a fixed number of milliseconds. */
export function isCalendarSpec(spec: BarSpec): boolean {
  return millisecondsByUnit[spec.unit] >= millisecondsByUnit.day
}
