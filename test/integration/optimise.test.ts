import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { deflatedSharpe } from '../../core/reports/overfitting.ts'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'
import { type Config, optimiseOn, question } from '../helpers/optimise-question.ts'
import { strategyText } from '../helpers/strategies.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let service: RunningService
beforeAll(async () => {
  service = await aService()
})
afterAll(() => service.close())

const optimise = (change: Partial<Config> = {}, workers: number | null = null) => optimiseOn(service, change, workers)

const trialsOf = (optimisation: string, metrics: string[] | null = null) => {
  return service.call('optimise.trials', { optimisation, metrics })
}

describe('an optimisation', () => {
  test('runs every point that the condition allows, and finds the best', async () => {
    const { optimisation, axes } = await optimise()
    expect(optimisation).toMatchObject({ state: 'done', planned: 18, done: 18, failed: 0, strategyName: 'cross.ts' })
    expect(axes.map(({ name, values }) => [name, values])).toEqual([
      ['fast', [4, 6, 8, 10, 12]],
      ['slow', [10, 20, 30, 40]],
    ])
    const { reply, columns } = await trialsOf(optimisation.id)
    expect(reply).toMatchObject({ rows: 18, failures: [] })
    const [fast, slow, rank, sharpe] = ['param:fast', 'param:slow', 'rank', 'metric:sharpe'].map((name) => [
      ...(columns[name] ?? []),
    ]) as [number[], number[], number[], number[]]
    expect(fast.every((value, row) => value < (slow[row] as number))).toBe(true)
    const best = rank.indexOf(1)
    expect(sharpe[best]).toBe(Math.max(...sharpe))
    expect(optimisation.best).toMatchObject({ point: best, params: { fast: fast[best], slow: slow[best] } })
  })

  test('gives the same bytes on one worker and on three, and on any machine that repeats it', async () => {
    const one = await optimise({}, 1)
    const three = await optimise({}, 3)
    expect(one.optimisation.resultHash).toMatch(/^[0-9a-f]{64}$/)
    expect(three.optimisation.resultHash).toBe(one.optimisation.resultHash)
  })

  test('a strategy that counts in a variable of its module gives the same on any number of workers too', async () => {
    const code = (await service.call('strategy.read', { name: 'cross.ts' })).code
    const counting = code
      .replace('export default class', 'let bars = 0\n\nexport default class')
      .replace('if (i.flat', 'if (++bars % 3 !== 0 && i.flat')
    const run = { ...crossConfig, strategy: await service.strategy('counting.ts', counting) }
    const one = await optimise({ run }, 1)
    const three = await optimise({ run }, 3)
    expect(one.optimisation).toMatchObject({ done: 18, failed: 0 })
    expect(three.optimisation.resultHash).toBe(one.optimisation.resultHash)
  })

  test('a trial that is opened is a stored run with the very same metrics, and can be verified', async () => {
    const { optimisation } = await optimise()
    const { columns } = await trialsOf(optimisation.id)
    const { run, job } = await service.call('optimise.openRun', {
      optimisation: optimisation.id,
      point: 7,
      window: null,
    })
    await service.ended(job)
    const { summary } = await service.call('run.get', { run })
    expect(summary).toMatchObject({ state: 'done', note: `${optimisation.id}, trial 8`, strategyName: 'cross.ts' })
    expect(summary.config.params).toEqual({ fast: columns['param:fast']?.[7], slow: columns['param:slow']?.[7] })
    for (const [id, value] of Object.entries(summary.metrics)) {
      expect([id, columns[`metric:${id}`]?.[7]]).toEqual([id, value ?? Number.NaN])
    }
    const verify = await service.call('run.verify', { run })
    await service.ended(verify.job)
    expect((await service.call('run.verification', { job: verify.job })).state).toBe('identical')
  })

  test('says how much of the best Sharpe ratio may be luck, over every trial of the idea', async () => {
    const strategy = await service.strategy('idea.ts', (await service.call('strategy.read', { name: 'cross.ts' })).code)
    const run = { ...crossConfig, strategy }
    const first = await optimise({ run })
    const second = await optimise({ run, method: 'random', trials: 6 })
    expect(first.overfitting?.ideaTrials).toBe(18)
    expect(second.overfitting?.ideaTrials).toBe(24)
    await service.call('optimise.delete', { optimisation: first.optimisation.id })
    const third = await optimise({ run, method: 'lhs', trials: 4 })
    expect(third.overfitting?.ideaTrials).toBe(28)

    const { columns } = await trialsOf(third.optimisation.id)
    const row = [...(columns.point ?? [])].indexOf(third.overfitting?.point ?? -1)
    const measured = third.overfitting
    expect(measured?.deflated).toBe(columns.deflated?.[row])
    expect(measured?.probabilistic).toBe(columns.probabilistic?.[row])
    expect(measured?.minimumDays ?? Number.NaN).toBe(columns.minimumDays?.[row])
    expect(measured?.deflated ?? 1).toBeLessThan(measured?.probabilistic ?? 0)
    expect(measured?.sharpe).toBeCloseTo(columns['metric:sharpe']?.[row] as number, 9)
  })

  test('a strategy that throws at one point fails that trial and tells where', async () => {
    const code = strategyText(`  static params = { fast: param.int(1) }
  onBar(i: import('tickwright').Instrument) {
    if (this.p.fast === 3) throw new Error('no luck')
    if (i.flat) i.buy(1)
  }`)
    const strategy = await service.strategy('sometimes.ts', code.replace('crossedAbove, crossedBelow', 'crossedAbove'))
    const { optimisation } = await optimise({
      run: { ...crossConfig, strategy },
      space: { fast: { kind: 'range', from: 1, to: 5, step: null } },
      where: '',
    })
    expect(optimisation).toMatchObject({ state: 'done', done: 5, failed: 1 })
    const { reply, columns } = await trialsOf(optimisation.id, ['net-profit'])
    expect(reply.failures).toEqual([{ point: 2, error: expect.objectContaining({ code: 'strategy.exception' }) }])
    expect([...(columns.failed ?? [])]).toEqual([0, 0, 1, 0, 0])
    expect([...(columns.rank ?? [])][2]).toBeNaN()
    expect(Object.keys(columns).filter((name) => name.startsWith('metric:'))).toEqual(['metric:net-profit'])
  })

  test('an indicator longer than the data fails its own trial with the sentence that a backtest gives', async () => {
    const run = { ...crossConfig, from: Date.UTC(2010, 0, 1), to: Date.UTC(2010, 2, 1) }
    const { optimisation } = await optimise({
      run,
      space: { slow: { kind: 'values', values: [20, 300] } },
      where: '',
    })
    expect(optimisation).toMatchObject({ state: 'done', failed: 1, best: { params: { slow: 20 } } })
    const { reply } = await trialsOf(optimisation.id, ['trades'])
    const alone = await service
      .backtest({ ...run, params: { slow: 300 } })
      .catch((failure: { code: string }) => failure)
    expect(reply.failures).toEqual([
      { point: 1, error: expect.objectContaining({ code: (alone as { code: string }).code }) },
    ])
  })
})

