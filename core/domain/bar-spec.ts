import { DomainError } from './errors.ts'

/** The calendar unit a time bar is built from. */
export type BarUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

/** How a time bar is built: `step` units of `unit`. */
export interface BarSpec {
  readonly unit: BarUnit
  readonly step: number
}

/** What ends a bar that time does not end: prints, units traded, money traded, or the way that the price has gone. */
export const measures = ['tick', 'volume', 'value', 'range', 'renko'] as const
export type Measure = (typeof measures)[number]

/** A bar of `step` prints, units, units of money, or of a range or brick of `step` price points. */
export interface MeasureSpec {
  readonly measure: Measure
  readonly step: number
}

/** Any kind of bar. */
export type IntervalSpec = BarSpec | MeasureSpec

export function isMeasureSpec(spec: IntervalSpec): spec is MeasureSpec {
  return 'measure' in spec
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

/** The spellings that `parseInterval` takes. */
export const intervalPattern = /^([1-9]\d{0,4}[smhdwMy]|(\d{1,12}|\d{1,8}\.\d{1,10})(tick|volume|value|range|renko))$/

/** Like `parseBarSpec`, and `500tick`, `10000volume`, `1000000value` (money), `2.5range`, `2.5renko` (price points). */
export function parseInterval(text: string): IntervalSpec {
  const [, digits, name] = /^([\d.]+)([a-z]{4,})$/.exec(text) ?? []
  const measure = measures.find((each) => each === name)
  if (measure === undefined) return parseBarSpec(text)
  const step = Number(digits)
  const fits = intervalPattern.test(text) && step > 0 && (measure !== 'tick' || Number.isInteger(step))
  if (!fits) throw new DomainError('interval.invalid', { interval: text })
  return { measure, step }
}

/** The text that `parseInterval` reads back. */
export function formatInterval(spec: IntervalSpec): string {
  return isMeasureSpec(spec) ? `${spec.step}${spec.measure}` : formatBarSpec(spec)
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
