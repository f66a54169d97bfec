import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import type { InstrumentRecord } from '../../core/domain/instrument.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { type BacktestInput, modules, runBacktest } from '../../core/engine/kernel.ts'
import { aService, crossConfig, plainColumns, type RunningService, tableOf } from '../helpers/a-service.ts'
import { crossText, strategyText } from '../helpers/strategies.ts'

let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

const { Strategy, param, sma, crossedAbove, crossedBelow } = modules.tickwright

/** The same cross as `crossText`, for the kernel in this process. */
class SmaCross extends Strategy<typeof SmaCross.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 3, max: 300 }) }
  override onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }
  override onBar(i: Instrument<'fast' | 'slow'>) {
    if (i.flat && crossedAbove(i.fast, i.slow)) i.buy(1)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.sell(1)
  }
}

/** What the kernel is given for a configuration, read through the contract alone. */
async function kernelInput(instruments: readonly string[], interval: string): Promise<BacktestInput> {
  const { instruments: records } = await running.call('instrument.list', {})
  const { params, cash, commission, slippage, profile, fillPolicy, seed } = crossConfig
  const series = await Promise.all(
    instruments.map(async (instrument) => {
      const record = records.find(({ id }) => id === instrument) as InstrumentRecord
      const { columns } = await running.call('bars.read', { instrument, interval, from: null, to: null, maxBars: 0 })
      const bars = createBarSeries(columns.time?.length ?? 0)
      for (const [name, column] of Object.entries(columns)) bars[name as 'time'].set(column)
      return { record, bars, interval }
    }),
  )
  const exports = { default: SmaCross }
  return {
    strategyExports: exports,
    instruments: series,
    params,
    cash,
    commission,
    slippage,
    profile,
    fillPolicy,
    seed,
  }
}

