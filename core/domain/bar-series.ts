import { invariant } from '../lib/assert.ts'
import { sharedColumn } from '../lib/columns.ts'

/**
 * Bars in bulk: columns of equal length, ascending strictly by `time`.
 * `time` is the bar's OPEN time and `closeTime` its end (exclusive), both EpochMs: a bar covers [time, closeTime).
 * Missing open interest is NaN; volume is in units of the instrument, NaN when the source has none.
 */
export interface BarSeries {
  readonly length: number
  readonly time: Float64Array
  readonly closeTime: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly openInterest: Float64Array
}

export const barColumnNames = ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const

export type BarColumnName = (typeof barColumnNames)[number]

/** A zeroed series over SharedArrayBuffers, so that workers read it without a copy. */
export function createBarSeries(length: number): BarSeries {
  const column = () => sharedColumn(length)
  return {
    length,
    time: column(),
    closeTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    openInterest: column(),
  }
}

/** The bars with index in [from, to), sharing the same memory. */
export function sliceBars(bars: BarSeries, from: number, to: number): BarSeries {
  invariant(from >= 0 && to >= from && to <= bars.length, `slice ${from}…${to} of ${bars.length} bars`)
  return {
    length: to - from,
    time: bars.time.subarray(from, to),
    closeTime: bars.closeTime.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
    openInterest: bars.openInterest.subarray(from, to),
  }
}
