import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { easterSunday } from '../../../core/data/calendar-rules.ts'
import { dayMs, dayOfDate, isoText } from '../../../core/data/civil.ts'
import { calendarOf, namedCalendars } from '../../../core/data/named-calendars.ts'
import type { TradingCalendar } from '../../../core/data/trading-calendar.ts'

const date = (day: number) => isoText(day * dayMs).slice(0, 10)
const named = (id: string) => calendarOf(id) as TradingCalendar

/** Weekdays of a year on which a calendar rests. */
function closings(id: string, year: number): string[] {
  const calendar = named(id)
  const found: string[] = []
  for (let day = dayOfDate(`${year}-01-01`); day <= dayOfDate(`${year}-12-31`); day++) {
    if (![6, 7].includes(((((day + 3) % 7) + 7) % 7) + 1) && !calendar.isTradingDay(day)) found.push(date(day))
  }
  return found
}

/** Days that close before the usual hour. */
function earlyCloses(id: string, year: number, usual: number): string[] {
  const calendar = named(id)
  const found: string[] = []
  for (let day = dayOfDate(`${year}-01-01`); day <= dayOfDate(`${year}-12-31`); day++) {
    if (!calendar.isTradingDay(day)) continue
    const local = calendar.closeOf(day) + calendar.zone.offsetAt(calendar.closeOf(day))
    if (local - day * dayMs < usual) found.push(date(day))
  }
  return found
}

describe('the calendar of the NYSE', () => {
  // https://www.nyse.com/markets/hours-calendars, as published for each year
  it.each([
    [2015, ['01-01', '01-19', '02-16', '04-03', '05-25', '07-03', '09-07', '11-26', '12-25']],
    [2018, ['01-01', '01-15', '02-19', '03-30', '05-28', '07-04', '09-03', '11-22', '12-05', '12-25']],
    [2021, ['01-01', '01-18', '02-15', '04-02', '05-31', '07-05', '09-06', '11-25', '12-24']],
    [2022, ['01-17', '02-21', '04-15', '05-30', '06-20', '07-04', '09-05', '11-24', '12-26']],
    [2024, ['01-01', '01-15', '02-19', '03-29', '05-27', '06-19', '07-04', '09-02', '11-28', '12-25']],
    [2025, ['01-01', '01-09', '01-20', '02-17', '04-18', '05-26', '06-19', '07-04', '09-01', '11-27', '12-25']],
    [2026, ['01-01', '01-19', '02-16', '04-03', '05-25', '06-19', '07-03', '09-07', '11-26', '12-25']],
  ])('rests in %i on the published days', (year, days) => {
    expect(closings('NYSE', year)).toEqual(days.map((day) => `${year}-${day}`))
  })

  it.each([
    [2023, ['2023-07-03', '2023-11-24']],
    [2024, ['2024-07-03', '2024-11-29', '2024-12-24']],
    [2025, ['2025-07-03', '2025-11-28', '2025-12-24']],
    [2026, ['2026-11-27', '2026-12-24']],
  ])('closes early in %i on the published days', (year, days) => {
    expect(earlyCloses('NYSE', year, 16 * 3_600_000)).toEqual(days)
  })

  it('keeps its local hours over the change of the clock', () => {
    const calendar = named('NYSE')
    // Clocks went forward on 10 March 2024
    expect(isoText(calendar.openOf(dayOfDate('2024-03-08')))).toBe('2024-03-08 14:30:00')
    expect(isoText(calendar.openOf(dayOfDate('2024-03-11')))).toBe('2024-03-11 13:30:00')
  })
})

describe('the other calendars', () => {
  it('let Globex open the evening before, and stop at noon on holidays of the United States', () => {
    const calendar = named('CME')
    const monday = dayOfDate('2026-01-19')
    expect(isoText(calendar.openOf(monday))).toBe('2026-01-18 23:00:00')
    expect(isoText(calendar.closeOf(monday))).toBe('2026-01-19 18:00:00')
    expect(calendar.dayAt(Date.UTC(2026, 0, 18, 23, 30))).toBe(monday)
    expect(closings('CME', 2026)).toEqual(['2026-01-01', '2026-04-03', '2026-12-25'])
  })

  it('know the closings of Shanghai as announced', () => {
    expect(closings('CN', 2025)).toEqual([
      ...['2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-03', '2025-02-04'],
      ...['2025-04-04', '2025-05-01', '2025-05-02', '2025-05-05', '2025-06-02'],
      ...['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'],
    ])
  })

  it('rest with Eurex at Easter and at the turn of the year', () => {
    expect(closings('EUREX', 2024)).toEqual([
      ...[
        '2024-01-01',
        '2024-03-29',
        '2024-04-01',
        '2024-05-01',
        '2024-12-24',
        '2024-12-25',
        '2024-12-26',
        '2024-12-31',
      ],
    ])
  })

  it('never close for coins, and at five in the afternoon of New York for currencies', () => {
    expect(named('CRYPTO').isTradingDay(dayOfDate('2026-12-26'))).toBe(true)
    const day = dayOfDate('2026-11-30')
    expect(isoText(named('FX').openOf(day))).toBe('2026-11-29 22:00:00')
    expect(isoText(named('FX').closeOf(day))).toBe('2026-11-30 22:00:00')
  })

  it('say that a session is over before the next begins, on every day of every calendar', () => {
    const ids = namedCalendars.map(({ id }) => id)
    const day = fc.integer({ min: dayOfDate('2000-01-03'), max: dayOfDate('2049-12-01') })
    fc.assert(
      fc.property(fc.constantFrom(...ids), day, (id, at) => {
        const calendar = named(id)
        const next = calendar.nextDay(at)
        const after = calendar.nextDay(next)
        expect(calendar.openOf(next)).toBeLessThan(calendar.closeOf(next))
        expect(calendar.closeOf(next)).toBeLessThanOrEqual(calendar.openOf(after))
        expect(calendar.dayAt((calendar.openOf(next) + calendar.closeOf(next)) / 2)).toBe(next)
      }),
      { numRuns: 500 },
    )
  })
})

describe('Easter', () => {
  // Table of the U.S. Census Bureau
  it.each([
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2038, '2038-04-25'],
  ])('of %i is %s', (year, day) => expect(date(easterSunday(year))).toBe(day))
})
