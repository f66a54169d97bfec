import { replayColumns, resampleColumns } from '../../core/data/resample-columns.ts'
import { timeframes } from '../../core/data/timeframe.ts'
import type { UpstreamOptions } from '../../core/data/upstream-cut.ts'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { firstRowDifference, type OurRow } from './compare-rows.ts'
import { type FeedArguments, feedSeries, sourceTimeframe, timeOfDay, unknownFeedArgument } from './feed-series.ts'
import type { BarRow } from './order-case.ts'
import type { Verdict } from './orders.ts'
import { rebuiltTicks } from './rebuilt-ticks.ts'
import { sourceBars } from './source-bars.ts'

type Options = Omit<UpstreamOptions, 'source' | 'sessionEnd' | 'zone' | 'calendar'> & { readonly sessionend?: boolean }

interface ResampleCase {
  readonly series: string
  readonly feed_args: FeedArguments
  readonly resampledata?: Options
  readonly replaydata?: Options
  readonly bars: readonly (readonly unknown[])[]
}

export interface ResampleFile {
  readonly columns: readonly string[]
  readonly source_bars?: unknown
  readonly cases: readonly ResampleCase[]
}

const options = new Set([
  ...['timeframe', 'compression', 'bar2edge', 'adjbartime', 'rightedge', 'boundoff', 'takelate', 'sessionend'],
])

/** Runs the cases of a file of resampled or replayed bars. */
export function checkResampleFile(file: ResampleFile, path: string): Verdict[] {
  return file.cases.map((one, index) => checkCase(file, one, path, `${index + 1} ${caseName(one)}`))
}

function caseName({ series, resampledata, replaydata, feed_args }: ResampleCase): string {
  const { timeframe, compression = 1, ...rest } = (resampledata ?? replaydata) as Options
  const words = Object.entries({ ...rest, ...feed_args }).map(([name, value]) => `${name}=${value}`)
  return [series, 'to', String(compression), timeframe, ...words].join(' ')
}

function checkCase(file: ResampleFile, one: ResampleCase, path: string, id: string): Verdict {
  const given = (one.resampledata ?? one.replaydata) as Options
  const strange = Object.keys(given).find((name) => !options.has(name)) ?? unknownFeedArgument(one.feed_args)
  if (strange !== undefined) return { id, outcome: 'unsupported', feature: `option ${strange}` }
  if (!timeframes.includes(given.timeframe))
    return { id, outcome: 'unsupported', feature: `timeframe ${given.timeframe}` }
  const rows = bars(file, one, path)
  if (rows === undefined) return { id, outcome: 'barless', bars: one.series }
  const difference = firstRowDifference(one.bars, run(one, rows), file.columns)
  return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
}

function bars(file: ResampleFile, { series, feed_args }: ResampleCase, path: string): readonly BarRow[] | undefined {
  const inside = (file.source_bars as Readonly<Record<string, readonly BarRow[]>> | undefined)?.[series]
  if (Array.isArray(inside)) return inside
  return sourceBars(path, series, { from: feed_args.fromdate, to: feed_args.todate }) ?? rebuiltTicks(path, series)
}

function run({ resampledata, replaydata, feed_args }: ResampleCase, rows: readonly BarRow[]): OurRow[] {
  const source = feedSeries(rows, feed_args)
  const common = {
    profile: 'backtrader' as const,
    source: sourceTimeframe(rows, feed_args),
    ...(feed_args.sessionend === undefined ? {} : { sessionEnd: timeOfDay(feed_args.sessionend) }),
    ...(feed_args.tz === undefined ? {} : { zone: feed_args.tz }),
  }
  if (replaydata !== undefined) {
    const { bars, number } = replayColumns(source, { ...common, ...replaydata })
    return barRows(bars, (row) => (number[row] as number) + 1)
  }
  const { bars } = resampleColumns(source, { ...common, ...(resampledata as Options) })
  return barRows(bars, (row) => row + 1)
}

/** Bars in the columns of these files: len, datetime, open, high, low, close, volume, openinterest. */
export function barRows(bars: BarSeries, lengthAt: (row: number) => number): OurRow[] {
  return Array.from({ length: bars.length }, (_, row) => [
    lengthAt(row),
    ...[bars.closeTime, bars.open, bars.high, bars.low, bars.close, bars.volume, bars.openInterest].map(
      (column) => column[row] as number,
    ),
  ])
}
