import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'
import { ensureDefined } from '../../core/lib/assert.ts'
import { type BarRow, parseStamp } from './order-case.ts'
import { type SourcePart, sourceBars } from './source-bars.ts'

/** Rows of a reference file as bars: upstream's bars have one stamp, their end. */
export function seriesOf(rows: readonly BarRow[]): BarSeries {
  const bars = createBarSeries(rows.length)
  const names = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const
  for (const [index, row] of rows.entries()) {
    bars.time[index] = parseStamp(row[0])
    for (const [at, name] of names.entries()) bars[name][index] = row[at + 1] as number
  }
  bars.closeTime.set(bars.time)
  return bars
}

/** What `feed_args` of a case says of its feed; times of day without a date. */
export interface FeedArguments {
  readonly fromdate?: string
  readonly todate?: string
  readonly sessionstart?: string
  readonly sessionend?: string
}

/** The rows of a named series that a feed with these arguments delivers; undefined when the collection has none. */
export function feedRows(path: string, series: string, feed: FeedArguments = {}): readonly BarRow[] | undefined {
  const part: SourcePart = { from: feed.fromdate, to: feed.todate }
  const rows = sourceBars(path, series, part)
  const from = feed.fromdate === undefined ? Number.NEGATIVE_INFINITY : parseStamp(feed.fromdate)
  const to = feed.todate === undefined ? Number.POSITIVE_INFINITY : parseStamp(feed.todate)
  return rows?.filter(([stamp]) => parseStamp(stamp) >= from && parseStamp(stamp) <= to)
}

/** `09:30:00` as milliseconds of the day. */
export function clockMs(text: string): number {
  const [hours, minutes, seconds = 0] = text.split(':').map(Number)
  return ((ensureDefined(hours, 'hours') * 60 + ensureDefined(minutes, 'minutes')) * 60 + seconds) * 1000
}
