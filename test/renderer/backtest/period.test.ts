import { describe, expect, it } from 'vitest'
import { coveredSpan, dayOf, dayText, parseDay, shareOf, spanOf } from '../../../renderer/state/period.ts'
import type { Coverage } from '../../../renderer/state/types.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

function series(instrument: string, from: string, to: string): Coverage {
  return {
    instrument,
    interval: '1d',
    bars: 100,
    from: day(from),
    to: day(to),
    hash: 'h',
    source: 'test',
    updatedAt: 0,
  }
}

describe('the period of a backtest', () => {
  const covered = { from: day('2000-01-03'), to: day('2020-12-31') }

  it('counts presets back from the last stored day, not from today', () => {
    expect(spanOf({ preset: '1y', from: null, to: null }, covered)).toEqual({ from: day('2019-12-30'), to: null })
    expect(spanOf({ preset: '5y', from: null, to: null }, covered)).toEqual({ from: day('2015-12-30'), to: null })
    expect(spanOf({ preset: 'ytd', from: null, to: null }, covered)).toEqual({ from: day('2020-01-01'), to: null })
  })

  it('starts a year back on 1 March when the data ends on 29 February', () => {
    const leap = { from: day('2000-01-03'), to: day('2020-03-01') }
    expect(spanOf({ preset: '1y', from: null, to: null }, leap)).toEqual({ from: day('2019-03-01'), to: null })
  })

  it('leaves both ends open for all data and without data', () => {
    expect(spanOf({ preset: 'all', from: 1, to: 2 }, covered)).toEqual({ from: null, to: null })
    expect(spanOf({ preset: '3y', from: null, to: null }, null)).toEqual({ from: null, to: null })
  })

  it('includes the last day of a custom period', () => {
    const period = { preset: 'custom', from: day('2010-01-04'), to: day('2010-01-08') } as const
    expect(spanOf(period, covered)).toEqual({ from: day('2010-01-04'), to: day('2010-01-09') })
  })

  it('counts days of the exchange: a day in Shanghai starts while it is still the day before in UTC', () => {
    const period = { preset: 'custom', from: day('2010-01-04'), to: day('2010-01-04') } as const
    expect(spanOf(period, covered, 'Asia/Shanghai')).toEqual({
      from: Date.parse('2010-01-03T16:00:00Z'),
      to: Date.parse('2010-01-04T16:00:00Z'),
    })
    expect(dayOf(Date.parse('2010-01-03T16:00:00Z'), 'Asia/Shanghai')).toBe(day('2010-01-04'))
  })

  it('reads only days that exist', () => {
    expect(parseDay('2020-02-29')).toBe(day('2020-02-29'))
    expect(parseDay('2019-02-29')).toBeNull()
    expect(parseDay('2019-2-9')).toBeNull()
    expect(parseDay('')).toBeNull()
    expect(dayText(day('2020-02-29'))).toBe('2020-02-29')
    expect(dayText(null)).toBe('')
  })

  it('joins the data of all chosen instruments', () => {
    const all = [
      series('A', '2000-01-01', '2005-01-01'),
      series('B', '2003-01-01', '2010-01-01'),
      series('C', '1990-01-01', '2020-01-01'),
    ]
    expect(coveredSpan(all, ['A', 'B'])).toEqual({ from: day('2000-01-01'), to: day('2010-01-01') })
    expect(coveredSpan(all, ['X'])).toBeNull()
  })

  it('says which share of the data a period takes, and nothing when they do not meet', () => {
    const ten = { from: 0, to: 1000 }
    expect(shareOf({ from: 250, to: 500 }, ten)).toEqual({ start: 0.25, end: 0.5 })
    expect(shareOf({ from: null, to: null }, ten)).toEqual({ start: 0, end: 1 })
    expect(shareOf({ from: -500, to: 2000 }, ten)).toEqual({ start: 0, end: 1 })
    expect(shareOf({ from: 1000, to: 2000 }, ten)).toBeNull()
  })
})
