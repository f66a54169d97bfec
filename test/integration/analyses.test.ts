import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'

let running: RunningService
let run: string
beforeAll(async () => {
  running = await aService()
  run = (await running.backtest()).summary.id
})
afterAll(() => running.close())

type Params = Readonly<Record<string, number | string | boolean | null>>

async function analysis(analyzer: string, params: Params = {}, of = run): Promise<unknown> {
  const { analyses } = await running.call('run.analyzers', { run: of, analyzers: [{ analyzer, params }] })
  return analyses[0]?.analysis
}

async function observed(observer: string, params: Params = {}, of = run): Promise<Record<string, Float64Array>> {
  const { reply, columns } = await running.call('run.observer', { run: of, observer, params })
  expect(Object.keys(columns)).toEqual(['time', ...reply.lines])
  for (const column of Object.values(columns)) expect(column).toHaveLength(reply.rows)
  return columns
}

const refused = (code: string) => expect.objectContaining({ code })

describe('analyzers of a stored run', () => {
  test('answer all when none is named, but for those with an entry per bar, and name the parameters they used', async () => {
    const { analyses } = await running.call('run.analyzers', { run, analyzers: [] })
    const { analyzers } = await running.call('analyzer.list', {})
    expect(analyses.map(({ analyzer }) => analyzer)).toEqual(
      analyzers.filter(({ perBar }) => !perBar).map(({ id }) => id),
    )
    expect(analyses).toHaveLength(12)
    expect(analyses.find(({ analyzer }) => analyzer === 'sharpe-ratio')?.params).toMatchObject({ riskfreerate: 0.01 })
  })

  test('say what the metrics of the run say where both are the same thing', async () => {
    const { summary } = await running.call('run.get', { run })
    const { metrics } = summary
    const trades = (await analysis('TradeAnalyzer')) as { total: { closed: number }; pnl: { net: { average: number } } }
    expect(trades.total.closed).toBe(metrics.trades)
    expect(trades.pnl.net.average).toBeCloseTo(metrics.expectancy as number, 9)
    const { max } = (await analysis('DrawDown')) as { max: { drawdown: number } }
    expect(max.drawdown / 100).toBeCloseTo(metrics['max-drawdown'] as number, 12)
    const whole = (await analysis('TimeReturn', { timeframe: 'NoTimeFrame' })) as Record<string, number>
    expect(Object.values(whole)[0]).toBeCloseTo(metrics['total-return'] as number, 12)
  })

  test('name days by the exchange’s calendar', async () => {
    const days = Object.keys((await analysis('TimeReturn', { timeframe: 'Days' })) as object)
    const { columns } = await running.call('run.equity', { run, maxRows: 0 })
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short' })
    expect(days).toEqual(Array.from(columns.time ?? [], (time) => `${local.format(time)}T00:00:00`))
  })

  test('keep every fill among the transactions', async () => {
    const { summary } = await running.call('run.get', { run })
    const days = Object.values((await analysis('Transactions')) as Record<string, unknown[]>)
    expect(days.flat()).toHaveLength(summary.counts.fills)
  })

  test('refuse what they do not know', async () => {
    await expect(analysis('Astrology')).rejects.toEqual(refused('analyzer.unknown'))
    await expect(analysis('Returns', { tau: 1 })).rejects.toEqual(refused('param.unknown'))
    await expect(analysis('Returns', { timeframe: 'Fortnights' })).rejects.toEqual(refused('param.invalid'))
    await expect(analysis('Returns', {}, 'run-0')).rejects.toEqual(refused('run.unknown'))
    const upstream = (await running.backtest({ profile: 'backtrader' })).summary.id
    await expect(analysis('Returns', { timeframe: 'Ticks' }, upstream)).rejects.toEqual(refused('analyzer.ticks'))
  })
})

describe('observers of a stored run', () => {
  test('follow the account', async () => {
    const { columns } = await running.call('run.equity', { run, maxRows: 0 })
    const { cash, value } = await observed('CashValue')
    expect([cash, value]).toEqual([columns.cash, columns.equity])
    const { maxdrawdown } = await observed('DrawDown')
    expect(maxdrawdown?.at(-1)).toBeCloseTo(100 * Math.max(...(columns.drawdown ?? [])), 9)
  })

  test('compare with the market from the first decision on', async () => {
    const { summary } = await running.call('run.get', { run })
    const { benchmark } = await observed('Benchmark', { timeframe: 'Years' })
    expect(benchmark?.findIndex((value) => !Number.isNaN(value))).toBe(summary.counts.warmup)
    expect(summary.counts.warmup).toBeGreaterThan(0)
  })

  test('mark the bars in which something was bought', async () => {
    const [{ columns: fills }, { buy, sell, time }] = await Promise.all([
      running.call('run.fills', { run }),
      observed('BuySell'),
    ])
    const marks = Array.from(time ?? []).filter((_, row) => !Number.isNaN(buy?.[row]) || !Number.isNaN(sell?.[row]))
    expect(marks).toEqual([...new Set(fills.time)])
  })
})

