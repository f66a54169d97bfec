import { describe, expect, it } from 'vitest'
import { analyze, analyzerCatalogue, observe } from '../../../core/reports/analyzers/catalogue.ts'
import { observerCatalogue } from '../../../core/reports/analyzers/observers.ts'
import { runOf } from '../../helpers/sketched-run.ts'

const dayMs = 86_400_000

describe('the catalogue of analyzers', () => {
  it('has the seventeen analyzers and fifteen observers of the reference', () => {
    expect(analyzerCatalogue).toHaveLength(17)
    expect(observerCatalogue).toHaveLength(15)
  })

  it('finds each by its id and by backtrader’s name', () => {
    const run = runOf({ value: [100, 110] })
    for (const { id, aliases } of analyzerCatalogue)
      for (const name of aliases.backtrader) expect(analyze(run, name)).toEqual(analyze(run, id))
    expect(() => analyze(run, 'NoSuchThing')).toThrow('analyzer.unknown')
  })

  it('refuses parameters that it does not have or that cannot be', () => {
    const run = runOf({})
    expect(() => analyze(run, 'Returns', { tanm: 1 })).toThrow('param.unknown')
    expect(() => analyze(run, 'Returns', { timeframe: 'Fortnights' })).toThrow('param.invalid')
    expect(() => analyze(run, 'Calmar', { period: 0 })).toThrow('param.invalid')
    expect(() => analyze(run, 'TimeReturn', { data: 7 })).toThrow('param.invalid')
  })

  it('answers for a run without a bar', () => {
    const empty = runOf({ value: [] })
    for (const { id } of analyzerCatalogue) expect(() => analyze(empty, id)).not.toThrow()
    for (const { id } of observerCatalogue.filter((observer) => observer.id !== 'log-returns-2'))
      for (const line of Object.values(observe(empty, id))) expect(line).toHaveLength(0)
  })
})

describe('periods', () => {
  it('are named by their last day, and the whole run by the end of time', () => {
    const run = runOf({ value: [100, 110] })
    const keys = (timeframe: string) => Object.keys(analyze(run, 'TimeReturn', { timeframe }) as object)
    expect(keys('Days')).toEqual(['2024-01-01T00:00:00', '2024-01-02T00:00:00'])
    expect(keys('Weeks')).toEqual(['2024-01-07T00:00:00'])
    expect(keys('Months')).toEqual(['2024-01-31T00:00:00'])
    expect(keys('Years')).toEqual(['2024-12-31'])
    expect(keys('NoTimeFrame')).toEqual(['9999-12-31T23:59:59.999999'])
  })

  it('within a day are counted from midnight and named by their last unit', () => {
    const run = runOf({ from: '2024-01-01T09:31:00', stepMs: 60_000, value: [100, 101, 102, 103, 104] })
    expect(Object.keys(analyze(run, 'TimeReturn', { compression: 4 }) as object)).toEqual([
      '2024-01-01T09:31:00',
      '2024-01-01T09:35:00',
    ])
    expect(Object.keys(analyze(run, 'TimeReturn', { timeframe: 'Minutes', compression: 60 }) as object)).toEqual([
      '2024-01-01T09:59:00',
    ])
  })

  it('of single ticks are every row; profile backtrader refuses them as upstream does (X-12)', () => {
    const value = [100, 110, 99]
    const days = { '2024-01-01T00:00:00': 0, '2024-01-02T00:00:00': 0.1, '2024-01-03T00:00:00': -0.1 }
    const found = analyze(runOf({ value }), 'TimeReturn', { timeframe: 'Ticks' }) as Record<string, number>
    for (const [key, change] of Object.entries(days)) expect(found[key]).toBeCloseTo(change, 12)
    const upstream = runOf({ value, upstream: true })
    expect(() => analyze(upstream, 'TimeReturn', { timeframe: 'Ticks' })).toThrow('analyzer.ticks')
  })

  it('of a timeframe that is not the bars’ have one unit; profile backtrader takes the bars’ number of units', () => {
    const of = (upstream: boolean) => {
      const run = runOf({ value: [100, 110], stepMs: dayMs, upstream })
      const [first] = run.instruments
      const instruments = first === undefined ? [] : [{ ...first, compression: 2 }]
      return Object.values(analyze({ ...run, instruments }, 'LogReturnsRolling', { timeframe: 'Days' }) as object)
    }
    expect(of(false)).toEqual([0, Math.log(1.1)])
    expect(of(true)).toEqual([Number.NaN, Math.log(1.1)])
  })

  it('of a price begin with its open, or with its close when told so', () => {
    const run = runOf({ value: [100, 120] })
    expect(analyze(run, 'TimeReturn', { timeframe: 'Years', data: 0 })).toEqual({ '2024-12-31': 0.19999999999999996 })
    const bare = runOf({ withBars: false })
    expect(() => analyze(bare, 'TimeReturn', { data: 0 })).toThrow('analyzer.bars')
  })
})

