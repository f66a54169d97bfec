import { barSpecMs, isMeasureSpec, parseInterval } from '../../core/domain/bar-spec.ts'
import type { Coverage } from './types.ts'

/** Intervals offered everywhere; any other `1m`…`1y` text works too. */
export const commonIntervals = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1M'] as const

/** Nominal length in milliseconds; 0 for bars that time does not end, NaN for text that is no interval. */
export function intervalMs(interval: string): number {
  try {
    const spec = parseInterval(interval)
    return isMeasureSpec(spec) ? 0 : barSpecMs(spec)
  } catch {
    return Number.NaN
  }
}

/** True for bars that time does not end (volume, range, renko): they can be built from anything that is stored. */
export function isMeasured(interval: string): boolean {
  return intervalMs(interval) === 0
}

/** Stored series of one instrument, finest first. */
export function seriesOf(coverage: readonly Coverage[], instrument: string): Coverage[] {
  return coverage
    .filter((series) => series.instrument === instrument)
    .sort((a, b) => intervalMs(a.interval) - intervalMs(b.interval))
}

/** Common intervals that an instrument can show: its stored ones and all coarser ones, finest first. */
export function availableIntervals(coverage: readonly Coverage[], instrument: string): string[] {
  const stored = seriesOf(coverage, instrument).map((series) => series.interval)
  const finest = stored[0]
  if (finest === undefined) return []
  const coarser = commonIntervals.filter((interval) => intervalMs(interval) >= intervalMs(finest))
  return [...new Set([...stored, ...coarser])].sort((a, b) => intervalMs(a) - intervalMs(b))
}

/** The wished interval where the instrument can show it, else its finest stored one. */
export function preferredInterval(coverage: readonly Coverage[], instrument: string, wished: string): string {
  const stored = seriesOf(coverage, instrument)
  const finest = stored[0]?.interval
  if (finest === undefined || isMeasured(wished) || intervalMs(wished) >= intervalMs(finest)) return wished
  return finest
}

const dayMs = 86_400_000

/** True from one day up: such bars are days of their exchange, and are shown without a time. */
export function isDaily(interval: string): boolean {
  return intervalMs(interval) >= dayMs
}

/**
 * The last moment a series covers, as it should be read: for days the last day itself, since the stored end is the
 * exclusive close, which is the next midnight.
 */
export function lastMoment(series: Coverage): number {
  return isDaily(series.interval) ? series.to - Math.min(dayMs, series.to - series.from) / 2 : series.to
}