describe('before anything starts', () => {
  const plan = (change: Partial<Config>, probe = false) => {
    return service.call('optimise.plan', { config: { ...question, ...change }, workers: 2, probe })
  }

  test('the plan tells points, combinations and time', async () => {
    expect(await plan({})).toMatchObject({
      points: 18,
      combinations: 20,
      planned: 18,
      bars: 5105,
      windows: null,
      seconds: null,
    })
    const { secondsPerTrial, seconds } = await plan({}, true)
    expect(secondsPerTrial).toBeGreaterThan(0)
    expect(seconds).toBeCloseTo(((secondsPerTrial ?? 0) * 18) / 2, 9)
  })

  test('a billion points are refused with their number, and nothing is stored', async () => {
    const { total } = await service.call('optimise.list', { search: '', limit: 1, offset: 0 })
    const space: Config['space'] = {
      fast: { kind: 'range', from: 2, to: 100, step: null },
      slow: { kind: 'range', from: 3, to: 300, step: null },
      cash: { kind: 'range', from: 1, to: 100, step: 1 },
    }
    const strategy = await service.strategy(
      'wide.ts',
      strategyText('  static params = { fast: param.float(2), slow: param.float(3), cash: param.float(1) }'),
    )
    const wide = Object.fromEntries(
      Object.entries(space).map(([name]) => [name, { kind: 'range' as const, from: 1, to: 1000, step: 1 }]),
    )
    const config = { ...question, run: { ...crossConfig, strategy }, space: wide }
    await expect(service.call('optimise.start', { config, workers: null })).rejects.toMatchObject({
      code: 'optimise.too-many',
      data: { points: 1_000_000_000, limit: 1_000_000 },
    })
    expect((await service.call('optimise.list', { search: '', limit: 1, offset: 0 })).total).toBe(total)
  })

  test.each([
    [{ where: 'fast > slow + 1000' }, 'optimise.empty'],
    [{ where: 'fast <' }, 'constraint.invalid'],
    [{ space: { fats: { kind: 'range', from: 1, to: 2, step: 1 } } }, 'param.unknown'],
    [{ space: { fast: { kind: 'range', from: 1, to: 2, step: 1 } } }, 'param.invalid'],
    [{ space: {} }, 'optimise.range'],
    [{ objectives: [{ metric: 'sharp', goal: 'max', weight: 1 }] }, 'metric.unknown'],
    [{ combination: 'pareto' }, 'optimise.range'],
    [{ walkForward: { kind: 'rolling', inSample: 6_000, outOfSample: 100 } }, 'walkforward.windows'],
  ] satisfies [Partial<Config>, string][])('%j is refused with %s', async (change, code) => {
    await expect(plan(change as Partial<Config>)).rejects.toMatchObject({ code })
  })
})

