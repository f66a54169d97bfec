/// <reference lib="esnext.temporal" />
import { describe, expect, test } from 'vitest'
import { completeBars, endsPartial, planResample, resampleBars, widenToMax } from '../../../core/data/resample.ts'
import { zoneClock } from '../../../core/data/zone-offsets.ts'
import { type BarSeries, createBarSeries } from '../../../core/domain/bar-series.ts'
import { formatBarSpec, parseBarSpec } from '../../../core/domain/bar-spec.ts'

const iso = (times: Float64Array) => Array.from(times, (time) => new Date(time).toISOString().slice(0, 16))

/** Bars `lengthMs` long from the given opens; the close counts up from 1. */
function barsAt(opens: readonly string[], lengthMs: number): BarSeries {
  const bars = createBarSeries(opens.length)
  for (const [index, open] of opens.entries()) {
    const close = index + 1
    bars.time[index] = Date.parse(`${open}Z`)
    bars.closeTime[index] = (bars.time[index] as number) + lengthMs
    bars.open[index] = close - 0.5
    bars.high[index] = close + 1
    bars.low[index] = close - 1
    bars.close[index] = close
    bars.volume[index] = 10 * close
    bars.openInterest[index] = 100 + index
  }
  return bars
}

const minute = 60_000
const hour = 3_600_000
const day = 24 * hour
const hours = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(`${from}Z`) + at * hour).toISOString().slice(0, 16))

describe('resampling', () => {
  test('open first, high highest, low lowest, close and open interest last, volume summed', () => {
    const five = resampleBars(
      barsAt(['2024-01-02T09:30', '2024-01-02T09:31', '2024-01-02T09:34', '2024-01-02T09:35'], minute),
      parseBarSpec('5m'),
      'UTC',
    )
    expect(iso(five.time)).toEqual(['2024-01-02T09:30', '2024-01-02T09:35'])
    expect(iso(five.closeTime)).toEqual(['2024-01-02T09:35', '2024-01-02T09:40'])
    expect([five.open[0], five.high[0], five.low[0], five.close[0], five.volume[0], five.openInterest[0]]).toEqual([
      0.5, 4, 0, 3, 60, 102,
    ])
  })

  test('unknown volumes stay unknown, known ones are summed', () => {
    const bars = barsAt(['2024-01-02T09:30', '2024-01-02T09:31', '2024-01-02T09:35'], minute)
    bars.volume[0] = Number.NaN
    bars.volume[2] = Number.NaN
    expect([...resampleBars(bars, parseBarSpec('5m'), 'UTC').volume]).toEqual([20, Number.NaN])
  })

  test('no bars give no bars', () => {
    expect(resampleBars(createBarSeries(0), parseBarSpec('1d'), 'UTC').length).toBe(0)
  })

  test('a day is the exchange’s day, 23 or 25 hours long when its clocks change', () => {
    const spring = resampleBars(barsAt(hours('2024-03-10T05:00', 47), hour), parseBarSpec('1d'), 'America/New_York')
    expect(iso(spring.time)).toEqual(['2024-03-10T05:00', '2024-03-11T04:00'])
    expect([spring.close[0], spring.close[1]]).toEqual([23, 47])
    const autumn = resampleBars(barsAt(hours('2024-11-03T04:00', 49), hour), parseBarSpec('1d'), 'America/New_York')
    expect([autumn.close[0], autumn.close[1]]).toEqual([25, 49])
  })

  test('the hour that clocks repeat stays two hours; a four-hour bar follows the clock on the wall', () => {
    const bars = barsAt(hours('2024-11-03T04:00', 9), hour)
    expect(resampleBars(bars, parseBarSpec('1h'), 'America/New_York').length).toBe(9)
    const four = resampleBars(bars, parseBarSpec('4h'), 'America/New_York')
    expect(iso(four.time)).toEqual(['2024-11-03T04:00', '2024-11-03T09:00'])
    expect([...four.close]).toEqual([5, 9])
  })

  test('hours of a zone half an hour off are its own hours', () => {
    const bars = barsAt(['2024-01-02T03:45', '2024-01-02T04:29', '2024-01-02T04:30'], minute)
    expect(iso(resampleBars(bars, parseBarSpec('1h'), 'Asia/Kolkata').time)).toEqual([
      '2024-01-02T03:30',
      '2024-01-02T04:30',
    ])
  })

  test('weeks begin on Monday, months and years on their first day', () => {
    const days = barsAt(
      ['2023-12-29T00:00', '2023-12-31T00:00', '2024-01-01T00:00', '2024-02-29T00:00', '2024-03-01T00:00'],
      day,
    )
    const at = (spec: string) =>
      iso(resampleBars(days, parseBarSpec(spec), 'UTC').time).map((time) => time.slice(0, 10))
    expect(at('1w')).toEqual(['2023-12-25', '2024-01-01', '2024-02-26'])
    expect(at('1M')).toEqual(['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01'])
    expect(at('1y')).toEqual(['2023-01-01', '2024-01-01'])
    // Two days count from 1970-01-01: the third bar is one day after an even one.
    expect(at('2d')).toEqual(['2023-12-29', '2023-12-31', '2024-02-29'])
  })

  test('daily bars stamped in UTC keep their date in a zone behind UTC', () => {
    const weeks = resampleBars(
      barsAt(['2024-01-08T00:00', '2024-01-12T00:00'], day),
      parseBarSpec('1w'),
      'America/New_York',
    )
    expect(weeks.length).toBe(1)
  })

  test('a last bar whose period goes on is kept and can be told', () => {
    const bars = barsAt(['2024-01-02T09:30', '2024-01-02T09:34', '2024-01-02T09:35'], minute)
    const five = resampleBars(bars, parseBarSpec('5m'), 'UTC')
    expect([five.length, endsPartial(bars, five), completeBars(bars, five).length]).toEqual([2, true, 1])
    const closed = barsAt(['2024-01-02T09:30', '2024-01-02T09:34'], minute)
    expect(endsPartial(closed, resampleBars(closed, parseBarSpec('5m'), 'UTC'))).toBe(false)
  })
})

