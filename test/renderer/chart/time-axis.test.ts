import { describe, expect, test } from 'vitest'
import { momentLabel, tickLabel, tickWeight, weightBetween } from '../../../renderer/chart/tick-marks.ts'
import { createZoneClock, zoneLabel } from '../../../renderer/chart/zone-clock.ts'

const hour = 3_600_000

describe('the exchange clock', () => {
  test('runs an hour later against UTC in summer, to the very hour of the change', () => {
    const clock = createZoneClock('America/New_York')
    const change = Date.UTC(2024, 2, 10, 7)
    expect(clock.local(change - 1) - (change - 1)).toBe(-5 * hour)
    expect(clock.local(change) - change).toBe(-4 * hour)
    expect(clock.local(Date.UTC(2024, 6, 1)) - Date.UTC(2024, 6, 1)).toBe(-4 * hour)
  })

  test('agrees with the platform throughout three years, in zones with odd offsets too', () => {
    for (const zone of ['Europe/London', 'Asia/Shanghai', 'Asia/Kolkata', 'Australia/Lord_Howe']) {
      const clock = createZoneClock(zone)
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
      for (let at = Date.UTC(2022, 0, 1); at < Date.UTC(2025, 0, 1); at += 7 * hour) {
        expect(new Date(clock.local(at)).toISOString().slice(0, 19).replace('T', ' ')).toBe(format.format(at))
      }
    }
  })

  test('an unknown zone runs as UTC and says so', () => {
    expect(createZoneClock('Mars/Base').local(5)).toBe(5)
    expect(zoneLabel('Mars/Base', 0)).toBe('UTC')
    expect(zoneLabel('America/New_York', Date.UTC(2024, 6, 1))).toBe('EDT')
  })
})

describe('marks of the time axis', () => {
  const at = (text: string) => Date.parse(`${text}Z`)

  test('the largest boundary crossed decides', () => {
    const cases = [
      ['2024-01-02T09:30', '2024-01-02T09:31', tickWeight.minute],
      ['2024-01-02T09:34', '2024-01-02T09:35', tickWeight.fiveMinutes],
      ['2024-01-02T09:59', '2024-01-02T10:00', tickWeight.hour],
      ['2024-01-02T16:00', '2024-01-03T09:30', tickWeight.day],
      ['2024-01-05T16:00', '2024-01-08T09:30', tickWeight.week],
      ['2024-01-31T16:00', '2024-02-01T09:30', tickWeight.month],
      ['2024-03-28T16:00', '2024-04-01T09:30', tickWeight.quarter],
      ['2023-12-29T16:00', '2024-01-02T09:30', tickWeight.year],
      ['2019-12-31T16:00', '2020-01-02T09:30', tickWeight.decade],
    ] as const
    for (const [before, now, weight] of cases) expect(weightBetween(at(before), at(now))).toBe(weight)
  })

  test('a mark says what changed, in the language of the window', () => {
    expect(tickLabel(at('2024-03-01T09:30'), tickWeight.month, 'en')).toBe('Mar')
    expect(tickLabel(at('2024-03-01T09:30'), tickWeight.month, 'zh')).toBe('3月')
    expect(tickLabel(at('2024-03-01T09:30'), tickWeight.day, 'en')).toBe('1')
    expect(tickLabel(at('2024-03-01T09:30'), tickWeight.halfHour, 'en')).toBe('09:30')
    expect(tickLabel(at('2024-03-01T09:30'), tickWeight.year, 'en')).toBe('2024')
  })

  test('the cursor tells the bar open in exchange time, with its weekday', () => {
    const clock = createZoneClock('America/New_York')
    expect(momentLabel(Date.UTC(2024, 2, 13, 13, 30), clock, 'en', true)).toBe('Wed 2024-03-13 09:30')
    expect(momentLabel(Date.UTC(2024, 2, 13, 4), clock, 'en', false)).toBe('Wed 2024-03-13')
  })
})