describe('a backtest', () => {
  test('gives the same numbers as the kernel in this process: equity, trades, orders, fills, metrics, hash', async () => {
    const { summary, capsule } = await running.backtest()
    const expected = runBacktest(await kernelInput(['SPX'], '1d'))
    expect(summary).toMatchObject({ state: 'done', counts: expected.counts, metrics: expected.metrics, error: null })
    expect(summary.counts).toMatchObject({ bars: 5105, fills: 175, trades: 88 })
    expect(capsule.resultHash).toBe(createHash('sha256').update(expected.resultBytes()).digest('hex'))
    for (const name of ['trades', 'orders', 'fills'] as const) {
      const { reply, columns } = await tableOf(running, `run.${name}`, summary.id)
      expect(columns).toEqual(plainColumns(expected[name].columns))
      expect(reply).toEqual({ rows: expected[name].rows, texts: expected[name].texts })
    }
    const equity = await running.call('run.equity', { run: summary.id, maxRows: 0 })
    expect(equity.reply.rows).toBe(5105)
    expect(plainColumns(equity.columns)).toEqual(plainColumns(expected.equity.columns()))
  })

  test('runs over several instruments at an interval made from finer bars', async () => {
    const instruments = ['SIM-AAA', 'SIM-BBB', 'SIM-COIN']
    const { summary, capsule } = await running.backtest({ instruments, interval: '15m' })
    const expected = runBacktest(await kernelInput(instruments, '15m'))
    expect(summary.counts).toEqual(expected.counts)
    expect(capsule.resultHash).toBe(createHash('sha256').update(expected.resultBytes()).digest('hex'))
    expect(capsule.data.map(({ instrument, sourceInterval }) => [instrument, sourceInterval])).toEqual(
      instruments.map((instrument) => [instrument, '1m']),
    )
    const { reply, columns } = await tableOf(running, 'run.fills', summary.id)
    expect(reply.texts.instrument).toEqual(instruments)
    expect(new Set(columns.instrument)).toEqual(new Set([0, 1, 2]))
  })

  test('only uses bars that open in the chosen period', async () => {
    const [from, to] = [Date.UTC(2008, 0, 1), Date.UTC(2009, 0, 1)]
    const { summary, capsule } = await running.backtest({ from, to })
    const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
    const times = [...(columns.time ?? [])]
    expect(times.length).toBe(253)
    expect(times.every((time) => time >= from && time < to)).toBe(true)
    expect(capsule.data[0]).toMatchObject({ bars: 253, from: times[0] })
  })

  test('keeps everything that is needed to run it again', async () => {
    const text = strategyText("  onBar() { this.record('twice', two * 1); if (once()) this.log('first bar') }", imports)
    await running.strategy(
      'rules.ts',
      'export const two = 2\nlet done = false\nexport const once = () => !done && (done = true)\n',
    )
    const strategy = await running.strategy('two-modules.ts', text)
    const started = { strategy, seed: 42, params: {}, cash: 5_000 }
    const { summary, capsule, log, recorded } = await running.backtest(started)
    const info = await running.call('app.info', {})
    const { coverage } = await running.call('instrument.list', {})
    expect(capsule).toMatchObject({
      version: 1,
      engineBuild: info.engineBuild,
      entry: 'two-modules.ts',
      config: { ...crossConfig, ...started },
      resultHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      codeHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(Object.keys(capsule.sources).sort()).toEqual(['rules.ts', 'two-modules.ts'])
    expect(capsule.sources['two-modules.ts']).toBe(text)
    expect(capsule.data[0]).toMatchObject({ instrument: 'SPX', interval: '1d', bars: 5105 })
    expect(capsule.data[0]?.hash).toBe(coverage.find(({ instrument }) => instrument === 'SPX')?.hash)
    expect(capsule.instruments[0]).toMatchObject({ id: 'SPX', simulated: false })
    expect(log.map(({ text: line }) => line)).toEqual(['first bar'])
    expect(recorded).toEqual(['twice'])
    const { columns } = await running.call('run.equity', { run: summary.id, maxRows: 0 })
    expect(new Set(columns['record:twice'])).toEqual(new Set([2]))
  })

  test('a thinned equity curve keeps the first, the last and both extremes', async () => {
    const { summary } = await running.backtest()
    const whole = (await running.call('run.equity', { run: summary.id, maxRows: 0 })).columns.equity ?? []
    const { reply, columns } = await running.call('run.equity', { run: summary.id, maxRows: 100 })
    expect(reply.rows).toBeLessThanOrEqual(100)
    const thin = [...(columns.equity ?? [])]
    expect([thin[0], thin.at(-1)]).toEqual([whole[0], whole[5104]])
    expect([Math.min(...thin), Math.max(...thin)]).toEqual([Math.min(...whole), Math.max(...whole)])
  })
})

const imports = "import { two, once } from './rules.ts'"

describe('a run under way', () => {
  const slow = strategyText('  sum = 0\n  onBar() { for (let k = 0; k < 20000; k++) this.sum += Math.sqrt(k) }')
  const over = { instruments: ['SIM-COIN'], interval: '1m' }

  test('tells its progress, is cancelled, and keeps no result', async () => {
    const strategy = await running.strategy('slow.ts', slow)
    const { run, job } = await running.call('backtest.start', { ...crossConfig, ...over, strategy })
    const moving = await running.until('job.changed', (one) => one.id === job && one.done > 0)
    expect(moving).toMatchObject({ kind: 'backtest', subject: run, state: 'running', total: 120_960 })
    await running.call('job.cancel', { job })
    const end = await running.until('job.changed', (one) => one.id === job && one.state !== 'running')
    expect(end).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } })
    expect((await running.call('run.get', { run })).summary).toMatchObject({ state: 'cancelled', counts: { fills: 0 } })
    const states = running.heard('run.changed').filter((one) => one.run === run)
    expect(states.map(({ state }) => state)).toEqual(['running', 'cancelled'])
    await running.backtest()
  })

  test('lets the service answer while it computes', async () => {
    const strategy = await running.strategy('slow.ts', slow)
    const { job } = await running.call('backtest.start', { ...crossConfig, ...over, strategy })
    await running.until('job.changed', (one) => one.id === job && one.done > 0)
    expect((await running.call('run.list', { search: '', limit: 5, offset: 0 })).runs[0]?.state).toBe('running')
    expect((await running.call('job.list', {})).jobs[0]).toMatchObject({ id: job, state: 'running' })
    await running.call('job.cancel', { job })
    await expect(running.ended(job)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('comparing runs', () => {
  test('names what differs in configuration, code and trades', async () => {
    const a = (await running.backtest()).summary.id
    const b = (await running.backtest({ params: { fast: 8 }, cash: 50_000 })).summary.id
    const { reply, columns } = await running.call('run.compare', { a, b })
    expect(reply).toMatchObject({ sameCode: true, sameData: true })
    expect(reply.differences).toEqual([
      { path: 'cash', a: '100000', b: '50000' },
      { path: 'params.fast', a: '10', b: '8' },
    ])
    const { same, added, removed, moved } = reply.counts
    expect(same + removed + moved).toBe(88)
    expect(same + added + removed + moved).toBe(columns.change?.length)
    expect(added + removed + moved).toBeGreaterThan(20)
    const itself = await running.call('run.compare', { a, b: a })
    expect(itself.reply).toMatchObject({ differences: [], counts: { same: 88, added: 0, removed: 0, moved: 0 } })
    const changed = await running.strategy('cross-changed.ts', crossText.replace('i.buy(1)', 'i.buy(2)'))
    const other = (await running.backtest({ strategy: changed, interval: '1w' })).summary.id
    expect((await running.call('run.compare', { a, b: other })).reply).toMatchObject({
      sameCode: false,
      sameData: false,
    })
  })
})

describe('the history of runs', () => {
  test('finds by words, keeps notes and forgets what is deleted', async () => {
    const { summary } = await running.backtest({ params: { fast: 13, slow: 77 } })
    await running.call('run.annotate', { run: summary.id, note: 'Weihnachten 圣诞' })
    const found = await running.call('run.list', { search: '圣诞', limit: 10, offset: 0 })
    expect(found.runs.map(({ id }) => id)).toEqual([summary.id])
    await running.call('run.delete', { run: summary.id })
    expect((await running.call('run.list', { search: '圣诞', limit: 10, offset: 0 })).total).toBe(0)
    await expect(running.call('run.get', { run: summary.id })).rejects.toMatchObject({ code: 'run.unknown' })
  })
})
