import { describe, expect, it } from 'vitest'
import { metricCatalogue } from '../../../core/reports/metric-catalogue.ts'
import { type MetricOptions, returnParts } from '../../../core/reports/metric-facts.ts'
import { metricValues } from '../../../core/reports/metrics.ts'

/** Values that others published: empyrical's test-suite, and R PerformanceAnalytics on C. Bacon's example portfolio. */

const dayMs = 86_400_000
const start = Date.UTC(2000, 0, 30)

function series(percent: readonly number[], stepDays = 1) {
  return {
    time: Float64Array.from(percent, (_, row) => start + row * stepDays * dayMs),
    value: Float64Array.from(percent, (value) => value / 100),
  }
}

/** empyrical writes an undefined first return here; where it counts that row as a period, `weekly` has a 0 for it. */
const mixed = [1, 10, -4, 2, 3, 2, 1, -10]
const weekly = [0, 1, 10, -4, 2, 3, 2, 1, -10]
const negative = [0, -6, -7, -1, -9, -2, -6, -8, -5]
const positive = [1, 2, 1, 1, 1, 1, 1, 1, 1]
const simpleBenchmark = [0, 1, 0, 1, 0, 1, 0, 1, 0]

const on = (percent: readonly number[], options: MetricOptions = {}) =>
  metricValues(returnParts(series(percent), options))
const yearOf = (periodsPerYear: number, riskFree = 0) => ({ basis: { periodsPerYear, riskFree } })

/** The metric that says it is this function. */
function alias(system: 'empyrical' | 'quantstats', name: string): string {
  const found = metricCatalogue.filter(({ aliases }) => aliases?.[system]?.includes(name))
  expect(found.map(({ id }) => id)).toHaveLength(1)
  return found[0]?.id ?? ''
}
const empyrical = (name: string, values: Record<string, number | null>) => values[alias('empyrical', name)]
const quantstats = (name: string, values: Record<string, number | null>) => values[alias('quantstats', name)]

describe('empyrical’s own examples', () => {
  const daily = on(mixed)
  const weeks = on(weekly, yearOf(52))
  const months = on(weekly, yearOf(12))
  it.each([
    ['cum_returns_final', daily, 0.0389310916],
    ['annual_return', on(weekly), 1.9135925373194231],
    ['annual_return', weeks, 0.24690830513998208],
    ['annual_return', months, 0.052242061386048144],
    ['cagr', on(weekly), 1.9135925373194231],
    ['annual_volatility', daily, 0.9136465399704637],
    ['annual_volatility', weeks, 0.38851569394870583],
    ['annual_volatility', months, 0.18663690238892558],
    ['annual_volatility', on(Array.from({ length: 1000 }, () => 1)), 0],
    ['calmar_ratio', on(weekly), 19.135925373194233],
    ['calmar_ratio', weeks, 2.4690830513998208],
    ['calmar_ratio', months, 0.52242061386048144],
    ['max_drawdown', daily, -0.1],
    ['max_drawdown', on(negative), -0.36590730349873601],
    ['max_drawdown', on([10, -10, 10]), -0.1],
    ['max_drawdown', on(positive), 0],
    ['sharpe_ratio', daily, 1.7238613961706866],
    ['sharpe_ratio', on(positive), 52.915026221291804],
    ['sharpe_ratio', on(negative), -24.406808633910085],
    ['downside_risk', daily, 0.60448325038829653],
    ['downside_risk', weeks, 0.25888650451930134],
    ['downside_risk', months, 0.1243650540411842],
    ['sortino_ratio', daily, 2.605531251673693],
    ['sortino_ratio', on(negative), -13.532743075043401],
    ['sortino_ratio', weeks, 1.1158901056866439],
    ['sortino_ratio', months, 0.53605626741889756],
    ['stability_of_timeseries', on(simpleBenchmark), 0.9],
    ['tail_ratio', daily, 0.9473684210526313],
    ['tail_ratio', on([1]), 1],
  ] as const)('%s', (name, values, expected) => {
    const loose = name === 'stability_of_timeseries' ? 0 : name === 'tail_ratio' ? 1 : 8
    expect(empyrical(name, values)).toBeCloseTo(expected, loose)
  })

  it('its Sharpe ratio against a rate, and Omega where every return is above, between and below the rate', () => {
    const against = (percent: readonly number[], ratePerPeriod: number) =>
      on(percent, yearOf(252, (1 + ratePerPeriod) ** 252 - 1))
    expect(empyrical('omega_ratio', against(mixed, 0.01))).toBeCloseTo(0.8125, 8)
    expect(empyrical('omega_ratio', against(positive, 0.011))).toBeCloseTo(1.125, 6)
    expect(empyrical('omega_ratio', against(positive, 0.02))).toBeCloseTo(0, 8)
    expect(empyrical('omega_ratio', on(positive))).toBeNull()
    expect(empyrical('sortino_ratio', against(mixed, 0.01))).toBeCloseTo(-1.3934779588919977, 6)
    expect(empyrical('downside_risk', against(mixed, 0.1))).toBeCloseTo(1.7161730681956295, 6)
  })

  it('against a benchmark', () => {
    const beside = (percent: readonly number[], other: readonly number[]) => on(percent, { benchmark: series(other) })
    expect(empyrical('beta', beside(mixed, negative.slice(1)))).toBeCloseTo(-0.71296296296296313, 8)
    expect(beside(mixed, negative.slice(1))['alpha-simple']).toBeCloseTo(-8.306666666666668, 8)
    expect(
      empyrical(
        'beta',
        beside(
          mixed,
          mixed.map((value) => -value),
        ),
      ),
    ).toBeCloseTo(-1, 12)
    expect(empyrical('alpha', beside(mixed, mixed))).toBeCloseTo(0, 12)
    expect(
      empyrical(
        'excess_sharpe',
        beside(
          mixed,
          mixed.map(() => 0),
        ),
      ),
    ).toBeCloseTo(0.10859306069076737, 8)
    expect(
      empyrical(
        'excess_sharpe',
        beside(
          mixed,
          mixed.map(() => 1),
        ),
      ),
    ).toBeCloseTo(-0.06515583641446039, 8)
    expect(empyrical('excess_sharpe', beside(mixed, mixed))).toBeNull()
    expect(
      empyrical(
        'beta',
        beside(
          mixed,
          mixed.map(() => 1),
        ),
      ),
    ).toBeNull()
  })

  it('is undefined where empyrical has nan', () => {
    for (const name of ['sharpe_ratio', 'calmar_ratio', 'omega_ratio', 'stability_of_timeseries']) {
      expect([name, empyrical(name, on([1]))]).toEqual([name, null])
    }
    for (const name of ['annual_return', 'max_drawdown', 'sortino_ratio', 'downside_risk', 'tail_ratio']) {
      expect([name, empyrical(name, on([]))]).toEqual([name, null])
    }
  })
})

