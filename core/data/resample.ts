import { type BarSeries, sliceBars } from '../domain/bar-series.ts'
import { type BarSpec, barSpecMs, type IntervalSpec, isCalendarSpec, isMeasureSpec } from '../domain/bar-spec.ts'
import { dayMs } from './civil.ts'
import { resampleColumns } from './resample-columns.ts'

/**
 * Coarser bars: open of the first, highest high, lowest low, close and open interest of the last, volumes summed (a NaN
 * volume among known ones counts as none; all NaN stays NaN); R-04. The last bar is kept although its period may not be
 * over: see `endsPartial`. Days, weeks, months and hours are those of `zone`; `spec` must be coarser than the bars.
 */
export function resampleBars(bars: BarSeries, spec: IntervalSpec, zone: string): BarSeries {
  return resampleColumns(bars, { profile: 'default', spec, zone }).bars
}

/** True when the last resampled bar ends later than its data: it may still change. */
export function endsPartial(source: BarSeries, resampled: BarSeries): boolean {
  if (source.length === 0) return false
  return (source.closeTime[source.length - 1] as number) < (resampled.closeTime[resampled.length - 1] as number)
}

/** The resampled bars whose periods are over in the source. */
export function completeBars(source: BarSeries, resampled: BarSeries): BarSeries {
  return sliceBars(resampled, 0, resampled.length - (endsPartial(source, resampled) ? 1 : 0))
}

/**
 * The coarsest available interval from which the wanted one can be built without splitting a bar; undefined: none.
 * Bars of volume, money, range or bricks come from the finest; those of prints from prints alone.
 */
export function planResample(available: readonly BarSpec[], wanted: IntervalSpec): BarSpec | undefined {
  if (isMeasureSpec(wanted)) {
    return wanted.measure === 'tick' ? undefined : available.toSorted((a, b) => barSpecMs(a) - barSpecMs(b))[0]
  }
  const exact = available.find((spec) => spec.unit === wanted.unit && spec.step === wanted.step)
  if (exact !== undefined) return exact
  const fitting = available.filter((spec) => divides(spec, wanted))
  return fitting.sort((a, b) => barSpecMs(b) - barSpecMs(a))[0]
}

function divides(source: BarSpec, wanted: BarSpec): boolean {
  if (!isCalendarSpec(source)) return (isCalendarSpec(wanted) ? dayMs : barSpecMs(wanted)) % barSpecMs(source) === 0
  if (!isCalendarSpec(wanted)) return false
  if (source.unit === 'day') return source.step === 1 || (wanted.unit === 'day' && wanted.step % source.step === 0)
  if (source.unit === 'week') return wanted.unit === 'week' && wanted.step % source.step === 0
  const months = ({ unit, step }: BarSpec) => (unit === 'year' ? step * 12 : unit === 'month' ? step : Number.NaN)
  return months(wanted) % months(source) === 0
}

const ladder: readonly BarSpec[] = [
  ...[5, 10, 15, 30].map((step) => ({ unit: 'second', step }) as const),
  ...[1, 2, 3, 5, 10, 15, 30].map((step) => ({ unit: 'minute', step }) as const),
  ...[1, 2, 4].map((step) => ({ unit: 'hour', step }) as const),
  { unit: 'day', step: 1 },
  { unit: 'week', step: 1 },
  { unit: 'month', step: 1 },
  ...[1, 2, 5, 10, 25, 50, 100].map((step) => ({ unit: 'year', step }) as const),
]

/**
 * The finest usual interval at which `bars` bars of `spec` become at most `maxBars`. It reckons with gaps: a session of
 * 6 hours, 4 sessions a week, a broken bar at each session's edges; `spec` itself when it already fits.
 */
export function widenToMax(spec: BarSpec, bars: number, maxBars: number): BarSpec {
  if (bars <= maxBars) return spec
  const wider = ladder.filter((rung) => barSpecMs(rung) > barSpecMs(spec) && divides(spec, rung))
  const fits = wider.find((rung) => Math.ceil(bars / barsWithin(spec, rung)) <= maxBars)
  return fits ?? wider.at(-1) ?? spec
}

const tradedMs: Readonly<Partial<Record<BarSpec['unit'], number>>> = {
  day: 6 * 3_600_000,
  week: 4 * 6 * 3_600_000,
  month: 17 * 6 * 3_600_000,
  year: 230 * 6 * 3_600_000,
}

/** A low guess of how many bars of `spec` one bar of `rung` joins. */
function barsWithin(spec: BarSpec, rung: BarSpec): number {
  const sourceMs = isCalendarSpec(spec) ? (tradedMs[spec.unit] ?? 1) * spec.step : barSpecMs(spec)
  if (isCalendarSpec(rung)) return Math.max(1, ((tradedMs[rung.unit] ?? 1) * rung.step) / sourceMs)
  return Math.max(1, (0.75 * barSpecMs(rung)) / sourceMs)
}
