import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarketColumnList, SeriesKind } from '../../../core/domain/market-columns.ts'
import type { ArchivePart, ArchivePort } from '../../../core/stores/archive/archive-port.ts'
import { createArchivedMarketStore } from '../../../core/stores/archive/archived-market-store.ts'
import { type ArchivedStore, archivedStore, createMarketArchive } from '../../../core/stores/archive/market-archive.ts'
import type { MarketStore } from '../../../core/stores/market-store.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { marketArrays, marketRows, ticks } from './market-builders.ts'
import { describeMarket } from './market-contract.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const far = Date.UTC(2200, 0)
const control = { progress: () => undefined, cancelled: () => false }
const day = 86_400_000

/** Files in memory; what is read is never what was handed in. */
function memoryArchive() {
  const written = new Map<string, MarketColumnList>()
  let parts: readonly ArchivePart[] = []
  const files: ArchivePort = {
    list: async () => parts,
    save: async (next) => {
      parts = [...next]
    },
    async write(file, _, columns) {
      written.set(
        file,
        columns.map((column) => column.slice()),
      )
      return { bytes: 100, sha256: 'x' }
    },
    async read({ file }) {
      const columns = written.get(file)
      if (columns === undefined) throw new Error(`${file} is gone`)
      return columns.map((column) => column.slice())
    },
    check: async ({ file }) => (written.has(file) ? null : 'missing'),
    remove: async (file) => void written.delete(file),
    setAside: async (file) => void written.delete(file),
  }
  return { files, written, parts: () => parts, setParts: (next: readonly ArchivePart[]) => files.save(next) }
}

function opened() {
  let now = 0
  const stores = createMemoryStores({ clock: { now: () => ++now }, sha256 })
  const memory = memoryArchive()
  const store = archivedStore(stores.market, memory.files, sha256)
  return { stores, store, memory, archive: createMarketArchive(store), market: createArchivedMarketStore(store) }
}

/** A store of which everything is archived after every write. */
function alwaysArchived() {
  const { stores, archive, market } = opened()
  const move = async (batches: readonly { kind: SeriesKind; instrument: string }[]) => {
    for (const { kind, instrument } of batches) await archive.archive({ kind, instrument, before: far }, control)
  }
  const archived: MarketStore = {
    ...market,
    async upsert(kind, instrument, rows, source) {
      const write = await market.upsert(kind, instrument, rows, source)
      await move([{ kind, instrument }])
      return write
    },
    async upsertAll(batches, source) {
      const writes = await market.upsertAll(batches, source)
      await move(batches)
      return writes
    },
  }
  return { ...stores, market: archived }
}

describe('a store of which all is archived keeps every promise', () => {
  let stores = alwaysArchived()
  describeMarket(
    () => stores,
    async () => {
      stores = alwaysArchived()
    },
  )
})

/** Ticks over several months, one every so many hours. */
const months = (count: number, start = Date.UTC(2024, 0, 10), hours = 30) =>
  ticks(start, count, (index) => ({ time: start + index * hours * 3_600_000, price: 100 + index }))

test('whole months leave the store and are read as before; the month that is not over stays', async () => {
  const { stores, memory, archive, market } = opened()
  const given = months(100)
  await market.upsert('tick', 'X', given, 'a')
  const before = {
    rows: marketArrays('tick', await market.read('tick', 'X', null, null)),
    days: await market.days('tick', 'X', null, null),
    hash: await market.hash('tick', 'X', null, null),
  }
  const cut = Date.UTC(2024, 3, 15)
  const moved = await archive.archive({ kind: 'tick', instrument: 'X', before: cut }, control)
  expect(memory.parts().map(({ file, state }) => `${file} ${state}`)).toEqual([
    'tick/X/2024-01.parquet archived',
    'tick/X/2024-02.parquet archived',
    'tick/X/2024-03.parquet archived',
  ])
  const live = await stores.market.read('tick', 'X', null, null)
  expect(live.time[0]).toBeGreaterThanOrEqual(Date.UTC(2024, 3))
  expect(live.length).toBe(100 - moved)
  expect({
    rows: marketArrays('tick', await market.read('tick', 'X', null, null)),
    days: await market.days('tick', 'X', null, null),
    hash: await market.hash('tick', 'X', null, null),
  }).toEqual(before)
  expect(await market.coverage()).toMatchObject([{ rows: 100, from: given.time[0], to: given.time[99] }])
  expect(await archive.archive({ kind: 'tick', instrument: 'X', before: cut }, control)).toBe(0)
})

