import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MetricOptions, returnParts } from '../../core/reports/metric-facts.ts'
import { metricValues } from '../../core/reports/metrics.ts'
import { readReturns } from '../../core/reports/read-returns.ts'

const dayMs = 86_400_000
const start = Date.UTC(2019, 10, 28)

const seriesOf = (value: readonly number[]) => ({
  time: Float64Array.from(value, (_, row) => start + row * dayMs),
  value: Float64Array.from(value),
})
const metricsOf = (value: readonly number[], options: MetricOptions = {}) =>
  metricValues(returnParts(seriesOf(value), options))

// A return is a ratio of two prices, so what lies under the precision of a ratio is no return: its square would vanish.
const plainReturn = fc
  .double({ min: -0.2, max: 0.2, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-15 ? 0 : value))
const plainReturns = fc.array(plainReturn, { minLength: 2, maxLength: 120 })
const hostileReturn = fc.oneof(
  plainReturn,
  fc.constantFrom(0, -0, -1, -1.5, 1e12, -1e12, 1e-12, -1e-12, 5e-324, Number.MAX_VALUE),
)

describe('whatever the returns are', () => {
  test('a metric is a number or undefined, and nothing breaks', () => {
    fc.assert(
      fc.property(
        fc.array(hostileReturn, { maxLength: 60 }),
        fc.array(hostileReturn, { maxLength: 60 }),
        (own, other) => {
          const found = metricsOf(own, { benchmark: seriesOf(other), basis: { periodsPerYear: 252, riskFree: 0.02 } })
          for (const [id, value] of Object.entries(found))
            expect([id, value === null || Number.isFinite(value)]).toEqual([id, true])
        },
      ),
      { numRuns: 150 },
    )
  })

  test('shares, probabilities and depths stay in their bounds', () => {
    fc.assert(
      fc.property(plainReturns, (returns) => {
        const found = metricsOf(returns)
        const within = (id: string, low: number, high: number) => {
          const value = found[id] ?? null
          if (value !== null) expect([id, value >= low && value <= high]).toEqual([id, true])
        }
        for (const id of ['win-rate-days', 'max-drawdown', 'probabilistic-sharpe', 'risk-of-ruin', 'monte-carlo-loss'])
          within(id, 0, 1)
        within('max-drawdown-return', -1, 0)
        within('stability', 0, 1 + 1e-12)
        within('autocorrelation-penalty', 1, Number.POSITIVE_INFINITY)
        expect(found['worst-day']).toBeLessThanOrEqual(found['expected-shortfall'] ?? 0)
        expect(found['expected-shortfall']).toBeLessThanOrEqual((found['value-at-risk'] ?? 0) + 1e-15)
        expect(found['value-at-risk']).toBeLessThanOrEqual(found['best-day'] ?? 0)
      }),
    )
  })

  test('months, quarters and years compound to the total', () => {
    fc.assert(
      fc.property(plainReturns, (returns) => {
        const parts = returnParts(seriesOf(returns), {})
        const total = parts.returns?.growth ?? Number.NaN
        for (const months of [1, 3, 6, 12] as const) {
          const growth = parts.returns?.compounded(months).reduce((all, value) => all * (1 + value), 1)
          expect(growth).toBeCloseTo(total, 9)
        }
      }),
    )
  })
})

describe('what is known to hold', () => {
  test('twice the returns: twice the volatility, the same Sharpe ratio', () => {
    fc.assert(
      fc.property(plainReturns, (returns) => {
        const [one, two] = [metricsOf(returns), metricsOf(returns.map((value) => value * 2))]
        if (one.sharpe === null) return
        expect(two.volatility).toBeCloseTo((one.volatility ?? Number.NaN) * 2, 9)
        expect((two.sharpe ?? Number.NaN) / (one.sharpe || 1)).toBeCloseTo(one.sharpe === 0 ? 0 : 1, 6)
      }),
    )
  })

  test('against itself: beta 1, no alpha, capture 1', () => {
    fc.assert(
      fc.property(plainReturns, (returns) => {
        const found = metricsOf(returns, { benchmark: seriesOf(returns) })
        if (found.beta === null) return
        expect(found.beta).toBeCloseTo(1, 9)
        expect(found['alpha-simple']).toBeCloseTo(0, 9)
        expect(found['benchmark-excess']).toBe(0)
      }),
    )
  })

  test('a file is read as it was written, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.9, max: 9, noNaN: true }), { minLength: 1, maxLength: 80 }),
        (returns) => {
          const rows = returns.map(
            (value, row) => `${new Date(start + row * dayMs).toISOString().slice(0, 10)},${value}`,
          )
          const { series } = readReturns(['date,return', ...rows.reverse()].join('\n'), 'r.csv')
          expect([...series.value].map((value) => value + 0)).toEqual(returns.map((value) => value + 0))
          expect([...series.time]).toEqual(returns.map((_, row) => start + row * dayMs))
        },
      ),
    )
  })
})