test('money that is paid in is no return of a fund share', async () => {
  const saver = await running.strategy(
    'saver.ts',
    `import { Strategy } from 'tickwright'
export default class Saver extends Strategy {
  onBar() {
    if (this.instruments[0].barCount === 3) this.deposit(50000)
  }
}
`,
  )
  const { summary } = await running.backtest({ strategy: saver })
  const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
  expect(Array.from(columns.flows ?? []).slice(0, 5)).toEqual([0, 0, 0, 50_000, 0])
  const whole = { timeframe: 'NoTimeFrame' }
  expect(Object.values((await analysis('TimeReturn', whole, summary.id)) as object)).toEqual([0.5])
  expect(Object.values((await analysis('TimeReturn', { ...whole, fund: true }, summary.id)) as object)).toEqual([0])
  const { fundshares } = await observed('FundShares', {}, summary.id)
  expect([fundshares?.[2], fundshares?.[3]]).toEqual([1000, 1500])
})

test('a run that keeps a fund has its analyzers follow the share, through every payment', async () => {
  const from = Date.UTC(2010, 0, 1)
  const cashFlows = [
    { time: Date.UTC(2011, 5, 1), amount: 20_000 },
    { time: Date.UTC(2012, 5, 1), amount: -5000 },
  ]
  const { summary } = await running.backtest({ from, broker: { fund: { start: 10 }, cashFlows } })
  const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
  expect(columns.flows?.filter((amount) => amount !== 0)).toEqual(Float64Array.of(20_000, -5000))
  const { fundval } = await observed('FundValue', {}, summary.id)
  const recorded = columns['record:fund-value']
  expect(fundval).toHaveLength(recorded?.length ?? 0)
  for (const [row, share] of (fundval ?? []).entries()) expect(share).toBeCloseTo(recorded?.[row] as number, 9)
  const whole = (await analysis('TimeReturn', { timeframe: 'NoTimeFrame' }, summary.id)) as Record<string, number>
  expect(Object.values(whole)[0]).toBeCloseTo((recorded?.at(-1) as number) / 10 - 1, 9)
})

test('positions in several instruments add up to what is not cash', async () => {
  const instruments = ['SIM-AAA', 'SIM-COIN']
  const { summary } = await running.backtest({ instruments, interval: '1h', params: { fast: 2, slow: 5 } })
  expect(summary.counts.fills).toBeGreaterThan(10)
  const rows = (await analysis('PositionsValue', { cash: true }, summary.id)) as Record<string, number[]>
  const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
  const sums = Object.values(rows).map((row) => row.reduce((sum, value) => sum + value, 0))
  expect(sums).toHaveLength(columns.equity?.length ?? 0)
  for (const [row, sum] of sums.entries()) expect(sum).toBeCloseTo(columns.equity?.[row] as number, 6)
})

test('a short position that was paid for is worth what the account counts it as', async () => {
  const bear = await running.strategy(
    'bear.ts',
    `import { Strategy } from 'tickwright'
export default class Bear extends Strategy {
  onBar() {
    const [i] = this.instruments
    if (i.barCount === 3) i.sell(5)
    if (i.barCount === 6) i.sell(5)
  }
}
`,
  )
  const { summary } = await running.backtest({ strategy: bear, broker: { shortCash: false } })
  expect(summary.counts.fills).toBe(2)
  const rows = (await analysis('PositionsValue', {}, summary.id)) as Record<string, number[]>
  const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
  for (const [row, [worth = Number.NaN]] of Object.values(rows).entries())
    expect((columns.cash?.[row] as number) + Math.abs(worth)).toBeCloseTo(columns.equity?.[row] as number, 6)
  expect(Object.values(rows)[10]?.[0]).toBeLessThan(0)
})

test('figures that need the bars say so when the run’s bars are gone; the others go on', async () => {
  const recipe = { ...crossConfig, instruments: ['SPX'] }
  const { summary } = await running.backtest(recipe)
  await running.call('instrument.delete', { instrument: 'SPX' })
  await expect(analysis('TimeReturn', { data: 0 }, summary.id)).rejects.toEqual(refused('analyzer.bars'))
  expect(await analysis('SQN', {}, summary.id)).toMatchObject({ trades: summary.metrics.trades })
})
