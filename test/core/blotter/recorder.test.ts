import { describe, expect, test } from 'vitest'
import { Recorder } from '../../../core/blotter/recorder.ts'
import type { BookMessage } from '../../../core/domain/market-message.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { bar, gold, quote, tick } from './messages.ts'

function bench(most = 1_000) {
  const stores = createMemoryStores({ clock: { now: () => 0 }, sha256: () => '' })
  const failures: unknown[] = []
  const state = { fails: false }
  const failing = <Store extends object>(store: Store, write: keyof Store) =>
    new Proxy(store, {
      get: (target, name) =>
        name === write && state.fails ? () => Promise.reject(new Error('the disk is full')) : Reflect.get(target, name),
    })
  const recorder = new Recorder({
    stores: { bars: failing(stores.bars, 'upsert'), market: failing(stores.market, 'upsertAll') },
    most,
    onFailure: (error) => failures.push(error),
  })
  return { stores, recorder, failures, state }
}

const book = (time: number, price: number, size: number): BookMessage => {
  return { kind: 'book', instrument: gold, time, snapshot: false, bids: [[price, size]], asks: [] }
}

describe('what is recorded', () => {
  test('is stored by kind, in order, and the same again changes nothing', async () => {
    const { stores, recorder } = bench()
    for (const each of [tick(2, 10), tick(1, 11), quote(1, 9, 10), bar(0), bar(0, { close: 2 })])
      recorder.keep(each, 'x')
    await recorder.flush()
    recorder.keep(tick(1, 11), 'x')
    await recorder.flush()
    expect([...(await stores.market.read('tick', gold, null, null)).price]).toEqual([11, 10])
    expect([...(await stores.bars.read(gold, '1m', null, null)).close]).toEqual([2])
    expect([recorder.waiting, recorder.written]).toEqual([0, 6])
  })

  test('waits while the store fails, is told, and is stored when it works again', async () => {
    const { stores, recorder, failures, state } = bench()
    state.fails = true
    recorder.keep(tick(1, 10), 'x')
    await recorder.flush()
    await recorder.flush()
    recorder.keep(tick(2, 10), 'x')
    expect([failures.length, recorder.waiting]).toEqual([2, 2])
    state.fails = false
    await recorder.flush()
    expect([recorder.waiting, (await stores.market.read('tick', gold, null, null)).length]).toEqual([0, 2])
  })

  test('that waited for the store does not replace what corrected it meanwhile', async () => {
    const { stores, recorder, state } = bench()
    state.fails = true
    for (const each of [bar(0, { close: 1.5 }), quote(1, 9, 10)]) recorder.keep(each, 'x')
    const failed = recorder.flush()
    for (const each of [bar(0, { close: 2 }), quote(1, 8, 10)]) recorder.keep(each, 'x')
    await failed
    state.fails = false
    await recorder.flush()
    expect([...(await stores.bars.read(gold, '1m', null, null)).close]).toEqual([2])
    expect([...(await stores.market.read('quote', gold, null, null)).bid]).toEqual([8])
    expect(recorder.waiting).toBe(0)
  })

  test('of a book keeps each message of one millisecond, in one write or in several', async () => {
    const { stores, recorder } = bench()
    recorder.keep(book(5, 100, 1), 'x')
    recorder.keep(book(5, 100, 2), 'x')
    await recorder.flush()
    recorder.keep(book(5, 100, 3), 'x')
    await recorder.flush()
    const stored = await stores.market.read('book', gold, null, null)
    expect(Array.from(stored.part, (part, row) => [part, stored.size[row]])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
  })

  test('gives up quotes alone when too much waits, and counts them', async () => {
    const { stores, recorder } = bench(3)
    for (let time = 1; time <= 10; time++) recorder.keep(quote(time, time, time + 1), 'x')
    for (let time = 1; time <= 10; time++) recorder.keep(tick(time, time), 'x')
    expect(recorder.conflated).toBe(7)
    await recorder.flush()
    expect([...(await stores.market.read('quote', gold, null, null)).time]).toEqual([1, 2, 10])
    expect((await stores.market.read('tick', gold, null, null)).length).toBe(10)
  })
})
