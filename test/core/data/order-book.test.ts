import { expect, test } from 'vitest'
import { bookBefore } from '../../../core/data/order-book.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { marketRows } from '../stores/market-builders.ts'

const start = Date.UTC(2024, 0, 8, 23, 30)
const hour = 3_600_000

/** [time, part, snapshot, ...levels of side, price, size] */
type Message = readonly [number, number, number, ...(readonly [number, number, number])[]]
const messages: readonly Message[] = [
  [start, 0, 1, [1, 99, 5], [1, 98, 6], [-1, 101, 7]],
  [start + 1, 0, 0, [1, 98, 0]],
  [start + 2 * hour, 0, 0, [1, 99, 3], [-1, 102, 1]],
  [start + 30 * hour, 0, 1, [1, 50, 1]],
  [start + 30 * hour, 1, 1, [-1, 51, 2], [1, 50, 4]],
]

async function filled() {
  const { market } = createMemoryStores({ clock: { now: () => 1 }, sha256 })
  const rows = messages.flatMap(([time, part, snapshot, ...levels]) =>
    levels.map(([side, price, size]) => ({ time, part, side, price, size, snapshot })),
  )
  await market.upsert('book', 'SPX', marketRows('book', rows), 'test')
  return market
}

test('the book before a moment is its last whole book and the changes after it, over hours and midnight', async () => {
  const market = await filled()
  expect(await bookBefore(market, 'SPX', start)).toEqual({ time: null, bids: [], asks: [] })
  expect(await bookBefore(market, 'SPX', start + 1)).toEqual({
    time: start,
    bids: [
      [99, 5],
      [98, 6],
    ],
    asks: [[101, 7]],
  })
  expect(await bookBefore(market, 'SPX', start + 29 * hour)).toEqual({
    time: start + 2 * hour,
    bids: [[99, 3]],
    asks: [
      [101, 7],
      [102, 1],
    ],
  })
})

test('a whole book forgets what stood before it, also one of the same time', async () => {
  const book = await bookBefore(await filled(), 'SPX', start + 31 * hour)
  expect(book).toEqual({ time: start + 30 * hour, bids: [[50, 4]], asks: [[51, 2]] })
})
