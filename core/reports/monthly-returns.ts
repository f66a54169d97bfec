/** Return of one calendar month (UTC). */
export interface MonthlyReturn {
  readonly year: number
  /** 1 … 12 */
  readonly month: number
  /** Last equity of the month over that of the month before, less 1. */
  readonly value: number
}

/** Month by month in time order; the first month is measured against `initialCash`. Months without a row are missing. */
export function monthlyReturns(time: Float64Array, equity: Float64Array, initialCash: number): MonthlyReturn[] {
  const months: MonthlyReturn[] = []
  let before = initialCash
  let current = monthOf(time[0] ?? 0)
  for (let row = 0; row < time.length; row++) {
    const next = row + 1 < time.length ? monthOf(time[row + 1] as number) : undefined
    if (next === current) continue
    const value = equity[row] as number
    months.push({ year: Math.floor(current / 12), month: (current % 12) + 1, value: value / before - 1 })
    before = value
    if (next !== undefined) current = next
  }
  return months
}

/** Months since year 0: year · 12 + month, counted with the civil calendar of H. Hinnant, without a Date per row. */
function monthOf(time: number): number {
  const days = Math.floor(time / 86_400_000) + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 2 : shifted - 10
  const year = yearOfEra + era * 400 + (month <= 1 ? 1 : 0)
  return year * 12 + month
}
