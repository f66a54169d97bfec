import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { printsAsBars } from '../../core/data/prints.ts'
import { resampleBars } from '../../core/data/resample.ts'
import { aService, type RunningService } from '../helpers/a-service.ts'
import { failureOf } from '../helpers/sentences.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

const start = Date.UTC(2024, 0, 8, 14, 30)
const count = 6_000

/** Two prints of each second, in their order of trade; half of them with the same price and size. */
const printOf = (index: number) => ({
  time: start + Math.floor(index / 2) * 1_000,
  price: 100 + Math.round(100 * Math.sin(index / 400)) / 100,
  size: 1 + (Math.floor(index / 2) % 5),
  side: index % 3 === 0 ? 'buy' : 'sell',
})

function writeTicks(name: string): string {
  const path = join(running.home, name)
  const rows = Array.from({ length: count }, (_, index) => {
    const { time, price, size, side } = printOf(index)
    return `${new Date(time).toISOString()},${price},${size},${side}`
  })
  writeFileSync(path, `time,price,size,side\n${rows.join('\n')}\n`)
  return path
}

async function importFile(path: string, kind: 'tick' | 'quote', instrument: string) {
  const { job } = await running.call('market.import', { path, kind, instrument, zone: null })
  await running.ended(job)
  return running.call('market.imported', { job })
}

test('a file of ticks is imported once; repeated, it changes nothing; two equal prints of one time stay two', async () => {
  const path = writeTicks('ticks.csv')
  expect(await importFile(path, 'tick', 'PRINTS')).toMatchObject({ rows: count, added: count, job: { state: 'done' } })
  expect(await importFile(path, 'tick', 'PRINTS')).toMatchObject({ added: 0, unchanged: count })
  const { coverage } = await running.call('market.coverage', {})
  expect(coverage).toMatchObject([
    { instrument: 'PRINTS', kind: 'tick', rows: count, from: start, source: 'ticks.csv' },
  ])
  const wanted = { instrument: 'PRINTS', from: start + 1_000, to: null, limit: 4 }
  const { reply, columns } = await running.call('ticks.read', wanted)
  expect(reply).toEqual({ rows: 4, more: true, columns: ['time', 'id', 'price', 'size', 'side'] })
  expect([...(columns.id ?? [])]).toEqual([0, 1, 0, 1])
  expect([...(columns.side ?? [])]).toEqual([-1, 1, -1, -1])
  const all = await running.call('ticks.read', { ...wanted, from: null, limit: count })
  expect(all.reply).toMatchObject({ rows: count, more: false })
  expect(await running.call('market.days', { instrument: 'PRINTS', kind: 'tick', from: null, to: null })).toMatchObject(
    {
      days: [{ day: Date.UTC(2024, 0, 8), rows: count }],
    },
  )
})

test('bars of 500 prints and of a minute are made of stored prints, on the chart and in a backtest', async () => {
  await importFile(writeTicks('ticks.csv'), 'tick', 'PRINTS')
  const { columns: ticks } = await running.call('ticks.read', {
    instrument: 'PRINTS',
    from: null,
    to: null,
    limit: count,
  })
  for (const interval of ['500tick', '1m'] as const) {
    const bars = await running.call('bars.read', { instrument: 'PRINTS', interval, from: null, to: null, maxBars: 0 })
    const source = printsAsBars(ticks as never)
    const spec = interval === '1m' ? ({ unit: 'minute', step: 1 } as const) : ({ measure: 'tick', step: 500 } as const)
    const expected = resampleBars(source, spec, 'UTC')
    expect(bars.reply).toMatchObject({ sourceInterval: '1tick', bars: interval === '1m' ? 50 : 12 })
    for (const name of ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const) {
      expect([...(bars.columns[name] ?? [])]).toEqual([...expected[name]])
    }
  }
  const strategy = await running.strategy(
    'buy.ts',
    `import { type Instrument, Strategy } from 'tickwright'
export default class Buy extends Strategy {
  onBar(i: Instrument) { if (i.flat && i.orders.length === 0) i.buy(1).target(i.last * 1.001).stop(i.last * 0.999) }
}
`,
  )
  const config = { instruments: ['PRINTS'], params: {}, commission: { kind: 'none' as const }, strategy }
  const byTicks = await running.backtest({ ...config, interval: '500tick' })
  expect(byTicks.summary.counts).toMatchObject({ bars: 12 })
  // The prints decide what happened inside a bar, without a file.
  const filled = await running.backtest({ ...config, interval: '1m', fillPolicy: 'tick' })
  expect(filled.capsule.data[0]?.finer).toMatchObject({ kind: 'ticks', rows: count })
  const { job } = await running.call('run.verify', { run: filled.summary.id })
  await running.ended(job)
  expect((await running.call('run.verification', { job })).state).toBe('identical')
  // The same prints from their file fill alike.
  const path = join(running.home, 'ticks.csv')
  const marketFiles = [{ instrument: 'PRINTS', kind: 'tick' as const, path }]
  const fromFile = await running.backtest({ ...config, interval: '1m', fillPolicy: 'tick', marketFiles })
  expect(fromFile.capsule.resultHash).toBe(filled.capsule.resultHash)
  expect(fromFile.capsule.data[0]?.finer?.hash).toBe(filled.capsule.data[0]?.finer?.hash)
})

