import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { aService, plainColumns, type RunningService, tableOf } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'

type Config = Takes<'replay.open'>['config']

const config: Config = {
  instrument: 'SPX',
  interval: '1d',
  from: Date.UTC(2010, 0, 4),
  to: Date.UTC(2011, 0, 1),
  cash: 100_000,
  commission: { kind: 'percent', rate: 0.0005 },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
}
const market = { stopEntry: null, limit: null, trailBy: null, target: null, stop: null, valid: null }
const step = (bars: number) => ({ bars, until: null, stopsAtEvents: false })

let service: RunningService
beforeAll(async () => {
  service = await aService()
})
afterAll(() => service.close())

async function open(change: Partial<Config> = {}, before = 0) {
  const { reply, columns } = await service.call('replay.open', { config: { ...config, ...change }, before })
  return { replay: reply.replay, reply, columns }
}

describe('a replay of the service', () => {
  test('shows the time before its start and then its first bar, and nothing after', async () => {
    const { replay, reply, columns } = await open({}, 50)
    expect(columns.time).toHaveLength(51)
    expect(columns.time?.at(-1)).toBe(reply.time)
    expect(columns.equity?.at(-1)).toBe(100_000)
    expect(columns.equity?.at(-2)).toBeNaN()
    const all = await service.call('bars.read', {
      ...{ instrument: 'SPX', interval: '1d', from: null, to: reply.now, maxBars: 0 },
    })
    expect([...(columns.close ?? [])]).toEqual([...(all.columns.close?.slice(-51) ?? [])])
    const { columns: fresh } = await service.call('replay.step', { replay, ...step(3) })
    expect(fresh.time).toHaveLength(3)
    expect((fresh.time?.[0] as number) > reply.time).toBe(true)
    // A window that was loaded again goes on where it was
    const again = await service.call('replay.get', { replay, before: 50 })
    expect(plainColumns(again.columns).time).toEqual([...(columns.time ?? []), ...(fresh.time ?? [])])
    await service.call('replay.close', { replay })
  })

  test('saved, it is a run with the same fills that verifies to the byte', async () => {
    const { replay } = await open()
    await service.call('replay.order', { replay, ...market, side: 'buy', quantity: 20, target: 1_200, stop: 1_050 })
    await service.call('replay.order', { replay, ...market, side: 'sell', quantity: 5, limit: 1_180 })
    await service.call('replay.step', { replay, ...step(40) })
    const { orders } = (await service.call('replay.get', { replay, before: 0 })).reply
    const stop = orders.find(({ reason }) => reason === 'stop')
    if (stop !== undefined) await service.call('replay.move', { replay, order: stop.id, price: 1_070 })
    await service.call('replay.order', { replay, ...market, side: 'sell', quantity: 10, trailBy: 25 })
    const { reply } = await service.call('replay.step', { replay, ...step(60) })
    await service.call('replay.flatten', { replay })
    const { reply: last } = await service.call('replay.step', { replay, ...step(2) })
    expect(reply.counts.fills).toBeGreaterThan(0)

    const { run, job } = await service.call('replay.save', { replay, note: 'by hand' })
    await service.ended(job)
    const { summary, capsule } = await service.call('run.get', { run })
    expect(summary).toMatchObject({ state: 'done', note: 'by hand', strategyName: 'manual-orders.ts' })
    expect(summary.counts.bars).toBe(103)
    const lived = await service.call('replay.table', { replay, table: 'fills' })
    expect((await tableOf(service, 'run.fills', run)).columns).toEqual(plainColumns(lived.columns))
    const { columns } = await service.call('run.equity', { run, maxRows: 0 })
    expect(columns.equity?.at(-1)).toBe(last.equity)
    expect(capsule.sources['manual-orders.ts']).toContain('i.buy(20).target(1200).stop(1050)')

    const verify = await service.call('run.verify', { run })
    await service.ended(verify.job)
    expect(await service.call('run.verification', { job: verify.job })).toMatchObject({ state: 'identical' })
    await service.call('replay.close', { replay })
  })

  test('is listed while it is open, and says that it is closed afterwards', async () => {
    const { replay } = await open()
    expect((await service.call('replay.list', {})).replays).toEqual([{ replay, config }])
    await service.call('replay.close', { replay })
    expect((await service.call('replay.list', {})).replays).toEqual([])
    const failure = await failureOf(service.call('replay.step', { replay, ...step(1) }))
    expect(saidInBothLanguages(failure)).toContain('no longer open')
  })

  test.each([
    ['an instrument that is not there', { instrument: 'NONE' }, 'instrument.unknown'],
    ['a period without bars', { from: Date.UTC(1950, 0, 1), to: Date.UTC(1950, 1, 1) }, 'period.empty'],
    ['an interval finer than the stored one', { interval: '1m' }, 'interval.unavailable'],
  ])('%s is refused with a sentence', async (_, change, code) => {
    const failure = await failureOf(open(change))
    expect(failure).toMatchObject({ code })
    saidInBothLanguages(failure)
  })

  test('at the end of its period it takes no more orders, and can still be saved', async () => {
    const { replay } = await open({ to: Date.UTC(2010, 1, 1) })
    const { reply } = await service.call('replay.step', { replay, ...step(1_000) })
    expect(reply.ended).toBe(true)
    const order = { replay, ...market, side: 'buy', quantity: 1 } as const
    expect(saidInBothLanguages(await failureOf(service.call('replay.order', order)))).toContain('last bar')
    const gone = await failureOf(service.call('replay.step', { replay, ...step(1) }))
    expect(gone).toMatchObject({ code: 'replay.ended' })
    const { run, job } = await service.call('replay.save', { replay, note: '' })
    await service.ended(job)
    expect((await service.call('run.get', { run })).summary.counts).toMatchObject({ bars: reply.bars, orders: 0 })
    await service.call('replay.close', { replay })
  })

  test('sixteen may be open, and one more is told to close another', async () => {
    const opened = await Promise.all(Array.from({ length: 16 }, () => open()))
    expect(saidInBothLanguages(await failureOf(open()))).toContain('16 replays')
    await Promise.all(opened.map(({ replay }) => service.call('replay.close', { replay })))
  })

  test('bars imported anew in the meantime are not saved under the name of those that were seen', async () => {
    const { replay } = await open({ instrument: 'SIM-AAA', from: null, to: null })
    await service.call('replay.step', { replay, ...step(10) })
    await service.call('instrument.delete', { instrument: 'SIM-AAA' })
    const failure = await failureOf(service.call('replay.save', { replay, note: '' }))
    expect(failure).toMatchObject({ code: 'instrument.unknown' })
  })
})