describe('the bars before the first decision', () => {
  const run = { ...runOf({ value: [100, 110, 121, 121] }), decisionRow: 2 }
  const early = { timeframe: 'Years' }
  const late = { ...early, _doprenext: false }

  it('count, unless they are left out', () => {
    expect(analyze(run, 'TimeReturn', { timeframe: 'Days', _doprenext: false })).toEqual({
      '2024-01-03T00:00:00': 0.20999999999999996,
      '2024-01-04T00:00:00': 0,
    })
    expect(analyze(run, 'TimeReturn', early)).toEqual({ '2024-12-31': 0.20999999999999996 })
    expect(analyze(run, 'TimeReturn', { ...late, data: 0, firstopen: false })).toEqual({ '2024-12-31': 0 })
  })

  it('left out, cut the period in two', () => {
    const average = (params: typeof early) => (analyze(run, 'Returns', params) as { ravg: number }).ravg
    expect(average(early)).toBeCloseTo(Math.log(1.21), 12)
    expect(average(late)).toBeCloseTo(Math.log(1.21) / 2, 12)
  })
})

describe('ratios', () => {
  it('Sharpe is undefined when nothing scatters', () => {
    expect(analyze(runOf({ value: [100, 100, 100] }), 'SharpeRatio', { timeframe: 'Days' })).toEqual({
      sharperatio: Number.NaN,
    })
  })

  it('VWR of a single year takes nothing off the yearly return: there is no scatter to pay for', () => {
    const run = runOf({ value: [100, 100.6565] })
    const { rnorm100 } = analyze(run, 'Returns', { timeframe: 'Years' }) as { rnorm100: number }
    expect(analyze(run, 'VWR', { timeframe: 'Years' })).toEqual({ vwr: rnorm100 })
  })

  it('Calmar divides by the drawdown in percent, as upstream, or by the fraction when told so (X-12)', () => {
    const months = { timeframe: 'Days', period: 2 }
    const run = runOf({ value: [100, 80, 90] })
    const last = (fraction: boolean) =>
      Object.values(analyze(run, 'Calmar', { ...months, fraction }) as Record<string, number>).at(-1) as number
    expect(last(true)).toBeCloseTo(last(false) * 100, 12)
    expect(last(true)).toBeCloseTo(Math.log(90 / 90) / 2 / 0.2, 12)
  })

  it('the yearly returns need no stored history: they come from the run’s columns (X-12, exactbars)', () => {
    expect(analyze(runOf({ from: '2023-12-31', value: [100, 110, 121] }), 'AnnualReturn')).toEqual({
      2023: 0,
      2024: 0.20999999999999996,
    })
  })
})

describe('transactions', () => {
  const fills = [
    [1, 0, 10, 5],
    [1, 0, -10, 6],
    [2, 0, 4, 7],
    [2, 0, 4, 9],
  ] as const
  const value = [100, 100, 100]

  it('keep every fill', () => {
    expect(analyze(runOf({ value, fills }), 'Transactions')).toEqual({
      '2024-01-02T00:00:00': [
        [10, 5, 0, 'AAA', -50],
        [-10, 6, 0, 'AAA', 60],
      ],
      '2024-01-03T00:00:00': [
        [4, 7, 0, 'AAA', -28],
        [4, 9, 0, 'AAA', -36],
      ],
    })
  })

  it('of profile backtrader are netted per bar, and what cancels out is gone (X-12)', () => {
    expect(analyze(runOf({ value, fills, upstream: true }), 'Transactions')).toEqual({
      '2024-01-03T00:00:00': [[8, 8, 0, 'AAA', -64]],
    })
  })
})