test('quotes are imported with their empty sides known, read, used for fills, and removed before a moment', async () => {
  const path = join(running.home, 'quotes.csv')
  const rows = Array.from({ length: 1_000 }, (_, index) => {
    const price = printOf(index * 6).price
    return `${new Date(start + index * 3_000).toISOString()},${price - 0.01},${price + 0.01},5,7`
  })
  writeFileSync(path, `time,bid,ask,bid_size,ask_size\n${rows.join('\n')}\n`)
  await importFile(writeTicks('ticks.csv'), 'tick', 'QUOTED')
  expect(await importFile(path, 'quote', 'QUOTED')).toMatchObject({ added: 1_000 })
  const { columns } = await running.call('quotes.read', { instrument: 'QUOTED', from: start, to: start + 1, limit: 10 })
  expect(Object.values(columns).map(([first]) => first)).toEqual([start, 99.99, 100.01, 5, 7])
  const strategy = await running.strategy(
    'once.ts',
    `import { type Instrument, Strategy } from 'tickwright'
export default class Once extends Strategy {
  onBar(i: Instrument) { if (i.flat && i.orders.length === 0) i.buy(1).target(i.last * 1.001).stop(i.last * 0.999) }
}
`,
  )
  const config = { instruments: ['QUOTED'], params: {}, commission: { kind: 'none' as const }, strategy }
  const run = await running.backtest({ ...config, interval: '1m', fillPolicy: 'quote' })
  expect(run.capsule.data[0]?.finer).toMatchObject({ kind: 'quotes', rows: 1_000 })
  const before = start + 300_000
  expect(await running.call('market.delete', { instrument: 'QUOTED', kind: 'quote', before })).toEqual({ removed: 100 })
  await running.call('instrument.delete', { instrument: 'QUOTED' })
  const { coverage } = await running.call('market.coverage', {})
  expect(coverage.filter(({ instrument }) => instrument === 'QUOTED')).toEqual([])
})

test('an order book of an instrument that has none is empty; an unknown instrument and an unreadable file are named', async () => {
  await importFile(writeTicks('ticks.csv'), 'tick', 'PRINTS')
  const { reply } = await running.call('book.read', { instrument: 'PRINTS', from: start, to: null, limit: 10 })
  expect(reply).toMatchObject({ time: null, bids: [], asks: [], rows: 0, more: false })
  const nobody = { instrument: 'NOBODY', from: null, to: null, limit: 10 }
  for (const request of ['ticks.read', 'quotes.read'] as const) {
    expect(await failureOf(running.call(request, nobody))).toMatchObject({ code: 'instrument.unknown' })
  }
  const { job } = await running.call('market.import', {
    path: '/nowhere.csv',
    kind: 'tick',
    instrument: 'X',
    zone: null,
  })
  expect(await failureOf(running.ended(job))).toMatchObject({ code: 'import.file-missing' })
})
