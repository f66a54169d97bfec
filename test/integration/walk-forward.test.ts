import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'
import { type Config, optimiseOn } from '../helpers/optimise-question.ts'

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

describe('a walk forward', () => {
  const walkForward = { kind: 'rolling' as const, inSample: 1_500, outOfSample: 500 }

  test('chooses in each window and runs the choice on the bars after it, each bar once', async () => {
    const { optimisation } = await optimise({ walkForward })
    expect(optimisation).toMatchObject({ state: 'done', planned: 18 * 8, best: null })
    const { reply, columns } = await service.call('optimise.walk', { optimisation: optimisation.id })
    expect(reply.windows).toHaveLength(8)
    for (const [k, window] of reply.windows.entries()) {
      expect(window.cut).toBe(reply.windows[k - 1]?.to ?? window.cut)
      expect(window.params).toMatchObject({ fast: expect.any(Number), slow: expect.any(Number) })
      expect(window.inSampleBars).toBe(1_500)
    }
    const { reply: bars, columns: spx } = await service.call('bars.read', {
      ...{ instrument: 'SPX', interval: '1d', from: reply.windows[0]?.cut ?? null, to: null, maxBars: 0 },
    })
    expect(columns.time).toHaveLength(bars.bars)
    expect([...(columns.time ?? [])]).toEqual([...(spx.time ?? [])])
    expect(reply.metrics['max-drawdown']).toBeCloseTo(Math.max(...(columns.drawdown ?? [])), 12)

    const trials = await trialsOf(optimisation.id)
    const rows = [...(trials.columns.window ?? [])]
    expect(rows.filter((window) => window === 3)).toHaveLength(18)
    const chosen = reply.windows[3]
    const row = [...(trials.columns.point ?? [])].indexOf(chosen?.point ?? -1)
    expect(trials.columns.rank?.[row]).toBe(1)
    expect(trials.columns.window?.[row]).toBe(3)
  })

  test('a window that is opened is a stored run with the same equity on its bars', async () => {
    const { optimisation } = await optimise({ walkForward: { ...walkForward, kind: 'anchored' } })
    const { reply, columns } = await service.call('optimise.walk', { optimisation: optimisation.id })
    const { run, job } = await service.call('optimise.openRun', {
      optimisation: optimisation.id,
      point: null,
      window: 0,
    })
    await service.ended(job)
    const equity = await service.call('run.equity', { run, maxRows: 0 })
    const start = [...(equity.columns.time ?? [])].indexOf(reply.windows[0]?.cut as number)
    expect(start).toBeGreaterThan(0)
    const rows = reply.windows[0]?.outOfSampleBars as number
    expect([...(equity.columns.equity ?? [])].slice(start)).toEqual([...(columns.equity ?? [])].slice(0, rows))
    expect(reply.windows.every(({ from }) => from === reply.windows[0]?.from)).toBe(true)
  })

  test('a choice that fails on the bars after it leaves its window without a result; the others go on', async () => {
    const cross = (await service.call('strategy.read', { name: 'cross.ts' })).code
    // 2008 is out of sample first; in sample its trials fail too, so that later windows choose from nothing
    const code = cross.replace(
      'if (i.flat',
      "if (new Date(this.now).getUTCFullYear() === 2008) throw new Error('no luck')\n    if (i.flat",
    )
    const strategy = await service.strategy('unlucky.ts', code)
    const { optimisation } = await optimise({ run: { ...crossConfig, strategy }, walkForward })
    expect(optimisation.state).toBe('done')
    const { reply } = await service.call('optimise.walk', { optimisation: optimisation.id })
    const unlucky = reply.windows.filter(({ outOfSample }) => outOfSample.sharpe === undefined)
    expect(reply.windows).toHaveLength(8)
    expect(unlucky.length).toBeGreaterThan(0)
    expect(unlucky.length).toBeLessThan(8)
    expect(unlucky[0]?.params).not.toBeNull()
  })
})
