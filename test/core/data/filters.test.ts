import { describe, expect, test } from 'vitest'
import type { FeedSession, FilterRules } from '../../../core/data/filters/filter.ts'
import { filterColumns } from '../../../core/data/filters/filter-columns.ts'
import { type BarSeries, createBarSeries } from '../../../core/domain/bar-series.ts'
import { barsOf } from '../../helpers/bars-of.ts'

const hour = 3_600_000
const day = 24 * hour
const feed: FeedSession = {
  zone: 'UTC',
  sessionStart: 9 * hour,
  sessionEnd: 12 * hour,
  stepMs: hour,
  unitMs: hour,
  stamp: 'time',
}
/** Upstream's only stamp is the end of a bar. */
const byEnd: FeedSession = { ...feed, stamp: 'closeTime' }
const filtered = (bars: BarSeries, rules: FilterRules, profile: 'default' | 'backtrader' = 'default', own = feed) =>
  filterColumns(bars, rules, { profile, feed: own })
const at = (bars: BarSeries) => Array.from(bars.time, (time) => new Date(time).toISOString().slice(5, 16))

/** Hourly bars that open at these times of January 2024; the close counts from 1. */
function hourly(...opens: readonly string[]): BarSeries {
  const bars = createBarSeries(opens.length)
  for (const [index, open] of opens.entries()) {
    bars.time[index] = Date.parse(`2024-01-${open}:00Z`)
    bars.closeTime[index] = (bars.time[index] as number) + hour
    bars.open[index] = bars.high[index] = bars.low[index] = bars.close[index] = index + 1
    bars.volume[index] = 10
  }
  return bars
}

describe('session filter', () => {
  test('lets bars through that open in the session; backtrader those that end in it, both ends included', () => {
    const source = hourly('02T08:00', '02T09:00', '02T11:00', '02T12:00')
    const { bars, deliveredAt } = filtered(source, { kind: 'session' })
    expect(at(bars)).toEqual(['01-02T09:00', '01-02T11:00'])
    expect([...deliveredAt]).toEqual([1, 2])
    const upstream = filtered(source, { kind: 'session' }, 'backtrader', byEnd)
    expect(at(upstream.bars)).toEqual(['01-02T08:00', '01-02T09:00', '01-02T11:00'])
  })

  test('follows the clock of the exchange when clocks change', () => {
    // 09:00 in New York is 14:00 UTC on Friday and 13:00 on Monday.
    const bars = barsOf([[1, 1, 1, 1]], Date.UTC(2024, 2, 8, 14), hour)
    const monday = barsOf([[1, 1, 1, 1]], Date.UTC(2024, 2, 11, 13), hour)
    const newYork = { ...feed, zone: 'America/New_York' }
    expect(filtered(bars, { kind: 'session' }, 'default', newYork).bars.length).toBe(1)
    expect(filtered(monday, { kind: 'session' }, 'default', newYork).bars.length).toBe(1)
  })

  test('a session that begins in the evening spans midnight', () => {
    const night = { ...feed, sessionStart: 22 * hour, sessionEnd: 2 * hour }
    const { bars } = filtered(
      hourly('02T21:00', '02T22:00', '03T01:00', '03T02:00'),
      { kind: 'session' },
      'default',
      night,
    )
    expect(at(bars)).toEqual(['01-02T22:00', '01-03T01:00'])
  })
})

describe('session filler', () => {
  const gaps = hourly('02T09:00', '02T11:00', '03T10:00')

  test('adds what is missing inside sessions at the last close, from the second session’s start on', () => {
    const { bars } = filtered(gaps, { kind: 'session-filler' })
    expect(at(bars)).toEqual(['01-02T09:00', '01-02T10:00', '01-02T11:00', '01-03T09:00', '01-03T10:00'])
    expect([...bars.close]).toEqual([1, 1, 2, 2, 3])
    expect(bars.volume[1]).toBeNaN()
  })

  test('fills with the values that are given', () => {
    const { bars } = filtered(gaps, { kind: 'session-filler', price: 7, volume: 0, openInterest: 5 })
    expect([bars.open[1], bars.high[1], bars.low[1], bars.close[1], bars.volume[1], bars.openInterest[1]]).toEqual([
      7, 7, 7, 7, 0, 5,
    ])
  })

  test('a bar outside the session comes through by our rules and is never shown by backtrader’s', () => {
    const late = hourly('02T09:00', '02T14:00', '03T09:00')
    expect(at(filtered(late, { kind: 'session-filler' }).bars)).toContain('01-02T14:00')
    const upstream = filtered(late, { kind: 'session-filler' }, 'backtrader', byEnd)
    expect(at(upstream.bars)).not.toContain('01-02T14:00')
    // It still counts in the length of the data.
    expect(upstream.number.at(-1)).toBe(upstream.bars.length)
  })

  test('backtrader puts the evening’s fills after a bar that opens the next session; ours stay in order', () => {
    const next = hourly('02T10:00', '03T09:00')
    expect(at(filtered(next, { kind: 'session-filler' }).bars)).toEqual(['01-02T10:00', '01-02T11:00', '01-03T09:00'])
    const ends = hourly('02T10:00', '03T08:00')
    const upstream = filtered(ends, { kind: 'session-filler' }, 'backtrader', byEnd)
    expect(at(upstream.bars)).toEqual(['01-02T10:00', '01-03T08:00', '01-02T11:00'])
  })

  test('the feed wrapper stops before the session’s end', () => {
    expect(at(filtered(gaps, { kind: 'data-filler' }).bars)).toEqual([
      '01-02T09:00',
      '01-02T10:00',
      '01-02T11:00',
      '01-03T09:00',
      '01-03T10:00',
    ])
  })
})

