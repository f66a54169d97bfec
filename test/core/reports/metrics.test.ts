import { describe, expect, it } from 'vitest'
import { metricCatalogue } from '../../../core/reports/metric-catalogue.ts'
import type { MetricInput } from '../../../core/reports/metric-facts.ts'
import { computeMetrics } from '../../../core/reports/metrics.ts'
import { monthlyReturns } from '../../../core/reports/monthly-returns.ts'

const dayMs = 86_400_000
const firstDay = Date.UTC(2024, 0, 1)

/** A daily curve with half of the equity exposed on every second day. */
function inputOf(
  equity: readonly number[],
  trades: readonly { pnl: number; bars?: number; open?: boolean }[] = [],
): MetricInput {
  const exposed = Math.floor(equity.length / 2)
  return {
    equity: {
      time: Float64Array.from(equity, (_, day) => firstDay + day * dayMs),
      equity: Float64Array.from(equity),
    },
    exposure: { rows: exposed, sum: exposed * 0.5 },
    trades: {
      pnl: Float64Array.from(trades, ({ pnl }) => pnl),
      fees: new Float64Array(trades.length),
      bars: Float64Array.from(trades, ({ bars = 1 }) => bars),
      open: Float64Array.from(trades, ({ open = false }) => Number(open)),
    },
    fees: 3,
    initialCash: 100,
  }
}

/** empyrical's own example of simple returns (its test fixture `mixed_returns`, whose first value is undefined), as an equity curve from 100. */
const mixedReturns = [0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1]
const mixedCurve: number[] = []
for (const change of mixedReturns) mixedCurve.push((mixedCurve.at(-1) ?? 100) * (1 + change))

describe('metrics on empyrical’s published example', () => {
  const metrics = computeMetrics(inputOf(mixedCurve))
  it('has its annual volatility', () => expect(metrics.volatility).toBeCloseTo(0.9136465399704637, 12))
  it('has its Sharpe ratio', () => expect(metrics.sharpe).toBeCloseTo(1.7238613961706866, 12))
  it('has its Sortino ratio', () => expect(metrics.sortino).toBeCloseTo(2.605531251673693, 12))
  it('has its largest drawdown', () => expect(metrics['max-drawdown']).toBeCloseTo(0.1, 12))
})

describe('metrics by hand', () => {
  const trades = [
    { pnl: 10, bars: 2 },
    { pnl: -5, bars: 4 },
    { pnl: 15, bars: 6 },
    { pnl: 0, bars: 8 },
    { pnl: 99, open: true },
  ]
  const metrics = computeMetrics(inputOf([100, 120, 90, 110, 150], trades))

  it('total return and net profit', () => {
    expect(metrics['total-return']).toBeCloseTo(0.5, 12)
    expect(metrics['net-profit']).toBe(50)
  })
  it('growth per year counts calendar days', () => {
    expect(metrics.cagr).toBeCloseTo(1.5 ** (365.25 / 4) - 1, -10)
  })
  it('the drawdown in ratio, money and days', () => {
    expect(metrics['max-drawdown']).toBeCloseTo(0.25, 12)
    expect(metrics['max-drawdown-money']).toBe(30)
    expect(metrics['max-drawdown-days']).toBe(3)
  })
  it('best and worst day', () => {
    expect(metrics['best-day']).toBeCloseTo(150 / 110 - 1, 12)
    expect(metrics['worst-day']).toBeCloseTo(-0.25, 12)
  })
  it('time in the market and average exposure', () => {
    expect(metrics['exposure-time']).toBeCloseTo(0.4, 12)
    expect(metrics['average-exposure']).toBeCloseTo(0.2, 12)
  })
  it('counts closed round trips only', () => {
    expect(metrics.trades).toBe(4)
    expect(metrics['win-rate']).toBe(0.5)
    expect(metrics['profit-factor']).toBe(5)
    expect(metrics.expectancy).toBe(5)
  })
  it('wins and losses', () => {
    expect(metrics['average-win']).toBe(12.5)
    expect(metrics['average-loss']).toBe(-5)
    expect(metrics['largest-win']).toBe(15)
    expect(metrics['largest-loss']).toBe(-5)
  })
  it('holding time, fees and system quality', () => {
    expect(metrics['average-bars']).toBe(5)
    expect(metrics.fees).toBe(3)
    expect(metrics.sqn).toBeCloseTo((2 * 5) / Math.sqrt(250 / 3), 12)
  })
})

describe('what is undefined is null', () => {
  it('for a run without bars', () => {
    const metrics = computeMetrics(inputOf([]))
    for (const id of ['cagr', 'max-drawdown', 'sharpe', 'win-rate', 'sqn', 'exposure-time'])
      expect(metrics[id]).toBeNull()
    expect(metrics['total-return']).toBe(0)
  })
  it('for a flat curve', () => {
    const metrics = computeMetrics(inputOf([100, 100, 100]))
    for (const id of ['sharpe', 'sortino', 'calmar']) expect(metrics[id]).toBeNull()
  })
  it('for the profit factor without a loss', () => {
    expect(computeMetrics(inputOf([100], [{ pnl: 1 }]))['profit-factor']).toBeNull()
  })
})

describe('the catalogue', () => {
  it('names each metric once', () => {
    expect(new Set(metricCatalogue.map(({ id }) => id)).size).toBe(metricCatalogue.length)
  })
  it('explains each metric in both languages', () => {
    for (const { title, about, formula, source } of metricCatalogue) {
      for (const text of [title.en, title.zh, about.en, about.zh, formula, source]) expect(text).not.toBe('')
      expect(title.zh).toMatch(/\p{Script=Han}/u)
      expect(about.zh).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('monthly returns', () => {
  it('measure each month against the one before, the first against the cash', () => {
    const time = [
      Date.UTC(2023, 11, 30),
      Date.UTC(2023, 11, 31, 23),
      Date.UTC(2024, 0, 1),
      Date.UTC(2024, 1, 29),
      Date.UTC(2024, 2, 1),
    ]
    const equity = [100, 110, 121, 60.5, 121]
    const found = monthlyReturns(Float64Array.from(time), Float64Array.from(equity), 100)
    expect(found.map(({ year, month, value }) => [year, month, Number(value.toFixed(9))])).toEqual([
      [2023, 12, 0.1],
      [2024, 1, 0.1],
      [2024, 2, -0.5],
      [2024, 3, 1],
    ])
  })
  it('know every month since 1970', () => {
    const days = Array.from({ length: 22_000 }, (_, day) => day * dayMs)
    const found = monthlyReturns(Float64Array.from(days), new Float64Array(days.length).fill(1), 1)
    const expected = new Set(days.map((day) => new Date(day).toISOString().slice(0, 7)))
    expect(found.map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`)).toEqual([...expected])
  })
  it('of nothing are nothing', () => expect(monthlyReturns(new Float64Array(), new Float64Array(), 1)).toEqual([]))
})
