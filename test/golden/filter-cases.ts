import type { FilterRules, RenkoParams } from '../../core/data/filters/filter.ts'
import { filterColumns } from '../../core/data/filters/filter-columns.ts'
import { upstreamSessionEnd } from '../../core/data/upstream-session.ts'
import { firstRowDifference } from './compare-rows.ts'
import { type FeedArguments, feedSeries, sourceTimeframe, timeOfDay, unknownFeedArgument } from './feed-series.ts'
import type { BarRow } from './order-case.ts'
import type { Verdict } from './orders.ts'
import { barRows } from './resample-cases.ts'
import { sourceBars } from './source-bars.ts'

type Params = Readonly<Record<string, number | boolean | null>>

interface FilterCase {
  readonly series: string
  readonly feed_args: FeedArguments
  readonly filter: string
  readonly params: Params
  readonly bars: readonly (readonly unknown[])[]
}

export interface FilterFile {
  readonly columns: readonly string[]
  readonly source_bars?: unknown
  readonly cases: readonly FilterCase[]
}

/** Runs the cases of a file of feeds with one filter. */
export function checkFilterFile(file: FilterFile, path: string): Verdict[] {
  return file.cases.map((one, index) => checkCase(file, one, path, `${index + 1} ${caseName(one)}`))
}

function caseName({ filter, series, params, feed_args }: FilterCase): string {
  const words = Object.entries({ ...params, ...feed_args }).map(([name, value]) => `${name}=${value}`)
  return [filter, 'on', series, ...words].join(' ')
}

function checkCase(file: FilterFile, one: FilterCase, path: string, id: string): Verdict {
  const strange = unknownFeedArgument(one.feed_args)
  if (strange !== undefined) return { id, outcome: 'unsupported', feature: `feed argument ${strange}` }
  const rules = filterRules(one.filter, one.params)
  if (rules === undefined) return { id, outcome: 'unsupported', feature: one.filter }
  const inside = (file.source_bars as Readonly<Record<string, readonly BarRow[]>> | undefined)?.[one.series]
  const part = { from: one.feed_args.fromdate, to: one.feed_args.todate }
  const rows = Array.isArray(inside) ? inside : (sourceBars(path, one.series, part) ?? remainder(one))
  if (rows === undefined) return { id, outcome: 'barless', bars: one.series }
  const difference = firstRowDifference(one.bars, run(one, rules, rows), file.columns)
  return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
}

/**
 * A filter that only adds bars leaves its source in its result: every row but those whose open interest is that of a
 * fill. Undefined when fills cannot be told.
 */
function remainder({ filter, bars }: FilterCase): readonly BarRow[] | undefined {
  const adds = ['SessionFiller', 'DataFiller', 'CalendarDays'].includes(filter)
  const own = bars.filter((row) => row.at(-1) !== null)
  return adds && own.length < bars.length ? own.map((row) => row.slice(1) as unknown as BarRow) : undefined
}

function run({ feed_args }: FilterCase, rules: FilterRules, rows: readonly BarRow[]) {
  const { unitMs, compression } = units(rows, feed_args)
  const { bars, number } = filterColumns(feedSeries(rows, feed_args), rules, {
    profile: 'backtrader',
    feed: {
      zone: feed_args.tz ?? 'UTC',
      sessionStart: feed_args.sessionstart === undefined ? 0 : timeOfDay(feed_args.sessionstart),
      sessionEnd: feed_args.sessionend === undefined ? upstreamSessionEnd : timeOfDay(feed_args.sessionend),
      stepMs: unitMs * compression,
      unitMs,
      stamp: 'closeTime',
    },
  })
  return barRows(bars, (row) => (number[row] as number) + 1)
}

function units(rows: readonly BarRow[], feed: FeedArguments) {
  const { timeframe, compression } = sourceTimeframe(rows, feed)
  const unitMs = timeframe === 'Minutes' ? 60_000 : timeframe === 'Seconds' ? 1_000 : 86_400_000
  return { unitMs, compression }
}

/** Upstream's filters by name; undefined: none of that name. */
function filterRules(filter: string, params: Params): FilterRules | undefined {
  const fill = {
    price: params.fill_price as number | null,
    volume: (params.fill_vol ?? Number.NaN) as number,
    openInterest: (params.fill_oi ?? Number.NaN) as number,
  }
  switch (filter) {
    case 'SessionFilter':
    case 'SessionFilterSimple':
      return { kind: 'session' }
    case 'SessionFiller':
      return { kind: 'session-filler', ...fill, skipFirstFill: params.skip_first_fill !== false }
    case 'DataFiller':
      return { kind: 'data-filler', ...fill }
    case 'CalendarDays':
      return { kind: 'calendar-days', ...fill }
    case 'BarReplayer_Open':
    case 'DayStepsFilter':
      return { kind: 'day-steps' }
    case 'DaySplitter_Close':
      return { kind: 'day-splitter', closeVolume: (params.closevol ?? 0.5) as number }
    case 'HeikinAshi':
      return { kind: 'heikin-ashi' }
    case 'Renko':
      return { kind: 'renko', ...(params as RenkoParams) }
    default:
      return undefined
  }
}
