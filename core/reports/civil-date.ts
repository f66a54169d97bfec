const dayMs = 86_400_000

/** A day of the civil calendar; of the clock that the time is written on (UTC, unless the caller moved it). */
export interface CivilDate {
  readonly year: number
  /** 1 … 12 */
  readonly month: number
  /** 1 … 31 */
  readonly day: number
}

/** The day of a time, counted with the civil calendar of H. Hinnant, without a Date per row. */
export function civilDate(time: number): CivilDate {
  const days = Math.floor(time / dayMs) + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

/** First moment of a day; months outside 1 … 12 run over into other years, days beyond the month's end are its last. */
export function civilTime(year: number, month: number, day = 1): number {
  const months = year * 12 + month - 1
  const start = dayNumber(Math.floor(months / 12), (months % 12) + 1)
  const next = dayNumber(Math.floor((months + 1) / 12), ((months + 1) % 12) + 1)
  return Math.min(start + day - 1, next - 1) * dayMs
}

/** Days from 1970-01-01 to the first of a month. */
function dayNumber(year: number, month: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Months since year 0: year · 12 + month, month from 0. */
export function monthNumber(time: number): number {
  const { year, month } = civilDate(time)
  return year * 12 + month - 1
}

/** 0 Sunday … 6 Saturday. */
export function weekday(time: number): number {
  const days = Math.floor(time / dayMs) + 4
  return ((days % 7) + 7) % 7
}
