/** What stands where a value is undefined: an en dash, never 0 or NaN. */
export const missing = '–'

/** How much of a moment is shown. */
export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond'

const lengths: Readonly<Record<TimePrecision, number>> = { day: 10, minute: 16, second: 19, millisecond: 23 }
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      ...(zone === 'local' ? {} : { timeZone: zone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/**
 * A moment as `2026-03-02 21:03:12.418` in an IANA zone, `utc` or `local`; – when undefined.
 * An unknown zone is shown as UTC. Digits only, so that a column of moments does not jitter.
 */
export function dateTime(ms: number | null | undefined, zone = 'utc', precision: TimePrecision = 'minute'): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return missing
  return isoIn(ms, zone).slice(0, lengths[precision])
}

/** The day only: `2026-03-02`. */
export function date(ms: number | null | undefined, zone = 'utc'): string {
  return dateTime(ms, zone, 'day')
}

function isoIn(ms: number, zone: string): string {
  if (zone === 'utc' || zone === 'UTC') return isoUtc(ms)
  let parts: Intl.DateTimeFormatPart[]
  try {
    parts = formatOf(zone).formatToParts(ms)
  } catch {
    return isoUtc(ms)
  }
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  const fraction = String(Math.floor(((ms % 1000) + 1000) % 1000)).padStart(3, '0')
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}.${fraction}`
}

function isoUtc(ms: number): string {
  if (Math.abs(ms) > 8.64e15) return missing
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
}

/** The zone to show an instrument's times in: its exchange's, UTC, or this computer's. */
export function zoneFor(preference: 'exchange' | 'utc' | 'local', exchangeZone: string | undefined): string {
  if (preference === 'exchange') return exchangeZone ?? 'utc'
  return preference
}
