import { monthNumber } from './civil-date.ts'

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
  let current = monthNumber(time[0] ?? 0)
  for (let row = 0; row < time.length; row++) {
    const next = row + 1 < time.length ? monthNumber(time[row + 1] as number) : undefined
    if (next === current) continue
    const value = equity[row] as number
    months.push({ year: Math.floor(current / 12), month: (current % 12) + 1, value: value / before - 1 })
    before = value
    if (next !== undefined) current = next
  }
  return months
}