test('any period, limit and cut reads as it does without an archive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 160 }),
      fc.integer({ min: 0, max: 160 }),
      fc.integer({ min: 0, max: 70 }),
      fc.integer({ min: 0, max: 160 }),
      async (atDays, from, to, limit, cut) => {
        const start = Date.UTC(2024, 0, 1)
        const times = [...new Set(atDays)].sort((one, other) => one - other).map((at) => start + at * day)
        const rows = ticks(start, times.length, (index) => ({ time: times[index] ?? 0, price: index }))
        const { stores, archive, market } = opened()
        await stores.market.upsert('tick', 'X', rows, 'a')
        const period = [start + from * day, start + to * day] as const
        const wanted = marketArrays('tick', await stores.market.read('tick', 'X', ...period, limit))
        const hash = await stores.market.hash('tick', 'X', ...period)
        await archive.archive({ kind: 'tick', instrument: 'X', before: start + cut * day }, control)
        expect(marketArrays('tick', await market.read('tick', 'X', ...period, limit))).toEqual(wanted)
        expect(await market.hash('tick', 'X', ...period)).toBe(hash)
      },
    ),
    { numRuns: 60 },
  )
})

test('a write brings back only the months that it changes; the same again moves nothing', async () => {
  const { memory, archive, market } = opened()
  const given = months(100)
  await market.upsert('tick', 'X', given, 'a')
  await archive.archive({ kind: 'tick', instrument: 'X', before: Date.UTC(2024, 3) }, control)
  expect(await market.upsert('tick', 'X', given, 'a')).toEqual({ added: 0, changed: 0, unchanged: 100 })
  expect(memory.parts()).toHaveLength(3)
  const february = ticks(Date.UTC(2024, 1, 20), 1, () => ({ price: 7, id: 99 }))
  expect(await market.upsert('tick', 'X', february, 'b')).toEqual({ added: 1, changed: 0, unchanged: 0 })
  expect(memory.parts().map(({ file }) => file)).toEqual(['tick/X/2024-01.parquet', 'tick/X/2024-03.parquet'])
  expect((await market.read('tick', 'X', null, null)).length).toBe(101)
})

test('rows that arrive while a month is being written stay in the store with it', async () => {
  const { stores, memory, archive, market } = opened()
  await market.upsert('tick', 'X', months(20, Date.UTC(2024, 0, 2), 20), 'a')
  const late = ticks(Date.UTC(2024, 0, 5), 1, () => ({ price: 1, id: 5 }))
  const write = memory.files.write
  memory.files.write = async (...args) => {
    await stores.market.upsert('tick', 'X', late, 'late')
    return write(...args)
  }
  expect(await archive.archive({ kind: 'tick', instrument: 'X', before: far }, control)).toBe(0)
  expect((await market.read('tick', 'X', null, null)).length).toBe(21)
  expect(memory.parts()).toEqual([])
})