/** The portfolio of C. Bacon, Practical Portfolio Performance Measurement and Attribution (2008), 24 months, in percent. */
const bacon = [
  ...[0.3, 2.6, 1.1, -1, 1.5, 2.5, 1.6, 6.7, -1.4, 4, -0.5, 8.1],
  ...[4, -3.7, -6.1, 1.7, -4.9, -2.2, 7, 5.8, -6.5, 2.4, -0.5, -0.9],
]
/** Seven losing days: the case in which a normal value at risk is above every return. */
const losing = [
  ...[-1.8720930383, -1.4303070725, -1.4572173794, -0.3467788444],
  ...[-2.5038397377, -0.1677869157, -1.0129521509],
]

describe('values of R PerformanceAnalytics 2.1.0', () => {
  const portfolio = on(bacon, yearOf(12))
  const week = on(losing)
  it.each([
    ['volatility', 0.13700015867969229, 0.13086457754395944],
    ['cagr', 0.10367828972980941, -0.9589235732751437],
    ['sharpe', 0.7883202548144859, -24.183404779195588],
    ['sortino', 1.3592165786838633, -13.565806946540524],
    ['max_drawdown', -0.144672955739218, -0.08485758410265398],
    ['calmar', 0.7166390511623746, -11.30038738924165],
    ['value_at_risk', -0.05605155822002584, -0.026118205089509853],
    ['omega', 1.7797833935018055, 0],
    ['skew', -0.08817174934967567, -0.05724138737086073],
    ['kurtosis', -0.4076603211860866, -0.6907159418089514],
  ] as const)('%s', (name, ofPortfolio, ofWeek) => {
    expect(quantstats(name, portfolio)).toBeCloseTo(ofPortfolio, 11)
    expect(quantstats(name, week)).toBeCloseTo(ofWeek, 10)
  })
  it('expected shortfall of a normal distribution', () => {
    expect(portfolio['expected-shortfall-normal']).toBeCloseTo(-0.0725772784216993, 12)
    expect(week['expected-shortfall-normal']).toBeCloseTo(-0.029562908106231696, 12)
  })
  it('no return below the normal limit: the limit itself', () => {
    expect(week['expected-shortfall-below-normal']).toBe(week['value-at-risk-normal'])
  })
})

describe('the catalogue says which function of another system is meant', () => {
  it.each(['empyrical', 'quantstats', 'backtrader'] as const)('%s: each name once', (system) => {
    const names = metricCatalogue.flatMap(({ aliases }) => aliases?.[system] ?? [])
    expect(names.length).toBeGreaterThan(10)
    expect(new Set(names).size).toBe(names.length)
  })
})
