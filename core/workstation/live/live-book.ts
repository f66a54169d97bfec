import type { BookLevel, BookMessage } from '../../domain/market-message.ts'
import type { OrderBook } from '../../engine/market-data.ts'

/** The book of one instrument as its messages left it. */
export class LiveBook {
  readonly #bids = new Map<number, number>()
  readonly #asks = new Map<number, number>()

  apply({ snapshot, bids, asks }: BookMessage): void {
    if (snapshot) {
      this.#bids.clear()
      this.#asks.clear()
    }
    change(this.#bids, bids)
    change(this.#asks, asks)
  }

  /** The best levels of each side, at most `depth`. */
  top(time: number, depth: number): OrderBook {
    return { time, bids: best(this.#bids, -1, depth), asks: best(this.#asks, 1, depth) }
  }
}

function change(side: Map<number, number>, levels: readonly BookLevel[]): void {
  for (const [price, size] of levels) {
    if (size > 0) side.set(price, size)
    else side.delete(price)
  }
}

function best(side: ReadonlyMap<number, number>, sign: number, depth: number): OrderBook['bids'] {
  return [...side]
    .sort(([a], [b]) => sign * (a - b))
    .slice(0, depth)
    .map(([price, size]) => ({ price, size }))
}
