import { type BarSeries, createBarSeries } from '../../domain/bar-series.ts'
import { type BarSpec, barSpecMs, isCalendarSpec } from '../../domain/bar-spec.ts'
import { createPeriods } from '../periods.ts'
import { zoneClock } from '../zone-offsets.ts'
import type { RowColumns } from './bar-columns.ts'
import type { BadRowReason } from './recipe.ts'

/** Told of rows whose time makes them no bar. */
export type OnBadStamp = (line: number, reason: BadRowReason, stamp: number) => void

export interface FinishOptions {
  readonly spec: BarSpec
  readonly zone: string
  readonly stamp: 'open' | 'close' | 'day'
  readonly onBad: OnBadStamp
}

const valueNames = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const

/**
 * Rows to bars: stamps become open and close times, a file that runs strictly backwards is turned round, and rows that
 * repeat or precede an earlier stamp are reported and left out.
 */
export function finishBars(rows: RowColumns, options: FinishOptions): BarSeries {
  const { opens, closes } = barTimes(rows, options)
  const order = ascendingRows(opens, options, rows)
  const bars = createBarSeries(order.length)
  for (const name of valueNames) take(rows[name], order, bars[name])
  take(opens, order, bars.time)
  take(closes, order, bars.closeTime)
  return bars
}

/** Prints as bars without length; several may share a moment, and one that is earlier than the last is left out. */
export function finishPrints(rows: RowColumns, onBad: OnBadStamp): BarSeries {
  const order = new Int32Array(rows.length)
  let count = 0
  let latest = Number.NEGATIVE_INFINITY
  for (let row = 0; row < rows.length; row++) {
    const stamp = rows.stamp[row] as number
    if (stamp < latest) onBad(rows.line[row] as number, 'out-of-order', stamp)
    else order[count++] = row
    latest = Math.max(latest, stamp)
  }
  const kept = order.subarray(0, count)
  const bars = createBarSeries(count)
  for (const name of valueNames) take(rows[name], kept, bars[name])
  take(rows.stamp, kept, bars.time)
  take(rows.stamp, kept, bars.closeTime)
  return bars
}

function take(from: Float64Array, order: Int32Array, into: Float64Array): void {
  for (let index = 0; index < order.length; index++) into[index] = from[order[index] as number] as number
}

function barTimes(rows: RowColumns, { spec, zone, stamp }: FinishOptions) {
  const opens = new Float64Array(rows.length)
  const closes = new Float64Array(rows.length)
  const calendar = isCalendarSpec(spec)
  const periods = createPeriods(spec, zoneClock(zone))
  const lengthMs = barSpecMs(spec)
  for (let index = 0; index < rows.length; index++) {
    const at = rows.stamp[index] as number
    if (calendar) {
      // A close stamp on the border belongs to the period that ends there.
      periods.seek(stamp === 'close' ? at - 1 : at)
      opens[index] = periods.from
      closes[index] = periods.to
    } else {
      const open = stamp === 'close' ? at - lengthMs : at
      opens[index] = open
      closes[index] = open + lengthMs
    }
  }
  return { opens, closes }
}

/** Row indexes in ascending time. */
function ascendingRows(opens: Float64Array, options: FinishOptions, rows: RowColumns): Int32Array {
  const backwards = runsBackwards(opens)
  const order = new Int32Array(opens.length)
  let count = 0
  let latest = Number.NEGATIVE_INFINITY
  for (let step = 0; step < opens.length; step++) {
    const index = backwards ? opens.length - 1 - step : step
    const time = opens[index] as number
    if (time > latest) {
      order[count++] = index
      latest = time
    } else {
      const reason = time === latest ? 'duplicate' : 'out-of-order'
      options.onBad(rows.line[index] as number, reason, rows.stamp[index] as number)
    }
  }
  return order.subarray(0, count)
}

/** Newest first: no row is later than the one before it, and at least one is earlier. */
function runsBackwards(opens: Float64Array): boolean {
  for (let index = 1; index < opens.length; index++) {
    if ((opens[index] as number) > (opens[index - 1] as number)) return false
  }
  return opens.length > 1 && (opens[opens.length - 1] as number) < (opens[0] as number)
}
