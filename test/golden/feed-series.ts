import { type Timeframe, timeframes } from '../../core/data/timeframe.ts'
import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'
import { type BarRow, parseStamp } from './order-case.ts'

/** Arguments of a backtrader feed as the reference files give them. */
export interface FeedArguments {
  readonly fromdate?: string
  readonly todate?: string
  readonly sessionstart?: string
  readonly sessionend?: string
  readonly timeframe?: Timeframe
  readonly compression?: number
  readonly tz?: string
}

const known = new Set(['fromdate', 'todate', 'sessionstart', 'sessionend', 'timeframe', 'compression', 'tz'])

/** The first feed argument that nothing here understands. */
export function unknownFeedArgument(feed: FeedArguments): string | undefined {
  return Object.keys(feed).find((name) => !known.has(name))
}

/** Rows as a series: upstream's one stamp is the end of a bar; a daily row takes the session's end. */
export function feedSeries(rows: readonly BarRow[], feed: FeedArguments): BarSeries {
  const from = feed.fromdate === undefined ? Number.NEGATIVE_INFINITY : parseStamp(feed.fromdate)
  const to = feed.todate === undefined ? Number.POSITIVE_INFINITY : parseStamp(feed.todate)
  const stamped = rows.map((row) => ({ row, stamp: stampOf(row[0], feed) }))
  const kept = stamped.filter(({ stamp }) => stamp >= from && stamp <= to)
  const series = createBarSeries(kept.length)
  for (const [index, { row, stamp }] of kept.entries()) {
    series.time[index] = series.closeTime[index] = stamp
    const columns = [series.open, series.high, series.low, series.close, series.volume, series.openInterest]
    for (const [position, column] of columns.entries()) column[index] = row[position + 1] as number
  }
  return series
}

const endOfDay = /T23:59:59\.9999\d*$/

function stampOf(text: string, { sessionend }: FeedArguments): number {
  return sessionend !== undefined && endOfDay.test(text)
    ? parseStamp(text.replace(endOfDay, `T${sessionend}`))
    : parseStamp(text)
}

export function timeOfDay(text: string): number {
  return parseStamp(`1970-01-01T${text}`)
}

/** What the feed says about itself; told by its stamps when the case does not. */
export function sourceTimeframe(rows: readonly BarRow[], feed: FeedArguments) {
  if (feed.timeframe !== undefined) return { timeframe: feed.timeframe, compression: feed.compression ?? 1 }
  const stamps = rows.map(([stamp]) => parseStamp(stamp))
  const step = smallestStep(stamps)
  const days = step / 86_400_000
  if (rows.every(([stamp]) => endOfDay.test(stamp))) {
    const timeframe = (['Days', 'Weeks', 'Months', 'Years'] as const)[
      days >= 300 ? 3 : days >= 27 ? 2 : days >= 4 ? 1 : 0
    ]
    return { timeframe: timeframe ?? timeframes[4], compression: 1 }
  }
  const wholeMinutes = stamps.every((stamp) => stamp % 60_000 === 0)
  if (!wholeMinutes) return { timeframe: 'Ticks' as const, compression: 1 }
  return { timeframe: 'Minutes' as const, compression: Math.max(1, Math.round(step / 60_000)) }
}

function smallestStep(stamps: readonly number[]): number {
  const steps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] as number))
  return Math.min(...steps.filter((step) => step > 0), Number.POSITIVE_INFINITY)
}
