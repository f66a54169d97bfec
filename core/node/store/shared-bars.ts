import { type BarSeries, barColumnNames, createBarSeries } from '../../domain/bar-series.ts'

/** The series itself when its columns are shared memory, else a shared copy: only that crosses threads without a copy each way. */
export function toSharedBars(bars: BarSeries): BarSeries {
  if (barColumnNames.every((name) => bars[name].buffer instanceof SharedArrayBuffer)) return bars
  const shared = createBarSeries(bars.length)
  for (const name of barColumnNames) shared[name].set(bars[name])
  return shared
}
