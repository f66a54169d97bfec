import { describe, expect, it } from 'vitest'
import { monthTable, tint } from '../../../renderer/features/report/month-table.ts'

const at = (text: string) => Date.parse(text)

describe('monthly returns', () => {
  it('compound to the return of the year and of the run', () => {
    const time = Float64Array.of(
      at('2019-12-30'),
      at('2019-12-31'),
      at('2020-01-31'),
      at('2020-02-03'),
      at('2020-02-28'),
    )
    const equity = Float64Array.of(99, 110, 121, 100, 133.1)
    const rows = monthTable(time, equity, 100, 'utc')
    expect(rows.map((row) => row.year)).toEqual([2019, 2020])
    expect(rows[0]?.months[11]).toBeCloseTo(0.1, 12)
    expect(rows[1]?.months[0]).toBeCloseTo(0.1, 12)
    expect(rows[1]?.months[1]).toBeCloseTo(0.1, 12)
    expect(rows[1]?.total).toBeCloseTo(0.21, 12)
    const whole = rows
      .flatMap((row) => row.months.filter(Number.isFinite))
      .reduce((product, month) => product * (1 + month), 1)
    expect(whole).toBeCloseTo(1.331, 12)
  })

  it('leave months without a bar undefined, not zero', () => {
    const rows = monthTable(Float64Array.of(at('2020-03-02'), at('2020-06-01')), Float64Array.of(100, 105), 100, 'utc')
    expect(rows[0]?.months.map((value) => Number.isNaN(value))).toEqual([
      ...[true, true, false, true, true, false],
      ...[true, true, true, true, true, true],
    ])
    expect(rows[0]?.months[2]).toBe(0)
  })

  it('follow the calendar of the exchange, not of UTC', () => {
    // 31 January 20:00 in New York is already 1 February in UTC.
    const time = Float64Array.of(at('2020-02-01T01:00:00Z'), at('2020-02-01T15:00:00Z'))
    const equity = Float64Array.of(110, 121)
    expect(monthTable(time, equity, 100, 'utc')[0]?.months[1]).toBeCloseTo(0.21, 12)
    const local = monthTable(time, equity, 100, 'America/New_York')[0]?.months
    expect(local?.[0]).toBeCloseTo(0.1, 12)
    expect(local?.[1]).toBeCloseTo(0.1, 12)
  })

  it('have no rows without equity', () => {
    expect(monthTable(new Float64Array(0), new Float64Array(0), 100, 'utc')).toEqual([])
  })

  it('are tinted by size, the largest move fully, a quiet table not at full strength', () => {
    const rows = monthTable(
      Float64Array.of(at('2020-01-31'), at('2020-02-28')),
      Float64Array.of(110, 104.5),
      100,
      'utc',
    )
    expect(tint(0.1, rows)).toBeCloseTo(1, 12)
    expect(tint(-0.05, rows)).toBeCloseTo(0.5, 12)
    expect(tint(Number.NaN, rows)).toBe(0)
    expect(tint(0.01, [])).toBeCloseTo(0.2, 12)
  })
})
