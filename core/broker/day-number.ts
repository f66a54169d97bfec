const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Days since 1970-01-01 of the calendar day at `time` in an IANA zone. */
export function dayNumber(time: number, zone: string): number {
  if (zone === 'UTC') return Math.floor(time / dayMs)
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  const [year, month, day] = format.format(time).split('-').map(Number)
  return Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1) / dayMs
}
