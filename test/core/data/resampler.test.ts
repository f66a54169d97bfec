import { describe, expect, test } from 'vitest'
import { daysFromCivil } from '../../../core/data/civil.ts'
import type { FormingBar } from '../../../core/data/forming-bar.ts'
import { replayColumns, resampleColumns } from '../../../core/data/resample-columns.ts'
import { createResampler, type ResampleRules } from '../../../core/data/resample-rules.ts'
import { createTradingCalendar } from '../../../core/data/trading-calendar.ts'
import { zoneClock } from '../../../core/data/zone-offsets.ts'
import { type BarSeries, createBarSeries } from '../../../core/domain/bar-series.ts'
import { parseInterval } from '../../../core/domain/bar-spec.ts'
import { codeOf } from '../../helpers/code-of.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const iso = (times: Float64Array) => Array.from(times, (time) => new Date(time).toISOString().slice(0, 16))

/** Bars of one price each: [open time, price, volume]. */
function prints(rows: readonly (readonly [string, number, number?])[], lengthMs = minute): BarSeries {
  const bars = createBarSeries(rows.length)
  for (const [index, [time, price, volume = 1]] of rows.entries()) {
    bars.time[index] = Date.parse(`${time}Z`)
    bars.closeTime[index] = (bars.time[index] as number) + lengthMs
    bars.open[index] = bars.high[index] = bars.low[index] = bars.close[index] = price
    bars.volume[index] = volume
  }
  return bars
}

const days = (...dates: readonly string[]) =>
  prints(
    dates.map((date, index) => [`${date}T00:00`, index + 1]),
    day,
  )
const holiday = (date: string) =>
  daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)))

const newYork = zoneClock('America/New_York')
const nyse = (holidays: readonly string[] = []) =>
  createTradingCalendar({ open: 9.5 * hour, close: 16 * hour, holidays: holidays.map(holiday) }, newYork)
const ours = (interval: string, zone = 'UTC', calendar?: ReturnType<typeof nyse>): ResampleRules => ({
  profile: 'default',
  spec: parseInterval(interval),
  zone,
  calendar,
})

describe('a week with a calendar (X-21)', () => {
  // Good Friday 2024-03-29 is no trading day.
  const easter = days('2024-03-25', '2024-03-26', '2024-03-27', '2024-03-28', '2024-04-01', '2024-04-02')

  test('is known on its last trading day', () => {
    const { bars, deliveredAt } = resampleColumns(easter, ours('1w', 'America/New_York', nyse(['2024-03-29'])))
    expect([...bars.close]).toEqual([4, 6])
    expect(deliveredAt[0]).toBe(3)
    expect(iso(bars.closeTime)[0]).toBe('2024-03-28T20:00')
  })

  test('without a calendar it is known when the next week begins', () => {
    expect([...resampleColumns(easter, ours('1w')).deliveredAt]).toEqual([4, 6])
  })

  test('a calendar that lacks the holiday does not join two weeks; backtrader’s does (R-10)', () => {
    expect([...resampleColumns(easter, ours('1w', 'America/New_York', nyse())).bars.close]).toEqual([4, 6])
    const upstream = resampleColumns(easter, { profile: 'backtrader', timeframe: 'Weeks', calendar: nyse() })
    expect([...upstream.bars.close]).toEqual([6])
    const known = { profile: 'backtrader', timeframe: 'Weeks', calendar: nyse(['2024-03-29']) } as const
    const stamped = prints(
      [
        ['2024-03-27T20:00', 1],
        ['2024-03-28T20:00', 2],
        ['2024-04-01T20:00', 3],
      ],
      0,
    )
    expect([...resampleColumns(stamped, known).deliveredAt]).toEqual([1, 3])
  })
})

