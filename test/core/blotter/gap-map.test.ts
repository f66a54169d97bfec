import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayCoverage, findGaps } from '../../../core/blotter/gap-map.ts'
import { createTradingCalendar } from '../../../core/data/trading-calendar.ts'
import { zoneClock } from '../../../core/data/zone-offsets.ts'
import { createBarSeries } from '../../../core/domain/bar-series.ts'

const minute = 60_000
const newYork = createTradingCalendar({ open: 9.5 * 3_600_000, close: 16 * 3_600_000 }, zoneClock('America/New_York'))

function minutes(times: readonly number[]) {
  const bars = createBarSeries(times.length)
  for (const [index, time] of times.entries()) {
    bars.time[index] = time
    bars.closeTime[index] = time + minute
  }
  return bars
}

const open = Date.UTC(2024, 2, 8, 14, 30)
const day = Array.from({ length: 390 }, (_, index) => open + index * minute)
const week = { from: Date.UTC(2024, 2, 7), to: Date.UTC(2024, 2, 13) }
const rules = { intervalMs: minute, leastMs: minute }

describe('what there is against what there should be', () => {
  test('counts the sessions of the exchange, over weekends and the change of clocks', () => {
    const days = dayCoverage(minutes(day), minute, newYork, week)
    expect(days.map(({ present, expected }) => [present, expected])).toEqual([
      [0, 0],
      [0, 390],
      [390, 390],
      [0, 0],
      [0, 0],
      [0, 390],
      [0, 390],
    ])
    // On Monday New York's clocks have changed
    expect(new Date(days[5]?.from ?? 0).toISOString()).toBe('2024-03-11T13:30:00.000Z')
  })

  test('finds the holes within sessions and nothing outside them', () => {
    const holed = day.filter((_, index) => index !== 10 && !(index >= 100 && index < 130))
    const friday = { from: Date.UTC(2024, 2, 8), to: Date.UTC(2024, 2, 11) }
    expect(findGaps(minutes(holed), rules, newYork, friday)).toEqual([
      { from: open + 10 * minute, to: open + 11 * minute, missing: 1 },
      { from: open + 100 * minute, to: open + 130 * minute, missing: 30 },
    ])
    expect(findGaps(minutes(holed), { ...rules, leastMs: 5 * minute }, newYork, friday)).toHaveLength(1)
    expect(findGaps(minutes(day), rules, newYork, friday)).toEqual([])
    expect(findGaps(minutes([]), rules, newYork, friday)).toEqual([
      { from: open, to: open + 390 * minute, missing: 390 },
    ])
  })

  test('present and missing bars are together all of a market that never closes', () => {
    const period = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 2) }
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { maxLength: 200 }), (present) => {
        const bars = minutes([...present].sort((a, b) => a - b).map((at) => period.from + at * minute))
        const gaps = findGaps(bars, rules, { zone: zoneClock('UTC') }, period)
        expect(gaps.reduce((sum, { missing }) => sum + missing, 0) + present.length).toBe(1440)
      }),
    )
  })
})
