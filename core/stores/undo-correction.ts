import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import type { Correction } from './correction-store.ts'
import { mergeBars } from './merge-bars.ts'

/** The series before a correction, from the one after it. Taking back what is not there changes nothing. */
export function undoCorrection(bars: BarSeries, { before, added }: Pick<Correction, 'before' | 'added'>): BarSeries {
  return mergeBars(without(bars, added), before).bars
}

function without(bars: BarSeries, times: Float64Array): BarSeries {
  if (times.length === 0) return bars
  const gone = new Set(times)
  const rows: number[] = []
  for (let row = 0; row < bars.length; row++) if (!gone.has(bars.time[row] as number)) rows.push(row)
  if (rows.length === bars.length) return bars
  const left = createBarSeries(rows.length)
  for (const name of barColumnNames) for (const [at, row] of rows.entries()) left[name][at] = bars[name][row] as number
  return left
}
