import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { mergeBars } from './merge-bars.ts'
import type { Revision } from './revision-store.ts'

/** The series before a revision, from the one after it. Taking back what is not there changes nothing. */
export function undoRevision(bars: BarSeries, { before, added }: Pick<Revision, 'before' | 'added'>): BarSeries {
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
