import { beforeEach, expect, test } from 'vitest'
import { sliceMarket } from '../../../core/domain/market-columns.ts'
import type { Stores } from '../../../core/stores/stores.ts'
import { marketArrays, marketRows, ticks } from './market-builders.ts'

const start = 1_700_000_040_000
const day = 86_400_000
const midnight = Math.ceil(start / day) * day

/** What every kind of MarketStore promises; `empty`, where one is kept from test to test, makes it empty. */
export function describeMarket(stores: () => Stores, empty?: () => Promise<void>): void {
  if (empty !== undefined) beforeEach(empty)
  const market = () => stores().market
  const readTicks = async (instrument: string, from: number | null = null, to: number | null = null) =>
    marketArrays('tick', await market().read('tick', instrument, from, to))

  test('ticks come back bit for bit, over shared memory: fractions of a millisecond, doubles, two prints of one time', async () => {
    const given = ticks(start, 9_000, (index) =>
      index === 5_001
        ? { time: start + 2_500.125, price: 0.1 + 0.2, size: 1e-9 }
        : index === 5_002
          ? { size: 1e300 }
          : {},
    )
    expect(await market().upsert('tick', 'BTC/USD', given, 'a')).toEqual({ added: 9_000, changed: 0, unchanged: 0 })
    const read = await market().read('tick', 'BTC/USD', null, null)
    expect(marketArrays('tick', read)).toEqual(marketArrays('tick', given))
    expect(read.length).toBe(9_000)
    expect(read.price.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('an empty side of a quote stays empty, and a later quote of the same time replaces it', async () => {
    const empty = { time: start, bid: Number.NaN, ask: 10.5, bidSize: Number.NaN, askSize: 3 }
    const full = { time: start, bid: 10.25, ask: 10.5, bidSize: 1, askSize: 3 }
    const later = { time: start + 1, bid: 10, ask: Number.NaN, bidSize: 2, askSize: 0 }
    await market().upsert('quote', 'SPX', marketRows('quote', [empty, later]), 'a')
    const read = async () => marketArrays('quote', await market().read('quote', 'SPX', null, null))
    expect(await read()).toEqual(marketArrays('quote', marketRows('quote', [empty, later])))
    const write = await market().upsert('quote', 'SPX', marketRows('quote', [full, later]), 'b')
    expect(write).toEqual({ added: 0, changed: 1, unchanged: 1 })
    expect(await read()).toEqual(marketArrays('quote', marketRows('quote', [full, later])))
  })

  test('a message of a book is replaced whole: fewer levels, more levels, the same levels', async () => {
    const level = (time: number, part: number, price: number) => ({
      time,
      part,
      side: 1,
      price,
      size: 2,
      snapshot: part,
    })
    const message = (part: number, prices: readonly number[]) => prices.map((price) => level(start, part, price))
    const next = level(start + 1, 0, 9)
    const write = (rows: ReturnType<typeof message>) => market().upsert('book', 'SPX', marketRows('book', rows), 'a')
    const read = async () => marketArrays('book', await market().read('book', 'SPX', null, null))
    const isNow = async (rows: ReturnType<typeof message>) =>
      expect(await read()).toEqual(marketArrays('book', marketRows('book', rows)))
    await write([...message(0, [1, 2, 3]), ...message(1, [4]), next])
    expect(await write([...message(0, [7]), ...message(1, [4])])).toEqual({ added: 0, changed: 1, unchanged: 1 })
    await isNow([...message(0, [7]), ...message(1, [4]), next])
    expect(await write(message(1, [5, 6]))).toEqual({ added: 0, changed: 2, unchanged: 0 })
    await isNow([...message(0, [7]), ...message(1, [5, 6]), next])
    expect((await market().coverage())[0]).toMatchObject({ kind: 'book', rows: 4 })
  })

  test('a limit ends after so many rows, a book with the message that reaches it', async () => {
    await market().upsert('tick', 'SPX', ticks(start, 9_000), 'a')
    const some = await market().read('tick', 'SPX', start + 10, null, 8_500)
    expect([some.length, some.time[0], some.id[0]]).toEqual([8_500, start + 10, 0])
    expect((await market().read('tick', 'SPX', start, start + 3, 100)).length).toBe(6)
    const levels = Array.from({ length: 30 }, (_, index) => ({ time: start + Math.floor(index / 10), price: index }))
    await market().upsert('book', 'SPX', marketRows('book', levels), 'a')
    for (const [limit, rows] of [
      [1, 10],
      [10, 10],
      [11, 20],
      [29, 30],
      [99, 30],
    ] as const) {
      expect((await market().read('book', 'SPX', null, null, limit)).length).toBe(rows)
    }
  })

  test('the hash depends on the rows alone, not on the order in which they were written', async () => {
    const given = ticks(midnight - 2_000, 9_000)
    await market().upsert('tick', 'ONCE', given, 'a')
    for (const [from, to] of [
      [6_000, 6_001],
      [100, 3_000],
      [8_000, 9_000],
      [2_000, 8_100],
      [0, 200],
    ] as const) {
      await market().upsert('tick', 'PARTS', sliceMarket('tick', given, from, to), 'b')
    }
    const hash = await market().hash('tick', 'ONCE', null, null)
    expect(await market().hash('tick', 'PARTS', null, null)).toBe(hash)
    expect(await readTicks('PARTS')).toEqual(await readTicks('ONCE'))
    // Computed by Python's struct and hashlib from the definition at `marketHash`: the same figure for every kind.
    expect(hash).toBe('0d80e9fdf716f02a5d297b88ff03193c7e00d5b0410baf60ea02a2886cc069fe')
    expect(await market().hash('tick', 'ONCE', midnight - 1_000, midnight + 1_000)).toBe(
      'de69478ae0fed08c49c02235ba64a05029e6a5a720ee1c20414a60464cefa823',
    )
    expect(await market().hash('tick', 'ONCE', midnight, null)).toBe(
      'fe55ccffc2b9f0282d58638cdefa39072e0939c44129ecdfd05e0fc03b37ad61',
    )
    expect(await market().hash('tick', 'NONE', null, null)).toBe(await market().hash('tick', 'ONCE', 0, 1))
  })

  test('writing the same rows again changes nothing, not even the date of the last change', async () => {
    await market().upsert('tick', 'SPX', ticks(start, 5_000), 'a.csv')
    const before = await market().coverage()
    expect(await market().upsert('tick', 'SPX', ticks(start, 5_000), 'b.csv')).toEqual({
      added: 0,
      changed: 0,
      unchanged: 5_000,
    })
    expect(await market().coverage()).toEqual(before)
  })

  test('a late print falls into its place, a corrected one replaces what was there', async () => {
    await market().upsert('tick', 'SPX', ticks(start, 6), 'a')
    const late = marketRows('tick', [
      { time: start + 1, id: 1, price: 5, size: 1 },
      { time: start + 1, id: 2, price: 6, size: 1 },
    ])
    expect(await market().upsert('tick', 'SPX', late, 'b')).toEqual({ added: 1, changed: 1, unchanged: 0 })
    const [time, id, price] = await readTicks('SPX')
    expect(time).toEqual([0, 0, 1, 1, 1, 2, 2].map((at) => start + at))
    expect(id).toEqual([0, 1, 0, 1, 2, 0, 1])
    expect(price?.slice(3, 5)).toEqual([5, 6])
  })

  test('several series are written as one: when one is refused, none is kept', async () => {
    const good = { kind: 'tick', instrument: 'AAA', rows: ticks(start, 10) } as const
    const quotes = { kind: 'quote', instrument: 'AAA', rows: marketRows('quote', [{ time: start }]) } as const
    const bad = { kind: 'tick', instrument: 'BBB', rows: marketRows('tick', [{ time: 2 }, { time: 1 }]) } as const
    await expect(market().upsertAll([good, bad], 'a')).rejects.toThrow(/does not ascend/)
    expect(await market().coverage()).toEqual([])
    expect(await market().upsertAll([good, quotes, good], 'a')).toEqual([
      { added: 10, changed: 0, unchanged: 0 },
      { added: 1, changed: 0, unchanged: 0 },
      { added: 0, changed: 0, unchanged: 10 },
    ])
  })

  test('coverage tells each series, days tell their rows', async () => {
    await market().upsert('tick', 'SPX', ticks(midnight - 10, 50), 'feed')
    await market().upsert('quote', 'SPX', marketRows('quote', [{ time: start, bid: 1, ask: 2 }]), 'feed')
    await market().upsert('tick', 'AAA', ticks(start, 1), 'x')
    const coverage = await market().coverage()
    expect(coverage.map((one) => `${one.instrument} ${one.kind}`)).toEqual(['AAA tick', 'SPX quote', 'SPX tick'])
    expect(coverage[2]).toMatchObject({ rows: 50, from: midnight - 10, to: midnight + 14, source: 'feed' })
    expect(coverage[2]?.updatedAt).toBeGreaterThan(0)
    const days = [
      { day: midnight - day, rows: 20 },
      { day: midnight, rows: 30 },
    ]
    expect(await market().days('tick', 'SPX', null, null)).toEqual(days)
    expect(await market().days('tick', 'SPX', midnight + 5, null)).toEqual(days.slice(1))
    expect(await market().days('tick', 'SPX', null, midnight)).toEqual(days.slice(0, 1))
    expect(await market().days('book', 'SPX', null, null)).toEqual([])
  })

  test('retention removes what is older and leaves the rest as it was', async () => {
    const given = ticks(midnight - 5_000, 30_000)
    await market().upsert('tick', 'SPX', given, 'a')
    await market().upsert('tick', 'AAA', given, 'a')
    expect(await market().delete('tick', 'SPX', midnight - 9_000)).toBe(0)
    expect(await market().delete('tick', 'SPX', midnight - 4_999)).toBe(2)
    expect(await market().delete('tick', 'SPX', midnight + 100.5)).toBe(10_200)
    const rest = sliceMarket('tick', given, 10_202, 30_000)
    expect(await readTicks('SPX')).toEqual(marketArrays('tick', rest))
    await market().upsert('tick', 'REST', rest, 'a')
    expect(await market().hash('tick', 'SPX', null, null)).toBe(await market().hash('tick', 'REST', null, null))
    expect((await market().coverage()).find(({ instrument }) => instrument === 'SPX')).toMatchObject({
      rows: 19_798,
      from: midnight + 101,
    })
    expect(await market().upsert('tick', 'SPX', given, 'a')).toMatchObject({ added: 10_202, unchanged: 19_798 })
    expect(await market().delete('tick', 'SPX', null)).toBe(30_000)
    expect(await market().delete('tick', 'SPX', null)).toBe(0)
    expect((await market().coverage()).map(({ instrument }) => instrument)).toEqual(['AAA', 'REST'])
  })

  test('names that differ only in case, and kinds of one name, are different series', async () => {
    await market().upsert('tick', 'es', ticks(start, 1), 'a')
    await market().upsert('tick', 'ES', ticks(start, 2), 'a')
    expect((await market().read('tick', 'es', null, null)).length).toBe(1)
    expect((await market().read('quote', 'ES', null, null)).length).toBe(0)
  })

  test('an empty write and an unknown series are no rows, no error; a key that is not finite or repeats is refused', async () => {
    expect(await market().upsert('tick', 'SPX', ticks(start, 0), 'a')).toEqual({ added: 0, changed: 0, unchanged: 0 })
    expect(await market().coverage()).toEqual([])
    expect((await market().read('tick', 'SPX', null, null)).length).toBe(0)
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(market().upsert('tick', 'SPX', marketRows('tick', [{ time }]), 'a')).rejects.toThrow(/not finite/)
    }
    const twice = marketRows('quote', [{ time: 1 }, { time: 1 }])
    await expect(market().upsert('quote', 'SPX', twice, 'a')).rejects.toThrow(/does not ascend/)
    expect(await market().coverage()).toEqual([])
  })
}