describe('sessions', () => {
  test('the last hour of a session ends with it, also on a day that closes early', () => {
    const early = createTradingCalendar(
      {
        open: 9.5 * hour,
        close: 16 * hour,
        specialDays: [{ day: holiday('2024-07-03'), open: 9.5 * hour, close: 13.25 * hour }],
      },
      newYork,
    )
    const bars = prints([
      ['2024-07-03T17:00', 1],
      ['2024-07-03T17:14', 2],
      ['2024-07-05T13:30', 3],
    ])
    const hours = resampleColumns(bars, ours('1h', 'America/New_York', early))
    expect(iso(hours.bars.closeTime)).toEqual(['2024-07-03T17:15', '2024-07-05T14:00'])
    expect(hours.deliveredAt[0]).toBe(1)
  })

  test('a session that opens in the evening belongs to the next day', () => {
    // Globex: Sunday 18:00 to Monday 17:00 in New York; the clocks change on 2024-03-10.
    const globex = createTradingCalendar({ open: 18 * hour, close: 17 * hour }, newYork)
    const bars = prints([
      ['2024-03-10T22:00', 1],
      ['2024-03-11T14:00', 2],
      ['2024-03-11T20:59', 3],
      ['2024-03-11T22:00', 4],
    ])
    const { bars: daily, deliveredAt } = resampleColumns(bars, ours('1d', 'America/New_York', globex))
    expect([...daily.close]).toEqual([3, 4])
    expect(iso(daily.time)).toEqual(['2024-03-10T22:00', '2024-03-11T22:00'])
    expect(deliveredAt[0]).toBe(2)
  })

  test('prints after the close make a bar of their own and are never lost', () => {
    const bars = prints([
      ['2024-03-05T20:59', 1],
      ['2024-03-05T22:30', 2],
      ['2024-03-06T15:00', 3],
    ])
    expect([...resampleColumns(bars, ours('1d', 'America/New_York', nyse())).bars.close]).toEqual([1, 2, 3])
  })

  test('boundaries are those of the local clock; backtrader looks for them in UTC (X-16)', () => {
    const kolkata = prints([
      ['2024-01-02T04:29', 1],
      ['2024-01-02T04:30', 2],
      ['2024-01-02T05:29', 3],
    ])
    expect([...resampleColumns(kolkata, ours('1h', 'Asia/Kolkata')).bars.close]).toEqual([1, 3])
    // 04:45 UTC is a quarter past ten there: past no boundary in UTC, past one in Kolkata.
    const stamps = prints(
      [
        ['2024-01-02T04:15', 1],
        ['2024-01-02T04:45', 2],
        ['2024-01-02T05:10', 3],
      ],
      0,
    )
    const upstream = { profile: 'backtrader', timeframe: 'Minutes', compression: 60, zone: 'Asia/Kolkata' } as const
    expect([...resampleColumns(stamps, upstream).bars.close]).toEqual([2, 3])
  })
})

describe('a stream', () => {
  const closes: number[] = []
  const live = () => {
    closes.length = 0
    return createResampler(ours('5m'), (bar: FormingBar) => closes.push(bar.close))
  }
  const minutes = prints([
    ['2024-01-02T09:30', 1],
    ['2024-01-02T09:33', 2],
    ['2024-01-02T09:36', 3],
  ])

  test('ends a quiet bar by the clock, and what comes too late for it is counted', () => {
    const stream = live()
    stream.push(minutes, 0)
    stream.closeBy(Date.parse('2024-01-02T09:34Z'))
    expect(closes).toEqual([])
    stream.closeBy(Date.parse('2024-01-02T09:35Z'))
    expect(closes).toEqual([1])
    stream.push(minutes, 1)
    stream.push(minutes, 2)
    stream.flush()
    expect(closes).toEqual([1, 3])
    expect(stream).toMatchObject({ late: 1 })
  })

  test('shows the bar that is forming', () => {
    const stream = live()
    stream.push(minutes, 0)
    stream.push(minutes, 1)
    expect(stream.forming).toMatchObject({ open: 1, close: 2, volume: 2, sources: 2 })
  })
})

