import { describe, expect, it } from 'vitest'
import { createSimulatedSource } from '../../../core/blotter/simulated-source.ts'
import { BookBuilder } from '../../../core/data/order-book.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { BookMessage, MarketMessage } from '../../../core/domain/market-message.ts'

const instrument = 'SIM-A' as InstrumentId
const message = (time: number, snapshot: boolean, bids: BookMessage['bids'], asks: BookMessage['asks'] = []) =>
  ({ kind: 'book', instrument, time, snapshot, bids, asks }) satisfies BookMessage

describe('a book that is told message by message', () => {
  it('is the last whole book and what changed since', () => {
    const book = new BookBuilder()
    book.take(
      message(
        1,
        true,
        [
          [99, 5],
          [98, 6],
        ],
        [[101, 7]],
      ),
    )
    book.take(
      message(
        2,
        false,
        [
          [98, 0],
          [99, 4],
        ],
        [[100, 1]],
      ),
    )
    expect(book.book()).toEqual({
      time: 2,
      bids: [[99, 4]],
      asks: [
        [100, 1],
        [101, 7],
      ],
    })
    book.take(message(3, true, [[50, 1]]))
    expect(book.book()).toEqual({ time: 3, bids: [[50, 1]], asks: [] })
  })

  it('is doubtful before a whole book, and after something was missed until the next', () => {
    const book = new BookBuilder()
    book.take(message(1, false, [[99, 5]]))
    expect(book.isWhole).toBe(false)
    book.take(message(2, true, [[99, 5]]))
    expect(book.isWhole).toBe(true)
    book.missed()
    book.take(message(3, false, [[98, 5]]))
    expect(book.isWhole).toBe(false)
    book.take(message(4, true, [[99, 5]]))
    expect(book.isWhole).toBe(true)
  })
})

describe('the book of the simulated market', () => {
  const told = (kinds: readonly MarketMessage['kind'][]) => {
    let now = 1_700_000_000_000
    let look = () => {}
    const options = { name: 'simulation', seed: 3, printsPerSecond: 20, speed: 1 }
    const clock = {
      now: () => now,
      every: (_: number, call: () => void) => {
        look = call
        return () => undefined
      },
    }
    const source = createSimulatedSource(options, clock)
    const messages: MarketMessage[] = []
    source.start({
      message: (each) => messages.push(each),
      state: () => undefined,
      gap: () => undefined,
      trouble: () => undefined,
    })
    source.subscribe({ id: instrument, symbol: 'SIM-A' }, new Set(kinds))
    for (; now < 1_700_000_020_000; now += 100) look()
    return messages
  }

  it('is never crossed, ten levels deep on each side, and agrees with the quote', () => {
    const book = new BookBuilder()
    let quotes = 0
    for (const each of told(['tick', 'quote', 'book'])) {
      if (each.kind === 'book') book.take(each)
      if (each.kind !== 'quote') continue
      const { bids, asks } = book.book()
      expect([bids.length, asks.length]).toEqual([10, 10])
      expect(bids[0]).toEqual([each.bid, each.bidSize])
      expect(asks[0]).toEqual([each.ask, each.askSize])
      expect(each.bid).toBeLessThan(each.ask)
      quotes++
    }
    expect(quotes).toBeGreaterThan(100)
    expect(book.isWhole).toBe(true)
  })

  it('leaves the prints as they are without it', () => {
    const prints = (messages: readonly MarketMessage[]) => messages.filter(({ kind }) => kind === 'tick')
    expect(prints(told(['tick', 'quote', 'book']))).toEqual(prints(told(['tick', 'quote'])))
    expect(told(['tick', 'quote', 'book'])).toEqual(told(['tick', 'quote', 'book']))
  })
})
