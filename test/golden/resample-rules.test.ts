import { join } from 'node:path'
import { expect, it } from 'vitest'
import { daysFromCivil } from '../../core/data/civil.ts'
import { replayColumns, resampleColumns } from '../../core/data/resample-columns.ts'
import type { Timeframe } from '../../core/data/timeframe.ts'
import { createTradingCalendar } from '../../core/data/trading-calendar.ts'
import type { UpstreamOptions } from '../../core/data/upstream-cut.ts'
import { upstreamSessionEnd } from '../../core/data/upstream-session.ts'
import { zoneClock } from '../../core/data/zone-offsets.ts'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { describeRealData } from './describe-real-data.ts'
import { feedSeries, timeOfDay } from './feed-series.ts'
import { sourceBars } from './source-bars.ts'

/** 01, section 12.3: what was seen when backtrader ran, on top of the reference files. */
describeRealData('backtrader’s resampling, rows R-01 to R-13', (folder) => {
  const series = (name: string) => feedSeries(sourceBars(join(folder, 'resample/x.json'), name) ?? [], {})
  const days = () => series('2006-day-001')
  const minutes = () => series('2006-min-005')
  const run = (source: BarSeries, timeframe: Timeframe, options: Partial<UpstreamOptions> = {}) =>
    resampleColumns(source, { profile: 'backtrader', timeframe, ...options })
  const fromMinutes = (compression: number, options: Partial<UpstreamOptions> = {}) =>
    run(minutes(), 'Minutes', { compression, ...options }).bars
  const stamp = (bars: BarSeries, at: number) =>
    new Date(Math.floor((bars.closeTime.at(at) as number) + 0.002)).toISOString().slice(5, 16)
  const prices = (bars: BarSeries, at: number) =>
    [bars.open, bars.high, bars.low, bars.close].map((column) => column.at(at))

  it.each([
    [{}, 189, '01-02T10:00', '01-30T18:00'],
    [{ bar2edge: false }, 199, '01-02T10:00', '01-30T17:30'],
    [{ rightedge: false }, 189, '01-02T10:00', '01-30T17:00'],
    [{ boundoff: 5 }, 189, '01-02T09:55', '01-30T18:00'],
  ])('five minutes to an hour with %j: %i bars, %s to %s', (options, count, first, last) => {
    const bars = fromMinutes(60, options)
    expect([bars.length, stamp(bars, 0), stamp(bars, -1)]).toEqual([count, first, last])
  })

  it('a shifted boundary moves a bar’s close', () => {
    const bars = fromMinutes(60, { boundoff: 5 })
    expect(bars.close[0]).toBe(3601.79)
    expect(prices(bars, -1)).toEqual([3685.38, 3685.38, 3676.31, 3677.52])
  })

  it('five minutes do not divide into seven: most bars hold one', () => {
    const bars = fromMinutes(7)
    expect([bars.length, stamp(bars, 0), stamp(bars, -1)]).toEqual([1533, '01-02T09:06', '01-30T17:30'])
  })

  it('five minutes to a day and to weeks, stamped by session end and by the last bar', () => {
    const daily = run(minutes(), 'Days').bars
    expect([daily.length, prices(daily, 0), prices(daily, -1)]).toEqual([
      21,
      [3578.73, 3605.95, 3578.73, 3604.33],
      [3684.38, 3685.65, 3664.45, 3677.52],
    ])
    const weekly = run(minutes(), 'Weeks').bars
    expect([weekly.length, stamp(weekly, 0), stamp(weekly, -1)]).toEqual([5, '01-06T17:30', '01-30T17:30'])
  })

  it('days count to two days, and closed weeks to two weeks', () => {
    const source = { timeframe: 'Days', compression: 1 } as const
    expect(run(days(), 'Days', { compression: 2, source }).bars.length).toBe(128)
    const weeks = run(days(), 'Weeks', { compression: 2, source }).bars
    expect([weeks.length, stamp(weeks, 0), prices(weeks, -1)]).toEqual([
      26,
      '01-13T23:59',
      [4140.99, 4142.06, 4072.62, 4119.94],
    ])
  })

  it('a week is seen with the first bar of the next one (R-09)', () => {
    const { bars, deliveredAt } = run(days(), 'Weeks')
    expect([bars.length, deliveredAt[0], deliveredAt.at(-1)]).toEqual([52, 5, 255])
  })

  it('with a calendar a week is seen on its last day, and a holiday that it lacks joins two weeks (R-10)', () => {
    const holiday = (month: number, day: number) => daysFromCivil(2006, month, day)
    const calendar = (holidays: readonly number[]) =>
      createTradingCalendar({ open: 0, close: upstreamSessionEnd, holidays }, zoneClock('UTC'))
    const bare = run(days(), 'Weeks', { calendar: calendar([]) })
    expect([bare.bars.length, bare.deliveredAt[0]]).toEqual([51, 4])
    const joined = Array.from({ length: 51 }, (_, at) => at).find((at) => stamp(bare.bars, at).startsWith('04-21'))
    expect([bare.bars.open[joined ?? -1], bare.bars.close[joined ?? -1]]).toEqual([3822.35, 3888.46])
    const known = run(days(), 'Weeks', { calendar: calendar([holiday(4, 14), holiday(4, 17), holiday(12, 25)]) })
    expect([known.bars.length, known.deliveredAt.at(-1)]).toEqual([52, 254])
  })

  it('the session’s end stamps and shows the last hour of a day (R-11)', () => {
    const whole = run(minutes(), 'Minutes', { compression: 60 })
    const session = run(minutes(), 'Minutes', { compression: 60, sessionEnd: timeOfDay('17:30:00') })
    const lastOfDay = ({ bars }: typeof whole) => bars.closeTime.findIndex((time) => time > Date.UTC(2006, 0, 2, 17, 1))
    const at = lastOfDay(session)
    expect([stamp(session.bars, at), session.deliveredAt[at]]).toEqual(['01-02T17:30', 101])
    expect([stamp(whole.bars, lastOfDay(whole)), whole.deliveredAt[at]]).toEqual(['01-02T23:59', 102])
  })

  it.each([
    ['Weeks', 52],
    ['Months', 12],
  ] as const)('replayed %s are shown once a day', (timeframe, count) => {
    const { bars, number } = replayColumns(days(), { profile: 'backtrader', timeframe })
    expect([bars.length, (number.at(-1) as number) + 1]).toEqual([255, count])
    expect(prices(bars, 0)).toEqual([3578.73, 3605.95, 3578.73, 3604.33])
  })
})
