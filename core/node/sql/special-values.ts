import { type BarSeries, barColumnNames } from '../../domain/bar-series.ts'
import { invariant } from '../../lib/assert.ts'

/** The price and volume columns of a bar row, in the order of the table. */
export const valueColumns = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const

/** The columns of `bars` after its key's first two, in the order of the bulk paths. */
export const rowColumns = [
  ...['open_time', 'close_time', 'open', 'high', 'low', 'close', 'volume', 'open_interest', 'special'],
] as const

/**
 * A double as SQL keeps it, and two bits for what it does not: MariaDB stores −0 as 0 and refuses ∞, so a row says
 * in `special` that a column is −0 (1), ∞ (2) or −∞ (3). NaN is NULL with bits 0.
 */
export function specialOf(value: number): number {
  if (value === 0) return Object.is(value, -0) ? 1 : 0
  if (value === Number.POSITIVE_INFINITY) return 2
  return value === Number.NEGATIVE_INFINITY ? 3 : 0
}

const meanings = [Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

/** Puts back what the bits say into bar `at`. */
export function restoreSpecial(bars: BarSeries, at: number, special: number): void {
  for (const [index, name] of valueColumns.entries()) {
    const bits = (special >> (index * 2)) & 3
    if (bits !== 0) bars[name][at] = meanings[bits] as number
  }
}

/** The bits of bar `at`. */
export function specialBits(bars: BarSeries, at: number): number {
  let bits = 0
  for (let index = 0; index < valueColumns.length; index++) {
    const value = bars[valueColumns[index] as (typeof valueColumns)[number]][at] as number
    // Nearly every value is neither zero nor infinite: one comparison tells.
    if (value === 0 || value - value !== 0) bits |= specialOf(value) << (index * 2)
  }
  return bits
}

/** Times are whole milliseconds in BIGINT; a fraction would be rounded without a word. */
export function assertWholeTimes(bars: BarSeries): void {
  for (const name of ['time', 'closeTime'] as const) {
    for (const value of bars[name]) {
      if (!Number.isSafeInteger(value) && !(name === 'closeTime' && Number.isNaN(value)))
        invariant(false, `${name} ${value} is no whole millisecond`)
    }
  }
  invariant(barColumnNames.length === valueColumns.length + 2, 'a column of a bar has no place in its row')
}
