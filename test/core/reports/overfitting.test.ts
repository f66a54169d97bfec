import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../../core/lib/normal-distribution.ts'
import { normalQuantile, studentCdf } from '../../../core/reports/distributions.ts'
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  overfittingProbability,
  probabilisticSharpe,
  sharpeError,
} from '../../../core/reports/overfitting.ts'

/** The example of Bailey & López de Prado (2014): Sharpe 2.5 a year over five years of 250 days, fat left tail. */
const candidate = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skew: -3, kurtosis: 10 }
const trialVariance = 0.5 / 250

describe('the deflated Sharpe ratio, as its authors computed it', () => {
  it('expects the best of 100 trials without skill to show 0.1132 a day', () => {
    expect(expectedMaximumSharpe(100, trialVariance)).toBeCloseTo(0.1132, 4)
  })
  it('is 0.9004 after 100 trials: not significant at 95 %', () => {
    expect(deflatedSharpe(candidate, 100, trialVariance)).toBeCloseTo(0.9004, 4)
  })
  it('is 0.9505 after 46 trials', () => {
    expect(deflatedSharpe(candidate, 46, trialVariance)).toBeCloseTo(0.9505, 4)
  })
  it('would be 0.9505 after 88 trials if the returns were normal', () => {
    expect(deflatedSharpe({ ...candidate, skew: 0, kurtosis: 3 }, 88, trialVariance)).toBeCloseTo(0.9505, 4)
  })
  it('is the probabilistic Sharpe ratio after a single trial', () => {
    expect(deflatedSharpe(candidate, 1, trialVariance)).toBe(probabilisticSharpe(candidate))
  })
})

describe('the probabilistic Sharpe ratio, as its authors computed it', () => {
  const fund = { sharpe: 0.458, periods: 24, skew: -2.448, kurtosis: 10.164 }
  it('is 0.982 for a fund of 24 months when its returns are taken as normal', () => {
    expect(probabilisticSharpe({ ...fund, skew: 0, kurtosis: 3 })).toBeCloseTo(0.982, 3)
  })
  it('is 0.913 with the skew and the tails that the fund has', () => {
    expect(probabilisticSharpe(fund)).toBeCloseTo(0.913, 3)
  })
})

describe('the minimum track record, as its authors computed it', () => {
  const years = (perYear: number, shape = { skew: 0, kurtosis: 3 }) =>
    minimumTrackRecord({ sharpe: 2 / Math.sqrt(perYear), ...shape }, 1 / Math.sqrt(perYear)) / perYear
  it('is 2.73 years of days to tell a Sharpe ratio of 2 from 1', () => expect(years(252)).toBeCloseTo(2.73, 2))
  it('is 2.83 years of weeks', () => expect(years(52)).toBeCloseTo(2.83, 2))
  it('is 3.24 years of months', () => expect(years(12)).toBeCloseTo(3.24, 2))
  it('is 4.99 years of months with the skew and tails of hedge funds', () => {
    expect(years(12, { skew: -0.72, kurtosis: 5.78 })).toBeCloseTo(4.99, 2)
  })
  it('does not exist for a ratio that is not above the threshold', () => {
    expect(minimumTrackRecord({ sharpe: 0.1, skew: 0, kurtosis: 3 }, 0.1)).toBeNaN()
  })
})

describe('what cannot be told is undefined', () => {
  it('the error of a Sharpe ratio of one period', () => {
    expect(sharpeError({ sharpe: 1, periods: 1, skew: 0, kurtosis: 3 })).toBeNaN()
  })
  it('the luck of no trials', () => expect(expectedMaximumSharpe(0, 0.1)).toBeNaN())
  it('overfitting of one trial', () => {
    expect(overfittingProbability([new Float64Array(64)]).probability).toBeNaN()
  })
})

describe('the probability of backtest overfitting', () => {
  const wave = (phase: number, drift: number) =>
    Float64Array.from({ length: 160 }, (_, row) => Math.sin(row * 1.7 + phase) * 0.01 + drift)
  it('looks at every half of the blocks: 16 over 8 is 12870 splits', () => {
    expect(overfittingProbability([wave(0, 0), wave(1, 0.001)]).logits).toHaveLength(12_870)
  })
  it('is 0 when one trial is better everywhere', () => {
    expect(overfittingProbability([wave(0, 0.02), wave(1, 0), wave(2, -0.01)], 8).probability).toBe(0)
  })
  it('is 1 when each trial only lives in its own part of the history', () => {
    // Each trial earns in the first half of its own two blocks and loses as much in all others.
    const only = (block: number) =>
      Float64Array.from({ length: 80 }, (_, row) => (Math.floor(row / 10) === block ? 0.05 : -0.01) + (row % 2) * 1e-3)
    expect(overfittingProbability([0, 1, 2, 3, 4, 5, 6, 7].map(only), 8).probability).toBe(1)
  })
})

describe('distributions agree with published tables', () => {
  it('the normal distribution', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 15)
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 15)
    expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 12)
    expect(normalCdf(-3.5) / 2.3262907903552504e-4).toBeCloseTo(1, 12)
  })
  it('and its quantiles', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 14)
    expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 14)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12)
    expect(normalQuantile(1.2)).toBeNaN()
  })
  it('Student’s distribution', () => {
    expect(studentCdf(2.2281388519862744, 10)).toBeCloseTo(0.975, 13)
    expect(studentCdf(-1, 1)).toBeCloseTo(0.25, 14)
    expect(studentCdf(1.8124611228107335, 10)).toBeCloseTo(0.95, 12)
  })
})
