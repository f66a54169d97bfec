import { describe, expect, test } from 'vitest'
import { indexOfTime } from '../../../renderer/chart/bars.ts'
import { decimalsFor, indicatorText, shifted, valueAt } from '../../../renderer/chart/indicator-lines.ts'
import { candleValues } from '../../../renderer/features/chart/candle-values.ts'
import { freeKey, readSettings } from '../../../renderer/features/chart/chart-settings.ts'
import { quickMatches, readInterval } from '../../../renderer/features/chart/quick-entry-match.ts'
import { strategyIndicators } from '../../../renderer/features/chart/use-run-lines.ts'
import { concerns } from '../../../renderer/features/chart/use-run-trades.ts'
import type { Coverage, Instrument } from '../../../renderer/state/types.ts'
import { barsOf } from './series.ts'

describe('a moment and its bar', () => {
  const bars = barsOf([10, 11, 12])
  const open = (i: number) => bars.time[i] ?? Number.NaN

  test('a bar covers its open up to the next open', () => {
    expect([open(0) - 1, open(0), open(1) - 1, open(1), open(2) + 1e9].map((at) => indexOfTime(bars, at))).toEqual([
      -1, 0, 0, 1, 2,
    ])
  })

  test('the legend of merged bars has their extremes, their volume and the change since the close before', () => {
    const values = candleValues(bars, 1, 2)
    expect(values).toMatchObject({ open: 10, close: 12, high: 14, low: 9, time: open(1) })
    expect(values?.change).toBeCloseTo(0.2, 12)
    expect(candleValues(bars, 0, 0)?.change).toBeNaN()
    expect(candleValues(bars, 0, 3)).toBeNull()
  })
})

describe('the trades of a run', () => {
  const texts = { instrument: ['SPX'] }

  test('concern the instruments they were made on, and every one when the run made none', () => {
    expect(concerns({ rows: 88, texts }, 'SPX')).toBe(true)
    expect(concerns({ rows: 88, texts }, 'SIM-COIN')).toBe(false)
    expect(concerns({ rows: 0, texts: {} }, 'SIM-COIN')).toBe(true)
  })
})

describe('figures of indicators', () => {
  test('a merged candle shows the value of its last bar', () => {
    const values = Float64Array.of(1, 2, 3, 4, 5)
    expect([0, 1, 2].map((candle) => valueAt(values, candle, 2))).toEqual([2, 4, 5])
  })

  test('a line that is drawn earlier or later moves by as many bars and loses what falls off the end', () => {
    const values = Float64Array.of(1, 2, 3, 4)
    const gap = Number.NaN
    expect([...shifted(values, -2)]).toEqual([3, 4, gap, gap])
    expect([...shifted(values, 1)]).toEqual([gap, 1, 2, 3])
    expect([...shifted(values, 9)]).toEqual([gap, gap, gap, gap])
    expect([...shifted(values, -9)]).toEqual([gap, gap, gap, gap])
    expect(shifted(values, 0)).toBe(values)
  })

  test('decimals follow the size of the values', () => {
    expect(decimalsFor([Float64Array.of(Number.NaN, 28.84, 71.2)])).toBe(2)
    expect(decimalsFor([Float64Array.of(0.43, -0.05)])).toBe(3)
    expect(decimalsFor([Float64Array.of(1_250_000)])).toBe(0)
    expect(indicatorText(-1234.5, 2)).toBe('\u22121,234.50')
    expect(indicatorText(-0.0001, 2)).toBe('0.00')
    expect(indicatorText(Number.NaN, 2)).toBe('–')
  })
})

describe('typing on the chart', () => {
  const instrument = (id: string, name: string) => ({ id, name }) as Instrument
  const covered = (id: string) => ({ instrument: id }) as Coverage

  test('figures are intervals: a bare number is minutes, a capital D a day, a capital M a month', () => {
    expect(['15', '4h', '1D', '1M', '1m', '4H', '0', 'abc', '5x'].map(readInterval)).toEqual([
      '15m',
      '4h',
      '1d',
      '1M',
      '1m',
      '4h',
      null,
      null,
      null,
    ])
  })

  test('a figure with a measure is a bar that time does not end; prints are not stored', () => {
    expect(['2.5Renko', '10000volume', '1range', '500tick', '0renko'].map(readInterval)).toEqual([
      '2.5renko',
      '10000volume',
      '1range',
      null,
      null,
    ])
  })

  test('letters find instruments that have bars, beginnings of ids first', () => {
    const instruments = [instrument('AAA-SP', 'x'), instrument('SPX', 'S&P 500'), instrument('SPY', 'no bars')]
    const found = quickMatches('sp', instruments, [covered('AAA-SP'), covered('SPX')])
    expect(found.map((match) => (match.kind === 'instrument' ? match.id : ''))).toEqual(['SPX', 'AAA-SP'])
  })
})

describe('the lines of a run’s strategy', () => {
  const bars = barsOf([10, 11, 12, 13])
  const shape = { pane: 'price', draw: 'line', shift: 0 } as const
  const line = { ...shape, name: 'fast', title: 'sma(close, 2)', guides: [] }
  const answer = (interval: string) => ({
    reply: { interval, lines: [line] },
    columns: { time: bars.time.slice(1, 3), 'line:0': Float64Array.of(7, 8) },
  })

  test('lie on the bars of their time; where the run had no bar there is nothing', () => {
    const [shown] = strategyIndicators(answer('1d'), { bars, interval: '1d' })
    expect([shown?.title, shown?.about, shown?.pane]).toEqual(['fast', 'sma(close, 2)', 'price'])
    expect([...(shown?.lines[0]?.values ?? [])]).toEqual([Number.NaN, 7, 8, Number.NaN])
  })

  test('are not drawn over bars of another interval', () => {
    expect(strategyIndicators(answer('1d'), { bars, interval: '1w' })).toEqual([])
  })
})

describe('stored settings', () => {
  test('what cannot be read falls back, so that an older file never breaks the chart', () => {
    expect(readSettings(null)).toEqual({ indicators: [], scale: 'linear', volume: true, trades: true, lines: true })
    const stored = {
      indicators: [{ key: '1', id: 'sma', params: { period: 20, bad: {} }, sources: ['volume', 'colour'] }, 7],
      scale: 'log',
      volume: false,
    }
    expect(readSettings(stored)).toEqual({
      indicators: [
        { key: '1', id: 'sma', params: { period: 20 }, sources: ['volume'], pane: 'catalogue', hidden: false },
      ],
      scale: 'log',
      volume: false,
      trades: true,
      lines: true,
    })
  })

  test('a new indicator gets a key that no other has', () => {
    const placed = (key: string) =>
      ({ key, id: 'sma', params: {}, sources: [], pane: 'catalogue', hidden: false }) as const
    expect(freeKey([placed('1'), placed('3')])).toBe('2')
  })
})