describe('the tables for pyfolio', () => {
  const columns = (upstream: boolean, items: boolean) => {
    const run = runOf({ names: ['AAA', 'BBB', 'CCC'], upstream })
    return (analyze(run, 'PyFolio', { items }) as { positions: Record<string, unknown> }).positions.Datetime
  }

  it('hold the positions of every instrument', () => {
    expect(columns(false, true)).toEqual(['AAA', 'BBB', 'CCC', 'cash'])
    expect(columns(true, false)).toEqual(['AAA', 'BBB', 'CCC', 'cash'])
  })

  it('lose all but the last when profile backtrader hands them over (X-12)', () => {
    expect(columns(true, true)).toEqual(['CCC', 'cash'])
  })
})

describe('the figures of the trades', () => {
  const trips = [
    [1, 5, 0, 1],
    [2, -3, 4, -1],
  ] as const
  const lengths = (upstream: boolean) => {
    const run = runOf({ value: [100, 105, 102], trips, upstream })
    return (analyze(run, 'TradeAnalyzer') as { len: Record<string, unknown> }).len
  }

  it('count a trade of no length as the shortest', () => {
    expect(lengths(false)).toMatchObject({
      min: 0,
      won: { min: 0 },
      lost: { min: 4 },
      long: { lost: { min: Number.NaN } },
    })
  })

  it('of profile backtrader forget it and put the largest integer where there is none', () => {
    expect(lengths(true)).toMatchObject({ min: 4, lost: { min: 4 }, long: { min: 2 ** 63, lost: { min: 2 ** 63 } } })
    expect(lengths(true).won).not.toHaveProperty('min')
  })

  it('say only how many were begun while none is closed', () => {
    const open = runOf({ value: [100], trips: [[Number.NaN, Number.NaN, Number.NaN, 1]] })
    expect(analyze(open, 'TradeAnalyzer')).toEqual({ total: { total: 1, open: 1 } })
    expect(analyze(runOf({}), 'TradeAnalyzer')).toEqual({ total: { total: 0 } })
    expect(analyze(open, 'SQN')).toEqual({ sqn: 0, trades: 0 })
  })
})

describe('observers', () => {
  it('give one value per row of the run, undefined where nothing happened', () => {
    const run = runOf({ value: [100, 90, 120], fills: [[1, 0, 2, 50]], trips: [[2, 7, 1, 1]] })
    expect(observe(run, 'BuySell')).toEqual({
      buy: Float64Array.of(Number.NaN, 50, Number.NaN),
      sell: new Float64Array(3).fill(Number.NaN),
    })
    expect(observe(run, 'Trades').pnlplus).toEqual(Float64Array.of(Number.NaN, Number.NaN, 7))
    expect(observe(run, 'DataTrades')).toEqual({ AAA: Float64Array.of(Number.NaN, Number.NaN, 7) })
    expect(observe(run, 'DrawDown').drawdown).toEqual(Float64Array.of(0, 10, 0))
    expect(observe(run, 'DrawDown_Old')).toEqual(observe(run, 'DrawDown'))
    expect(observe(run, 'DrawDownLength').maxlen).toEqual(Float64Array.of(0, 1, 1))
  })

  it('may mark buys below the bar and sells above it', () => {
    const run = runOf({ value: [100, 200], fills: [[1, 0, 2, 50]] })
    expect(observe(run, 'BuySell', { barplot: true, bardist: 0.5 }).buy).toEqual(Float64Array.of(Number.NaN, 100))
  })

  it('compare two instruments where the run has two', () => {
    const two = runOf({ value: [100, 110], names: ['AAA', 'BBB'] })
    expect(Object.keys(observe(two, 'LogReturns2'))).toEqual(['logret1', 'logret2'])
    expect(() => observe(runOf({}), 'LogReturns2')).toThrow('param.invalid')
  })

  it('begin a benchmark with the first decision, or with the first bar when told so', () => {
    const run = { ...runOf({ value: [100, 110, 121] }), decisionRow: 1 }
    expect(observe(run, 'Benchmark', { timeframe: 'Years' }).benchmark).toEqual(
      Float64Array.of(Number.NaN, 0, 0.10000000000000009),
    )
    expect(observe(run, 'Benchmark', { timeframe: 'Years', _doprenext: true }).timereturn?.[0]).toBe(0)
  })
})