describe('choosing a source', () => {
  const plan = (available: string[], wanted: string) => {
    const source = planResample(available.map(parseBarSpec), parseBarSpec(wanted))
    return source === undefined ? undefined : formatBarSpec(source)
  }
  test.each([
    [['1m', '1d'], '1d', '1d'],
    [['1m', '5m'], '15m', '5m'],
    [['2m', '5m'], '15m', '5m'],
    [['7m'], '1d', undefined],
    [['1h'], '1M', '1h'],
    [['1d'], '1w', '1d'],
    [['1w'], '1M', undefined],
    [['1w'], '2w', '1w'],
    [['1M'], '1y', '1M'],
    [['5M'], '1y', undefined],
    [['1d'], '1h', undefined],
    [[], '1d', undefined],
  ])('from %j to %s: %s', (available, wanted, source) => {
    expect(plan(available, wanted)).toBe(source)
  })

  test('widening keeps what fits and goes to the next usual interval that does', () => {
    const widen = (spec: string, bars: number, most: number) =>
      formatBarSpec(widenToMax(parseBarSpec(spec), bars, most))
    expect(widen('1d', 2_000, 2_000)).toBe('1d')
    expect(widen('1d', 5_105, 2_000)).toBe('1w')
    expect(widen('1m', 23_400, 5_000)).toBe('10m')
    expect(widen('1y', 500, 400)).toBe('2y')
  })
})

describe('zone clocks', () => {
  test.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC'])(
    '%s agrees with Temporal over ninety years',
    (zone) => {
      const clock = zoneClock(zone)
      for (let time = Date.UTC(1960, 0, 1); time < Date.UTC(2050, 0, 1); time += 37 * day + 5 * hour + 11 * minute) {
        const zoned = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone)
        expect(clock.offsetAt(time)).toBe(zoned.offsetNanoseconds / 1e6)
      }
    },
  )
})
