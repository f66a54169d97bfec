import { describe, expect, it } from 'vitest'
import { computeIndicator } from '../../../core/indicators/compute.ts'
import type { IndicatorParams } from '../../../core/indicators/definition.ts'
import { type Series, sma, trueRange } from './plain-formulas.ts'
import { band, close, columns, high, localTime, low, studyFormulas, typical, weighted } from './study-formulas.ts'

function linesOf(id: string, params: IndicatorParams = {}): Record<string, number[]> {
  const { lines } = computeIndicator(id, params, columns)
  return Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, [...line]]))
}

/** Bar by bar, relative 1e-9. */
function expectSame(actual: readonly number[] | undefined, expected: Series): void {
  expect(actual?.length).toBe(expected.length)
  expected.forEach((wanted, i) => {
    const got = actual?.[i] as number
    const same = Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
    expect(same ? wanted : got, `bar ${i}`).toBe(wanted)
  })
}

describe('is what its formula says, bar by bar:', () => {
  it.each(Object.entries(studyFormulas))('%s', (id, formula) => {
    const lines = linesOf(id)
    for (const [name, expected] of Object.entries(formula())) expectSame(lines[name], expected)
  })
})

describe('Keltner’s own channel', () => {
  it('is a simple mean of typical prices with the mean range around it', () => {
    const params = { period: 10, rangePeriod: 10, average: 'sma', rangeAverage: 'sma', price: 'typical', factor: 1 }
    expectSame(linesOf('keltner', params).upper, band(sma(typical, 10), sma(trueRange(high, low, close), 10), 1))
  })
})

describe('a VWAP of a session', () => {
  it('that begins at 17:00 counts the evening to the next day', () => {
    const session = (i: number) => Math.floor(((localTime[i] as number) - 17 * 3_600_000) / 86_400_000)
    const expected = close.map(
      (_, i) =>
        weighted(
          close.findIndex((_each, k) => session(k) === session(i)),
          i + 1,
        ).mean,
    )
    expectSame(linesOf('vwap', { start: 17 * 60 }).vwap, expected)
  })

  it.each([
    ['week', (i: number) => Math.floor(((localTime[i] as number) / 86_400_000 + 3) / 7)],
    ['month', (i: number) => new Date(localTime[i] as number).getUTCMonth()],
  ] as const)('of a %s begins with it', (period, of) => {
    const expected = close.map(
      (_, i) =>
        weighted(
          close.findIndex((_each, k) => of(k) === of(i)),
          i + 1,
        ).mean,
    )
    expectSame(linesOf('vwap', { period }).vwap, expected)
  })

  it('since a date is undefined before it', () => {
    const from = localTime.findIndex((time) => time >= Date.UTC(2024, 0, 5, 10))
    const expected = close.map((_, i) => (i < from ? Number.NaN : weighted(from, i + 1).mean))
    expectSame(linesOf('anchored-vwap', { date: 20240105, minute: 600 }).vwap, expected)
  })

  it('is undefined where nobody knows the time', () => {
    const { localTime: _none, ...timeless } = columns
    expect([...(computeIndicator('vwap', {}, timeless).lines.vwap as Float64Array)].every(Number.isNaN)).toBe(true)
  })
})

const shaped = (rows: readonly (readonly [high: number, low: number, close: number, volume?: number])[]) => ({
  open: Float64Array.from(rows, ([, , c]) => c),
  high: Float64Array.from(rows, ([h]) => h),
  low: Float64Array.from(rows, ([, l]) => l),
  close: Float64Array.from(rows, ([, , c]) => c),
  volume: Float64Array.from(rows, ([, , , v]) => v ?? 1),
})

describe('supertrend', () => {
  it('keeps its level while the trend holds and changes sides on a close beyond it', () => {
    const rows = [10, 10, 10, 14, 16, 18, 17, 17, 10, 8].map((c) => [c + 1, c - 1, c] as const)
    const { supertrend, rising, falling } = computeIndicator('supertrend', { period: 1, factor: 1 }, shaped(rows)).lines
    // true ranges 2 2 5 3 3 2 2 8 3 from the second bar on, bands c ± range
    expect([...(supertrend as Float64Array)]).toEqual([Number.NaN, 12, 12, 9, 13, 15, 15, 15, 18, 11])
    expect([...(rising as Float64Array)].filter(Number.isFinite)).toEqual([9, 13, 15, 15, 15])
    expect([...(falling as Float64Array)].filter(Number.isFinite)).toEqual([12, 12, 18, 11])
  })
})

describe('a zigzag', () => {
  it('tells a turn on the bar that confirms it, and never changes it', () => {
    const rows = [100, 104, 110, 108, 104, 96, 90, 93, 99, 101].map((c) => [c, c, c] as const)
    const { peak, trough } = computeIndicator('zigzag', { percent: 10 }, shaped(rows)).lines
    const told = (line: Float64Array | undefined) =>
      [...(line ?? [])].flatMap((v, i) => (Number.isNaN(v) ? [] : [[i, v]]))
    expect(told(peak)).toEqual([[5, 110]])
    expect(told(trough)).toEqual([
      [2, 100],
      [8, 90],
    ])
  })
})

describe('a volume profile', () => {
  it('finds the price with most volume and the range around it that holds the share', () => {
    // Rows of one point from 0 to 5: 10, 20, 50, 15, 5 units
    const rows = [
      [1, 0, 1, 10],
      [2, 1, 2, 20],
      [3, 2, 3, 50],
      [4, 3, 4, 15],
      [5, 4, 5, 5],
    ] as const
    const profile = (share: number) => {
      const { lines } = computeIndicator('volume-profile', { period: 5, rows: 5, share }, shaped(rows))
      return [lines.poc?.[4], lines.low?.[4], lines.high?.[4]]
    }
    expect([profile(0.5), profile(0.7), profile(0.8), profile(1)]).toEqual([
      [2.5, 2, 3],
      [2.5, 1, 3],
      [2.5, 1, 4],
      [2.5, 0, 5],
    ])
  })

  it('spreads the volume of a bar evenly over its range', () => {
    const rows = [
      [4, 0, 2, 80],
      [2, 1, 2, 30],
    ] as const
    const { lines } = computeIndicator('volume-profile', { period: 2, rows: 4, share: 0.4 }, shaped(rows))
    // Twenty in each row, thirty more in the second
    expect([lines.poc?.[1], lines.low?.[1], lines.high?.[1]]).toEqual([1.5, 1, 2])
  })
})
