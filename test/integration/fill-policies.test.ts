import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aService, type RunningService, tableOf } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

const bracketText = `import { type Instrument, Strategy } from 'tickwright'
export default class Bracket extends Strategy {
  onBar(i: Instrument) {
    if (i.flat && i.orders.length === 0) i.buy(10).target(i.last * 1.004).stop(i.last * 0.996)
  }
}
`
const hourly = { instruments: ['SIM-AAA'], interval: '1h', params: {}, commission: { kind: 'none' } } as const

async function backtest(config: Parameters<RunningService['backtest']>[0] = {}) {
  const strategy = await running.strategy('bracket.ts', bracketText)
  return running.backtest({ ...hourly, instruments: ['SIM-AAA'], strategy, ...config })
}

async function verified(run: string) {
  const { job } = await running.call('run.verify', { run })
  await running.ended(job)
  return (await running.call('run.verification', { job })).state
}

describe('magnified', () => {
  test('takes the finest stored bars, keeps their hash in the capsule, and verifies', async () => {
    const { summary, capsule } = await backtest({ fillPolicy: 'magnified' })
    expect(capsule.data[0]).toMatchObject({ interval: '1h', finer: { kind: 'bars', interval: '1m' } })
    expect(capsule.data[0]?.finer?.rows).toBeGreaterThan(capsule.data[0]?.bars ?? 0)
    expect(await verified(summary.id)).toBe('identical')
    const fills = await tableOf(running, 'run.fills', summary.id)
    expect(fills.columns.time?.some((time) => time % 3_600_000 !== 0)).toBe(true)
  })
  test('differs from the pessimist, who cannot know what came first', async () => {
    const [magnified, pessimist] = [await backtest({ fillPolicy: 'magnified' }), await backtest()]
    expect(magnified.capsule.resultHash).not.toBe(pessimist.capsule.resultHash)
    expect(pessimist.capsule.data[0]).not.toHaveProperty('finer')
  })
  test('without finer bars says on how many bars it matched as the pessimist', async () => {
    const { log } = await backtest({ instruments: ['SPX'], interval: '1d', fillPolicy: 'magnified' })
    expect(log.at(-1)?.text).toMatch(/^Fill policy magnified: (\d+) of \1 bars with working orders had no finer bars/)
  })
})

describe('ticks and quotes from a file', () => {
  test('a run is matched against ticks; verification needs the same file', async () => {
    const path = join(running.home, 'ticks.csv')
    const day = Date.UTC(2024, 0, 8, 14, 30)
    const rows = Array.from({ length: 5_000 }, (_, k) => {
      const price = 100 + Math.sin(k / 40) + (k % 7) / 100
      return `${new Date(day + k * 60_000).toISOString()},${price.toFixed(2)},${1 + (k % 5)}`
    })
    writeFileSync(path, `time,price,size\n${rows.join('\n')}\n`)
    const marketFiles = [{ instrument: 'SIM-AAA', kind: 'tick' as const, path }]
    const { summary, capsule } = await backtest({ fillPolicy: 'tick', marketFiles })
    expect(capsule.data[0]?.finer).toMatchObject({ kind: 'ticks', interval: '', rows: 5_000 })
    expect(await verified(summary.id)).toBe('identical')
    writeFileSync(path, `time,price,size\n${rows.slice(1).join('\n')}\n`)
    const { job } = await running.call('run.verify', { run: summary.id })
    expect(await failureOf(running.ended(job))).toMatchObject({ code: 'run.not-verifiable', data: { reason: 'data' } })
  })
  test('without a file the run does not start, and says which is missing', async () => {
    const failure = await failureOf(backtest({ fillPolicy: 'quote' }))
    expect(failure).toMatchObject({ code: 'market-file.missing', data: { instrument: 'SIM-AAA', policy: 'quote' } })
    expect(saidInBothLanguages(failure)).toContain('SIM-AAA')
  })
})

test('a run stored before broker settings existed is repeated without them', async () => {
  const { summary, capsule } = await backtest({ broker: { lots: 'exact', exits: 'each' } })
  expect(capsule.config.broker).toEqual({ lots: 'exact', exits: 'each' })
  expect(await verified(summary.id)).toBe('identical')
})
