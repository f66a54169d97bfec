import type { BarSeries } from '../../domain/bar-series.ts'
import { assertNever } from '../../lib/assert.ts'
import { GrowingColumn } from '../../lib/columns.ts'
import { BarRows } from '../bar-rows.ts'
import type { Replayed } from '../resample-columns.ts'
import { DaySplitter, DaySteps } from './day-filters.ts'
import { CalendarDaysFiller, DataFiller, SessionFiller } from './fillers.ts'
import type { BarFilter, FeedSession, FilterRules, OnFiltered } from './filter.ts'
import { HeikinAshi, RenkoFilter } from './price-filters.ts'
import { inSession, PredicateFilter } from './session-filter.ts'

/** What a filter is made for: its feed, and whose rules hold. */
export interface FilterPlace {
  readonly profile: 'default' | 'backtrader'
  readonly feed: FeedSession
}

/** A filter for a stream. */
export function createFilter(rules: FilterRules, { profile, feed }: FilterPlace, onBar: OnFiltered): BarFilter {
  const isUpstream = profile === 'backtrader'
  switch (rules.kind) {
    case 'session':
      return new PredicateFilter(inSession(feed), onBar)
    case 'predicate':
      return new PredicateFilter(rules.keep, onBar)
    case 'session-filler':
      return new SessionFiller(feed, rules, isUpstream, onBar)
    case 'data-filler':
      return new DataFiller(feed, rules, onBar)
    case 'calendar-days':
      return new CalendarDaysFiller(feed, rules, isUpstream, onBar)
    case 'day-steps':
      return new DaySteps(onBar)
    case 'day-splitter':
      return new DaySplitter(feed, rules.closeVolume ?? 0.5, isUpstream, onBar)
    case 'heikin-ashi':
      return new HeikinAshi(onBar)
    case 'renko':
      return new RenkoFilter(rules, isUpstream, onBar)
    default:
      return assertNever(rules)
  }
}

/** Runs a history through one filter: columns in, columns out, with the source row that gave each. */
export function filterColumns(source: BarSeries, rules: FilterRules, where: FilterPlace): Replayed {
  const rows = new BarRows()
  const numbers = new GrowingColumn()
  const delivered = new GrowingColumn()
  let index = 0
  const filter = createFilter(rules, where, (bar, number) => {
    rows.add(bar)
    numbers.push(number)
    delivered.push(index)
  })
  for (; index < source.length; index++) filter.push(source, index)
  return {
    bars: rows.series(),
    number: Int32Array.from(numbers.view()),
    deliveredAt: Int32Array.from(delivered.view()),
  }
}