describe('calendar days (X-09)', () => {
  const friday = Date.UTC(2024, 0, 5)
  const weekend = () => {
    const bars = barsOf(
      [
        [10, 12, 8, 11],
        [11, 11, 11, 11],
      ],
      friday,
    )
    bars.time[1] = friday + 3 * day
    bars.closeTime[1] = friday + 4 * day
    return bars
  }

  test('without a price the last close is repeated on each day without a bar', () => {
    const { bars } = filtered(weekend(), { kind: 'calendar-days' })
    expect(at(bars).map((stamp) => stamp.slice(0, 5))).toEqual(['01-05', '01-06', '01-07', '01-08'])
    expect([...bars.close]).toEqual([11, 11, 11, 11])
  })

  test('−1 takes the middle of the last bar', () => {
    const { bars } = filtered(weekend(), { kind: 'calendar-days', price: -1, volume: 7 })
    expect([bars.close[1], bars.volume[1]]).toEqual([10, 7])
  })

  test('backtrader fills the day of the bar after the gap as well', () => {
    const { bars } = filtered(weekend(), { kind: 'calendar-days', price: -1 }, 'backtrader')
    expect(at(bars).map((stamp) => stamp.slice(0, 5))).toEqual(['01-05', '01-06', '01-07', '01-08', '01-08'])
  })
})

describe('bars in steps', () => {
  const bars = barsOf([[10, 12, 8, 11, 101]])

  test('a day is shown by its open first, then whole, under one number', () => {
    const steps = filtered(bars, { kind: 'day-steps' })
    expect([...steps.number]).toEqual([0, 0])
    expect([...steps.bars.close]).toEqual([10, 11])
    expect([...steps.bars.high]).toEqual([10, 12])
    expect([...steps.bars.volume]).toEqual([0, 101])
  })

  test('a day is split into its range and its close; the second part is known later', () => {
    const { bars: parts } = filtered(bars, { kind: 'day-splitter', closeVolume: 0.4 })
    expect([...parts.close]).toEqual([10, 11])
    expect([...parts.volume]).toEqual([60, 41])
    expect(parts.closeTime[0]).toBeLessThan(parts.closeTime[1] as number)
    expect(parts.closeTime[1]).toBe(bars.closeTime[0])
  })
})

describe('redrawn bars', () => {
  test('Heikin-Ashi opens in the middle of the bar before', () => {
    const { bars } = filtered(
      barsOf([
        [10, 12, 8, 11],
        [11, 13, 10, 12],
      ]),
      { kind: 'heikin-ashi' },
    )
    expect([...bars.open]).toEqual([10.5, 10.375])
    expect([...bars.close]).toEqual([10.25, 11.5])
    expect([...bars.low]).toEqual([8, 10])
  })

  test('a falling Renko brick has its high above its low; backtrader’s has not (X-09)', () => {
    const falling = barsOf([
      [100, 100, 100, 100],
      [100, 100, 80, 85],
    ])
    const ours = filtered(falling, { kind: 'renko', size: 10 }).bars
    expect([ours.open[0], ours.high[0], ours.low[0], ours.close[0]]).toEqual([90, 90, 80, 80])
    const upstream = filtered(falling, { kind: 'renko', size: 10 }, 'backtrader').bars
    expect([upstream.high[0], upstream.low[0]]).toEqual([80, 90])
  })

  test('a question decides which bars come through', () => {
    const source = barsOf([
      [1, 1, 1, 1],
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ])
    const { bars } = filtered(source, { kind: 'predicate', keep: (all, row) => (all.close[row] as number) !== 2 })
    expect([...bars.close]).toEqual([1, 3])
  })
})
