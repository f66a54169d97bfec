/** Milliseconds of one civil day. */
export const dayMs = 86_400_000

/** Days since 1970-01-01 of a proleptic Gregorian date; month 1–12 (Hinnant, “chrono-compatible date algorithms”). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Year and month (1–12) of a day number: the inverse of `daysFromCivil`, without the day. */
export function monthOfDay(days: number): { readonly year: number; readonly month: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month }
}

/** Days in a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `2006-01-02 09:05:00` of a UTC time, without `Date`. */
/** Day of a date such as 2024-03-29; NaN for any other text. */
export function dayOfDate(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  return day === undefined ? Number.NaN : daysFromCivil(Number(year), Number(month), Number(day))
}

export function isoText(time: number): string {
  const days = Math.floor(time / dayMs)
  const { year, month } = monthOfDay(days)
  const day = days - daysFromCivil(year, month, 1) + 1
  const seconds = Math.floor((time - days * dayMs) / 1_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((value) => two(Math.floor(value))).join(':')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${clock}`
}