describe('cancel and resume', () => {
  const slow: Partial<Config> = {
    space: { fast: { kind: 'range', from: 2, to: 60, step: 1 }, slow: { kind: 'range', from: 61, to: 160, step: 5 } },
    where: '',
  }

  test('cancelling ends within 200 ms and keeps what was finished; resuming gives the same as never stopping', async () => {
    const whole = await optimise(slow)
    const { optimisation: id, job } = await service.call('optimise.start', {
      config: { ...question, ...slow },
      workers: 2,
    })
    await service.until('optimisation.changed', (change) => change.optimisation === id && change.done > 20)
    const before = performance.now()
    await service.call('job.cancel', { job })
    await expect(service.ended(job)).rejects.toMatchObject({ code: 'cancelled' })
    expect(performance.now() - before).toBeLessThan(1_000)
    const cancelled = (await service.call('optimise.get', { optimisation: id })).optimisation
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.done).toBeGreaterThan(20)
    expect(cancelled.done).toBeLessThan(cancelled.planned)

    const resumed = await service.call('optimise.resume', { optimisation: id, workers: 1 })
    await service.ended(resumed.job)
    const { optimisation } = await service.call('optimise.get', { optimisation: id })
    expect(optimisation).toMatchObject({ state: 'done', done: whole.optimisation.planned })
    expect(optimisation.resultHash).toBe(whole.optimisation.resultHash)
    await expect(service.call('optimise.resume', { optimisation: id, workers: null })).rejects.toMatchObject({
      code: 'optimisation.not-resumable',
      data: { reason: 'done' },
    })
  })

  test('when the bars have changed, opening a trial is refused with the instrument: it would not be the same', async () => {
    const path = join(service.home, 'moved.csv')
    const write = (last: number) => {
      const rows = Array.from({ length: 80 }, (_, k) => {
        const close = k === 79 ? last : 100 + 10 * Math.sin(k / 5)
        return `${new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10)},${close},${close + 1},${close - 1},${close}`
      })
      writeFileSync(path, `Date,Open,High,Low,Close\n${rows.join('\n')}\n`)
    }
    const bring = async () => {
      const { reply } = await service.call('import.inspect', { path, recipe: null })
      const instrument = { ...reply.suggestedInstrument, id: 'MOVED' }
      const { job } = await service.call('import.start', { path, recipe: reply.recipe, instrument })
      await service.ended(job)
    }
    write(101)
    await bring()
    const { optimisation } = await optimise({ run: { ...crossConfig, instruments: ['MOVED'] } })
    expect(optimisation.state).toBe('done')
    write(102)
    await bring()
    const open = service.call('optimise.openRun', { optimisation: optimisation.id, point: 0, window: null })
    await expect(open).rejects.toMatchObject({
      code: 'optimisation.not-resumable',
      data: { reason: 'data', instrument: 'MOVED' },
    })
  })
})

test('the figures are those of the published formulas', () => {
  // Bailey & López de Prado (2014), section “A numerical example”: 100 trials, variance 1/2 a year, 5 years of days
  const measured = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skew: -3, kurtosis: 10 }
  expect(deflatedSharpe(measured, 100, 0.5 / 250)).toBeCloseTo(0.9004, 3)
})