describe('a process that is killed', () => {
  const end = () => Promise.reject(new Error('killed'))
  test.each<[string, (store: ArchivedStore) => ArchivedStore]>([
    ['before the catalogue knows of the file', (store) => ({ ...store, files: { ...store.files, save: end } })],
    ['before the rows left the store', (store) => ({ ...store, live: { ...store.live, delete: end } })],
    [
      'before the catalogue knows that they left',
      (store) => {
        let saves = 0
        const save: ArchivePort['save'] = (parts) => (++saves === 2 ? end() : store.files.save(parts))
        return { ...store, files: { ...store.files, save } }
      },
    ],
  ])('%s loses and doubles nothing', async (_, broken) => {
    const { store, memory, market } = opened()
    const given = months(60)
    await market.upsert('tick', 'X', given, 'a')
    const series = { kind: 'tick', instrument: 'X', before: Date.UTC(2024, 2) } as const
    await expect(createMarketArchive(broken(store)).archive(series, control)).rejects.toThrow('killed')

    const next = archivedStore(store.live, store.files, sha256)
    await createMarketArchive(next).recover()
    const rows = await createArchivedMarketStore(next).read('tick', 'X', null, null)
    expect(marketArrays('tick', rows)).toEqual(marketArrays('tick', given))
    expect(memory.parts().every(({ state }) => state === 'archived')).toBe(true)
    expect(await createMarketArchive(next).archive(series, control), 'goes on').toBeGreaterThan(0)
  })

  test('while a month returns loses and doubles nothing', async () => {
    const { store, memory, market, archive } = opened()
    const given = months(60)
    await market.upsert('tick', 'X', given, 'a')
    await archive.archive({ kind: 'tick', instrument: 'X', before: Date.UTC(2024, 2) }, control)
    const upsert: MarketStore['upsert'] = async (...args) => {
      await store.live.upsert(...args)
      return end()
    }
    const broken = createMarketArchive({ ...store, live: { ...store.live, upsert } })
    await expect(broken.bringBack('tick/X/2024-01.parquet')).rejects.toThrow('killed')
    await createMarketArchive(archivedStore(store.live, store.files, sha256)).recover()
    expect(memory.parts().map(({ file, state }) => `${file} ${state}`)).toEqual(['tick/X/2024-02.parquet archived'])
    expect(marketArrays('tick', await market.read('tick', 'X', null, null))).toEqual(marketArrays('tick', given))
  })
})

test('retention and deletion reach archived rows', async () => {
  const { memory, archive, market } = opened()
  await market.upsert('tick', 'X', months(100), 'a')
  await archive.archive({ kind: 'tick', instrument: 'X', before: Date.UTC(2024, 3) }, control)
  const before = Date.UTC(2024, 1, 10)
  const older = (await market.read('tick', 'X', null, before)).length
  expect(await market.delete('tick', 'X', before)).toBe(older)
  expect((await market.read('tick', 'X', null, null)).time[0]).toBeGreaterThanOrEqual(before)
  expect(memory.parts().map(({ file }) => file)).toEqual(['tick/X/2024-03.parquet'])
  expect(await market.delete('tick', 'X', null)).toBe(100 - older)
  expect(await market.coverage()).toEqual([])
  expect(memory.written.size).toBe(0)
})

test('a file that is gone is named by repair with its period, and the rest is readable again', async () => {
  const { memory, archive, market } = opened()
  await market.upsert('tick', 'X', months(100), 'a')
  await archive.archive({ kind: 'tick', instrument: 'X', before: Date.UTC(2024, 3) }, control)
  memory.written.delete('tick/X/2024-02.parquet')
  await expect(market.read('tick', 'X', null, null)).rejects.toThrow('gone')
  const [damage] = await market.repair('tick', 'X')
  expect(new Date(damage?.from ?? 0).toISOString()).toMatch(/^2024-02/)
  expect((await market.read('tick', 'X', null, null)).length).toBe(100 - (damage?.rows ?? 0))
})

test('readers see every row at every moment while months move', async () => {
  const { archive, market } = opened()
  await market.upsert('tick', 'X', months(200), 'a')
  let moving = true
  const lengths = new Set<number>()
  const reader = (async () => {
    while (moving) lengths.add((await market.read('tick', 'X', null, null)).length)
  })()
  await archive.archive({ kind: 'tick', instrument: 'X', before: far }, control)
  moving = false
  await reader
  expect([...lengths]).toEqual([200])
})

test('an order book comes back message by message', async () => {
  const { archive, market } = opened()
  const row = (time: number, part: number, price: number) => ({ time, part, side: 1, price, size: 2, snapshot: 1 })
  const start = Date.UTC(2024, 0, 3)
  const rows = marketRows('book', [row(start, 0, 1), row(start, 0, 2), row(start, 1, 3), row(start + 40 * day, 0, 4)])
  await market.upsert('book', 'X', rows, 'a')
  await archive.archive({ kind: 'book', instrument: 'X', before: Date.UTC(2024, 1) }, control)
  expect((await market.read('book', 'X', null, null, 1)).length, 'a message is never cut').toBe(2)
  expect(marketArrays('book', await market.read('book', 'X', null, null))).toEqual(marketArrays('book', rows))
})
