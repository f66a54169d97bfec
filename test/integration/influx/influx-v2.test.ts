import { afterAll, beforeAll, expect, test } from 'vitest'
import { openInflux } from '../../../core/node/influx/influx-stores.ts'
import { withInflux } from '../../../core/node/influx/with-influx.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { minuteBars } from '../../core/stores/builders.ts'
import { ticks } from '../../core/stores/market-builders.ts'
import { describeStores } from '../../core/stores/store-contract.ts'
import { type InfluxStandIn, standInFacts, startInfluxStandIn } from '../../helpers/influx-stand-in.ts'
import { failureOf, saidInBothLanguages } from '../../helpers/sentences.ts'

let server: InfluxStandIn
beforeAll(async () => {
  server = await startInfluxStandIn()
})
afterAll(() => server.close())

const start = 1_700_000_040_000

function urlOf(change: Partial<typeof standInFacts> = {}): string {
  const { token, org, bucket } = { ...standInFacts, ...change }
  const query = new URLSearchParams({ version: '2', org, bucket })
  return `influx://:${encodeURIComponent(token)}@127.0.0.1:${server.port}?${query}`
}

async function open() {
  let now = 0
  const clock = { now: () => ++now }
  server.points.clear()
  return { stores: withInflux(createMemoryStores({ clock, sha256 }), await openInflux(urlOf(), clock)), close() {} }
}

describeStores('InfluxDB 2 (stand-in)', open)

test('what is acknowledged has arrived: no point waits in the client', async () => {
  const { stores } = await open()
  await stores.market.upsert('tick', 'SPX', ticks(start, 25_000), 'a')
  // One more: the record of the series.
  expect(server.points.size).toBe(25_001)
})

test('a refused write fails, is not sent later, and works when repeated', async () => {
  const { stores } = await open()
  server.refuseWrites(503)
  const refused = await failureOf(stores.market.upsert('tick', 'SPX', ticks(start, 10), 'a'))
  expect(refused).toMatchObject({ code: 'store.server-failed', data: { reason: '503 try later' } })
  server.refuseWrites(0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(server.points.size).toBe(0)
  expect(await stores.market.upsert('tick', 'SPX', ticks(start, 10), 'a')).toMatchObject({ added: 10 })
})

test('bars that are acknowledged and not there are written again; when that does not help, it is said', async () => {
  const { stores } = await open()
  const bars = minuteBars(start, 300)
  const lost = ` ${bars.time[117]}000000`
  server.loseLines(lost, 2)
  expect(await stores.bars.upsert('SPX', '1m', bars, 'a')).toMatchObject({ added: 300 })
  expect((await stores.bars.read('SPX', '1m', null, null)).time).toEqual(bars.time)
  server.loseLines(lost, 99)
  const again = await failureOf(stores.bars.upsert('DAX', '1m', bars, 'a'))
  expect(again).toMatchObject({ code: 'store.server-failed', data: { reason: expect.stringContaining('1 rows') } })
  server.loseLines('', 0)
  expect(await stores.bars.upsert('DAX', '1m', bars, 'a')).toMatchObject({ added: 1, unchanged: 299 })
})

test('a wrong token, organisation and bucket are told apart in the reason', async () => {
  const clock = { now: () => 1 }
  const failing = async (change: Partial<typeof standInFacts>) => failureOf(openInflux(urlOf(change), clock))
  expect(await failing({ token: 'wrong' })).toMatchObject({ code: 'store.login', data: { user: 'token' } })
  const refused = { code: 'store.server-failed' }
  const nobody = await failing({ org: 'nobody' })
  expect(nobody).toMatchObject({ ...refused, data: { reason: '404 organization name not found' } })
  const none = await failing({ bucket: 'none' })
  expect(none).toMatchObject({ ...refused, data: { reason: expect.stringContaining('could not find bucket') } })
  for (const failure of [nobody, none]) expect(saidInBothLanguages(failure)).toContain('127.0.0.1')
})
