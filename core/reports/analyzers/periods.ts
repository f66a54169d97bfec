import { DomainError } from '../../domain/errors.ts'
import type { AnalyzedRun } from './analyzed-run.ts'
import type { TimeFrame } from './time-frames.ts'

/** Which rows belong to one period of a calendar; every row belongs to exactly one. */
export interface Periods {
  readonly timeframe: TimeFrame
  readonly compression: number
  /** First row of each. */
  readonly starts: readonly number[]
  /** The moment each is named by: its last day, or its last unit within a day. */
  readonly keys: readonly string[]
}

const dayMs = 86_400_000
const unitMs: Readonly<Partial<Record<TimeFrame, number>>> = { MicroSeconds: 0.001, Seconds: 1000, Minutes: 60_000 }

/** How a run is split. Null stands for the interval of its first instrument. */
export interface PeriodLength {
  readonly timeframe: TimeFrame | null
  /** Counts within a day only, as upstream: from days up every period is one day, week, month or year. */
  readonly compression: number | null
  /** False: the row of the first decision begins a period of its own, under the name of the one that it cuts. */
  readonly _doprenext?: boolean
}

/** Where a period ends (exclusive, milliseconds) and its name. */
interface Period {
  readonly end: number
  readonly key: string
}

/** Splits the rows of a run. */
export function periodsOf(run: AnalyzedRun, { timeframe, compression, _doprenext }: PeriodLength): Periods {
  const first = run.instruments[0]
  const frame = timeframe ?? first?.timeframe ?? 'Days'
  // Upstream fails here with an UnboundLocalError
  if (frame === 'Ticks' && run.upstream) throw new DomainError('analyzer.ticks')
  // Upstream takes the compression of the bars even for a timeframe that is not theirs
  const own = timeframe === null || run.upstream ? first?.compression : 1
  const count = compression ?? own ?? 1
  const { time } = run
  const cut = _doprenext === false ? run.decisionRow : -1
  const starts: number[] = []
  const keys: string[] = []
  let end = Number.NEGATIVE_INFINITY
  for (let row = 0; row < time.length; row++) {
    const now = time[row] as number
    if (now < end && row !== cut) continue
    const period = periodAt(now, frame, count)
    starts.push(row)
    keys.push(period.key)
    end = period.end
  }
  return { timeframe: frame, compression: count, starts, keys }
}

/** A value per period, by its key: `values` has one per period. */
export function byPeriod(periods: Periods, values: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(periods.keys.map((key, index) => [key, values[index] as number]))
}

/** The last row of each period of a run with `rows` rows. */
export function lastRows({ starts }: Periods, rows: number): number[] {
  return starts.map((_, index) => (starts[index + 1] ?? rows) - 1)
}

function periodAt(now: number, frame: TimeFrame, count: number): Period {
  const day = Math.floor(now / dayMs)
  const date = new Date(day * dayMs)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  switch (frame) {
    case 'NoTimeFrame':
      return { end: Number.POSITIVE_INFINITY, key: '9999-12-31T23:59:59.999999' }
    case 'Ticks':
      // The next other stamp begins the next period
      return { end: now + Number.EPSILON * Math.abs(now), key: stampText(now) }
    case 'Years':
      return { end: Date.UTC(year + 1, 0, 1), key: `${year}-12-31` }
    case 'Months':
      return calendarPeriod(Date.UTC(year, month + 1, 1))
    case 'Weeks':
      return calendarPeriod((day + 7 - ((day + 3) % 7)) * dayMs)
    case 'Days':
      return calendarPeriod((day + 1) * dayMs)
    default:
      return partOfDay(now, day, unitMs[frame] as number, count)
  }
}

/** A calendar period is named by its last day. */
function calendarPeriod(end: number): Period {
  return { end, key: stampText(end - dayMs) }
}

/** Units of a day in groups of `count` from midnight; named by the last unit of the group. */
function partOfDay(now: number, day: number, unit: number, count: number): Period {
  const start = day * dayMs
  // The stamps are sums of floats: a microsecond must not fall back into the one before
  const units = Math.floor((now - start) / unit + 1e-6)
  const next = (Math.floor(units / count) + 1) * count
  return { end: Math.min(start + next * unit, start + dayMs), key: stampText(start + (next - 1) * unit) }
}

const digits = (value: number, length: number) => String(value).padStart(length, '0')

/** `2006-01-31T00:00:00`, with microseconds where there are any. */
export function stampText(time: number): string {
  const micros = Math.round(time * 1000)
  const seconds = Math.floor(micros / 1_000_000)
  const rest = micros - seconds * 1_000_000
  const text = new Date(seconds * 1000).toISOString().slice(0, 19)
  return rest === 0 ? text : `${text}.${digits(rest, 6)}`
}

/** `2006-01-31`. */
export function dateText(time: number): string {
  return stampText(time).slice(0, 10)
}
