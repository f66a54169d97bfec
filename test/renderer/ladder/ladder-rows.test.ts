import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  centreOf,
  exitsAt,
  ladderRows,
  priceOf,
  rowOf,
  type StandingBook,
} from '../../../renderer/features/ladder/ladder-rows.ts'
import type { WorkingOrder } from '../../../renderer/state/working-orders.ts'

const book: StandingBook = {
  ...{ from: 'book', time: 0, isWhole: true, last: 100.3, lastSize: 1, lastTime: 0 },
  bids: [
    [100.2, 5],
    [100.1, 7],
    [99.9, 2],
  ],
  asks: [
    [100.3, 4],
    [100.4, 6],
  ],
}

const order = (side: 'buy' | 'sell', price: number): WorkingOrder => ({ side, price }) as unknown as WorkingOrder
const shown = (facts: Partial<Parameters<typeof ladderRows>[0]>) =>
  ladderRows({ book, orders: [], positions: [], width: 0.1, top: 1005, count: 8, ...facts })

describe('the rows of a ladder', () => {
  it('hold what stands at each price, from the top down', () => {
    expect(shown({}).map(({ price, bidSize, askSize }) => [price, bidSize, askSize])).toEqual([
      [100.5, null, null],
      [100.4, null, 6],
      [100.3, null, 4],
      [100.2, 5, null],
      [100.1, 7, null],
      [100, null, null],
      [99.9, 2, null],
      [99.8, null, null],
    ])
    expect(shown({}).filter(({ isLast }) => isLast)).toMatchObject([{ price: 100.3 }])
  })

  it('hold own orders and the average price', () => {
    const positions = [{ size: 2, averagePrice: 100.12, session: 's', sessionName: 's' }]
    const rows = shown({ orders: [order('buy', 100.1), order('sell', 100.4), order('sell', 100.4)], positions })
    expect(rows.find(({ price }) => price === 100.1)).toMatchObject({ buys: [{ side: 'buy' }], isAverage: true })
    expect(rows.find(({ price }) => price === 100.4)?.sells).toHaveLength(2)
  })

  it('of several ticks never make a price look better than it is, and lose no size', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 99 }))
    fc.assert(
      fc.property(
        fc.uniqueArray(level, { selector: ([tick]) => tick }),
        fc.constantFrom(1, 2, 5, 10, 25),
        (levels, step) => {
          const width = 0.01 * step
          const sides = levels.map(([tick, size]): [number, number] => [Number((tick * 0.01).toFixed(2)), size])
          const rows = ladderRows({
            ...{ book: { ...book, bids: sides, asks: sides } },
            ...{ orders: [], positions: [] },
            width,
            top: 5_001,
            count: 5_002,
          })
          const total = sides.reduce((sum, [, size]) => sum + size, 0)
          expect(rows.reduce((sum, { bidSize }) => sum + (bidSize ?? 0), 0)).toBe(total)
          expect(rows.reduce((sum, { askSize }) => sum + (askSize ?? 0), 0)).toBe(total)
          for (const [price] of sides) {
            expect(priceOf(rowOf(price, width, 'bid'), width)).toBeLessThanOrEqual(price + 1e-9)
            expect(priceOf(rowOf(price, width, 'ask'), width)).toBeGreaterThanOrEqual(price - 1e-9)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('the centre of a ladder', () => {
  it('is the last price, else the middle of the book, else the side that there is', () => {
    expect(centreOf(book)).toBe(100.3)
    expect(centreOf({ ...book, last: null })).toBeCloseTo(100.25, 9)
    expect(centreOf({ ...book, last: null, asks: [] })).toBe(100.2)
    expect(centreOf({ ...book, last: null, asks: [], bids: [] })).toBeNull()
    expect(centreOf(null)).toBeNull()
  })
})

describe('exits in ticks', () => {
  it('lie on both sides of the entry, on the tick; none where nothing is typed', () => {
    const ticks = { target: 20, stop: 10 }
    expect(exitsAt({ side: 'buy', at: 100.3, tickSize: 0.1 }, ticks)).toEqual({ target: 102.3, stop: 99.3 })
    expect(exitsAt({ side: 'sell', at: 100.3, tickSize: 0.1 }, ticks)).toEqual({ target: 98.3, stop: 101.3 })
    expect(exitsAt({ side: 'buy', at: 100, tickSize: 0.25 }, { target: Number.NaN, stop: 0 })).toEqual({
      target: null,
      stop: null,
    })
  })
})
