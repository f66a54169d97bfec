import { calendarOf } from '../data/named-calendars.ts'
import type { ResampleRules } from '../data/resample-rules.ts'
import type { Timeframe } from '../data/timeframe.ts'
import { createTradingCalendar, weekdayOf } from '../data/trading-calendar.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { type BarSpec, type BarUnit, type IntervalSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { LineGraph } from '../indicators/graph.ts'
import type { SessionHours } from './timer-schedule.ts'

/** An instrument's bars, from which coarser ones are made. */
export interface CoarseSource {
  readonly record: InstrumentRecord
  /** Longer ones take their place while a run grows. */
  bars: BarSeries
  readonly interval: string
  readonly hours: SessionHours
  readonly graph: LineGraph
  /** True: bars come while the run goes on. */
  readonly grows: boolean
}

const dayMs = 86_400_000

/**
 * By the instrument's calendar. Without one, a market that never trades on weekends closes its week on Friday, and the
 * weekend is not waited for.
 */
export function defaultRules({ record, bars, hours }: CoarseSource, spec: IntervalSpec): ResampleRules {
  const named = calendarOf(record.calendar)
  if (named !== undefined) return { profile: 'default', spec, zone: record.zone, calendar: named }
  const rests = ['stock', 'etf', 'index'].includes(record.kind) && !tradesOnWeekends(bars, record.zone)
  const trading = { open: hours.start, close: hours.end }
  const calendar = rests ? createTradingCalendar(trading, zoneClock(record.zone)) : undefined
  return { profile: 'default', spec, zone: record.zone, calendar }
}

function tradesOnWeekends({ length, time, closeTime }: BarSeries, zone: string): boolean {
  const clock = zoneClock(zone)
  for (let row = 0; row < length; row++) {
    const middle = ((time[row] as number) + (closeTime[row] as number)) / 2
    if (weekdayOf(Math.floor((middle + clock.offsetAt(middle)) / dayMs)) > 5) return true
  }
  return false
}

const timeframeOf: Readonly<Record<BarUnit, readonly [Timeframe, number]>> = {
  second: ['Seconds', 1],
  minute: ['Minutes', 1],
  hour: ['Minutes', 60],
  day: ['Days', 1],
  week: ['Weeks', 1],
  month: ['Months', 1],
  year: ['Years', 1],
}

/** The same as backtrader makes them. */
export function upstreamRules({ record, interval, hours }: CoarseSource, spec: BarSpec): ResampleRules {
  const own = parseInterval(interval)
  const named = ({ unit, step }: BarSpec) => {
    const [timeframe, units] = timeframeOf[unit]
    return { timeframe, compression: step * units }
  }
  const sessionEnd = hours.end >= dayMs ? {} : { sessionEnd: hours.end }
  return {
    profile: 'backtrader',
    ...named(spec),
    ...(isMeasureSpec(own) ? {} : { source: named(own) }),
    zone: record.zone,
    ...sessionEnd,
  }
}
