import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openInflux } from '../../../core/node/influx/influx-stores.ts'
import { parseInfluxUrl } from '../../../core/node/influx/influx-url.ts'
import { withInflux } from '../../../core/node/influx/with-influx.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { columnsOf, minute, minuteBars } from '../../core/stores/builders.ts'
import { marketArrays, marketRows, ticks } from '../../core/stores/market-builders.ts'
import { describeStores } from '../../core/stores/store-contract.ts'
import { failureOf } from '../../helpers/sentences.ts'
import { startInflux, type TestServer } from '../../helpers/servers.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
let server: TestServer
beforeAll(async () => {
  server = await startInflux()
})
afterAll(() => server.close())

let databases = 0
const start = 1_700_000_040_000

async function openDatabase() {
  let now = 0
  const clock = { now: () => ++now }
  const name = `test${++databases}`
  const url = `influx://127.0.0.1:${server.port}/${name}?version=1`
  const stores = withInflux(createMemoryStores({ clock, sha256 }), await openInflux(url, clock))
  const ask = async (q: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/query`, {
      method: 'POST',
      body: new URLSearchParams({ db: name, q }),
    })
    return response.json()
  }
  return { stores, url, ask, close: async () => void (await ask(`DROP DATABASE "${name}"`)) }
}

describeStores('InfluxDB 1.6', openDatabase)

test('a quote whose side is emptied later is read as empty, though InfluxDB keeps a field that is left out', async () => {
  const { stores, ask, close } = await openDatabase()
  const at = (bid: number) => marketRows('quote', [{ time: start, bid, ask: 2, bidSize: 1, askSize: 1 }])
  const read = async () => [...(await stores.market.read('quote', 'SPX', null, null)).bid]
  for (const bid of [1, Number.NaN, 3, Number.NaN]) {
    await stores.market.upsert('quote', 'SPX', at(bid), 'a')
    expect(await read()).toEqual([bid])
  }
  expect(JSON.stringify(await ask('SELECT "bid", "undefined" FROM "quote"'))).toContain('3,2]')
  await close()
})

test('two prints of one millisecond stay two, whatever their ids, and keep their times to the last bit', async () => {
  const { stores, close } = await openDatabase()
  const rows = [
    { time: start, id: 0, price: 5, size: 1 },
    { time: start, id: 1, price: 5, size: 1 },
    { time: start, id: 9_007_199_254_740_991, price: 5, size: 1 },
    { time: start + 0.000244140625, id: 0, price: 5, size: 1 },
    { time: start + 0.5, id: 0, price: 5, size: 1 },
    { time: start + 0.999755859375, id: 0, price: 5, size: 1 },
    { time: start + 1, id: 0, price: 5, size: 1 },
  ]
  const given = marketRows('tick', rows)
  for (const added of [7, 0]) expect(await stores.market.upsert('tick', 'SPX', given, 'a')).toMatchObject({ added })
  expect(marketArrays('tick', await stores.market.read('tick', 'SPX', null, null))).toEqual(marketArrays('tick', given))
  expect((await stores.market.read('tick', 'SPX', start + 0.5, start + 1)).length).toBe(2)
  expect(await stores.market.delete('tick', 'SPX', start + 0.5)).toBe(4)
  expect(await stores.market.upsert('tick', 'SPX', given, 'a')).toMatchObject({ added: 4, unchanged: 3 })
  expect(marketArrays('tick', await stores.market.read('tick', 'SPX', null, null))).toEqual(marketArrays('tick', given))
  await close()
})

test('every double comes back exactly, and a whole number first makes no field an integer', async () => {
  const { stores, close } = await openDatabase()
  const words = new Uint32Array(4_000)
  for (let word = 0; word < words.length; word++) words[word] = (word * 2_654_435_761) ^ (word << 13)
  const prices = [...new Float64Array(words.buffer)].filter((value) => Number.isFinite(value))
  const values = [3, 9_007.900000000001, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0, ...prices]
  const given = ticks(start, values.length, (index) => ({ price: values[index] as number }))
  await stores.market.upsert('tick', 'SPX', given, 'a')
  const read = await stores.market.read('tick', 'SPX', null, null)
  expect(marketArrays('tick', read)).toEqual(marketArrays('tick', given))
  await close()
})

test('names with blanks, commas, quotes and backslashes, and sources with any text, come back as they were', async () => {
  const { stores, close } = await openDatabase()
  const names = ['A B', 'A,B=C', "it's", 'say "x"', 'back\\slash', '黄金', 'x" OR "1"=\'1']
  for (const name of names) await stores.market.upsert('tick', name, ticks(start, 2), `file "${name}"\n\\`)
  const coverage = await stores.market.coverage()
  expect(coverage.map(({ instrument }) => instrument).sort()).toEqual([...names].sort())
  for (const { instrument, source, rows } of coverage) {
    expect([source, rows]).toEqual([`file "${instrument}"\n\\`, 2])
    expect((await stores.market.read('tick', instrument, null, null)).length).toBe(2)
  }
  expect(await stores.market.delete('tick', names[6] as string, null)).toBe(2)
  expect(await stores.market.coverage()).toHaveLength(6)
  await close()
})

test('a write that ended half way is known as such, counted anew, and completed by repeating it', async () => {
  const { stores, url, ask, close } = await openDatabase()
  await stores.bars.upsert('SPX', '1m', minuteBars(start, 5_000), 'a')
  await stores.market.upsert('tick', 'SPX', ticks(start, 1_000), 'a')
  const clock = { now: () => 5 }
  const broken = await openInflux(url, clock)
  const { write } = broken.connection
  let writes = 0
  // The rows arrive, what closes the record does not.
  broken.connection.write = async (lines) => {
    if (++writes % 2 === 0) throw new Error('cut')
    await write(lines)
  }
  await expect(broken.bars.upsert('SPX', '1m', minuteBars(start, 6_000), 'b')).rejects.toThrow('cut')
  await expect(broken.market.upsert('tick', 'SPX', ticks(start, 2_000), 'b')).rejects.toThrow('cut')
  expect(JSON.stringify(await ask('SELECT * FROM "tickwright_series"'))).toMatch(/isOpen\W+true/)
  expect((await stores.bars.coverage())[0]).toMatchObject({ bars: 6_000, to: start + 6_000 * minute })
  expect((await stores.market.coverage())[0]).toMatchObject({ rows: 2_000, to: start + 999 })
  expect(await stores.bars.upsert('SPX', '1m', minuteBars(start, 6_000), 'b')).toMatchObject({
    added: 0,
    unchanged: 6_000,
  })
  const once = await stores.bars.upsert('ONCE', '1m', minuteBars(start, 6_000), 'b')
  expect((await stores.bars.coverage()).map(({ hash }) => hash)).toEqual([once.hash, once.hash])
  expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(columnsOf(minuteBars(start, 6_000)))
  await close()
})

test('what was acknowledged is there after the server was killed, and a server that is gone is named', async () => {
  const own = await startInflux()
  const clock = { now: () => 5 }
  const url = `influx://127.0.0.1:${own.port}/kept`
  const { market } = await openInflux(url, clock)
  await market.upsert('tick', 'SPX', ticks(start, 5_000), 'a')
  await own.kill()
  const failure = await failureOf(market.read('tick', 'SPX', null, null))
  expect(failure).toMatchObject({ code: 'store.unreachable', data: { reason: expect.stringMatching(/ECONN|closed/) } })
  const again = await startInflux(own)
  const reopened = await openInflux(url, clock)
  expect((await reopened.market.read('tick', 'SPX', null, null)).length).toBe(5_000)
  expect(await market.upsert('tick', 'SPX', ticks(start, 5_000), 'a')).toMatchObject({ added: 0, unchanged: 5_000 })
  await again.close()
})

test('a URL that says too little is refused with what is missing', () => {
  const reasonOf = (url: string) => {
    try {
      return parseInfluxUrl(url)
    } catch (failure) {
      return (failure as { data: { reason: string } }).data.reason
    }
  }
  expect(reasonOf('influx://localhost')).toBe('influx://…/DATABASE')
  expect(reasonOf('influx://localhost?version=3&bucket=x')).toBe('version=3')
  expect(reasonOf('influx://localhost?version=2&bucket=x')).toBe('org=')
  expect(reasonOf('http://localhost/x')).toBe('influx://…')
  expect(reasonOf('influxs://me:p%40ss@host/db')).toEqual({
    version: 1,
    url: 'https://host:8086',
    bucket: 'db',
    org: '',
    user: 'me',
    secret: 'p@ss',
  })
})