describe('bars that time does not end', () => {
  const bars = prints(
    [
      ['2024-01-02T09:30', 10, 5],
      ['2024-01-02T09:30', 11, 7],
      ['2024-01-02T09:30', 13, 1],
      ['2024-01-02T09:31', 12, 9],
    ],
    0,
  )
  const closes = (interval: string) => [...resampleColumns(bars, ours(interval)).bars.close]

  test('end with the print that fills them', () => {
    expect(closes('2tick')).toEqual([11, 12])
    expect(closes('10volume')).toEqual([11, 12])
    expect(closes('100value')).toEqual([11, 12])
    expect(closes('2range')).toEqual([13, 12])
  })

  test('of one instant are a microsecond apart, so that times ascend', () => {
    const { bars: ticks } = resampleColumns(bars, ours('1tick'))
    for (let index = 1; index < ticks.length; index++)
      expect(ticks.closeTime[index]).toBeGreaterThan(ticks.closeTime[index - 1] as number)
  })

  test('bricks stand on multiples of their size and need two sizes to turn', () => {
    const path = prints([
      ['2024-01-02T09:30', 10],
      ['2024-01-02T09:31', 12.5],
      ['2024-01-02T09:32', 11.2],
      ['2024-01-02T09:33', 9.9],
    ])
    const { bars: bricks, deliveredAt } = resampleColumns(path, ours('1renko'))
    expect([...bricks.open]).toEqual([10, 11, 11])
    expect([...bricks.close]).toEqual([11, 12, 10])
    expect([...deliveredAt]).toEqual([1, 1, 3])
    for (const [index, high] of bricks.high.entries()) expect(high).toBeGreaterThan(bricks.low[index] as number)
  })

  test('0.3 − 0.1 reaches a range of 0.2', () => {
    const path = prints([
      ['2024-01-02T09:30', 0.1],
      ['2024-01-02T09:31', 0.3],
      ['2024-01-02T09:32', 0.3],
    ])
    expect(resampleColumns(path, ours('0.2range')).deliveredAt[0]).toBe(1)
  })

  test('negative prices have ranges, bricks and a money value', () => {
    const oil = prints([
      ['2020-04-20T18:00', 1, 10],
      ['2020-04-20T18:01', -37, 10],
      ['2020-04-20T18:02', -38, 10],
    ])
    expect(resampleColumns(oil, ours('30range')).bars.low[0]).toBe(-37)
    expect(resampleColumns(oil, ours('10renko')).bars.close.at(-1)).toBe(-30)
    expect(resampleColumns(oil, ours('300value')).deliveredAt[0]).toBe(1)
  })
})

describe('bad input', () => {
  const ordered = prints([
    ['2024-01-02T09:30', 1],
    ['2024-01-02T09:31', 2],
  ])

  test('no bars give no bars of any kind', () => {
    for (const interval of ['5m', '1d', '10tick', '10volume', '1renko'])
      expect(resampleColumns(createBarSeries(0), ours(interval)).bars.length).toBe(0)
    expect(replayColumns(createBarSeries(0), ours('1d')).bars.length).toBe(0)
  })

  test('a bar that goes back in time, bars of unknown volume and replayed bricks are told', () => {
    const back = prints([
      ['2024-01-02T09:31', 1],
      ['2024-01-02T09:30', 2],
    ])
    expect(codeOf(() => resampleColumns(back, ours('5m')))).toBe('bars.disorder')
    expect(codeOf(() => replayColumns(back, ours('5m')))).toBe('bars.disorder')
    ordered.volume.fill(Number.NaN)
    expect(codeOf(() => resampleColumns(ordered, ours('10volume')))).toBe('interval.no-volume')
    expect(codeOf(() => replayColumns(ordered, ours('1renko')))).toBe('interval.no-replay')
  })

  test.each(['0tick', '1.5tick', '-1range', '0renko', '1e3volume', '5bricks', 'tick', '1tickk'])(
    '%s is no interval',
    (text) => expect(codeOf(() => parseInterval(text))).toBe('interval.invalid'),
  )
})
