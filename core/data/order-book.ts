import type { BookSeries } from '../domain/market-columns.ts'
import type { BookLevel, BookMessage } from '../domain/market-message.ts'
import type { MarketStore } from '../stores/market-store.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What stands at each price. */
export interface OrderBook {
  /** Time of the last message that made it; null when nothing is known. */
  readonly time: number | null
  /** Highest first. */
  readonly bids: readonly BookLevel[]
  /** Lowest first. */
  readonly asks: readonly BookLevel[]
}

/** Levels that change message by message: as rows of a `BookSeries` say, or as they are told. */
export class BookBuilder {
  readonly #sides = { bid: new Map<number, number>(), ask: new Map<number, number>() }
  #time: number | null = null
  #snapshot: string | null = null
  #isWhole = false

  /** False until a whole book was seen, and after something was missed: levels may then be wrong. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Messages may have been lost: what stands is doubtful until the next whole book. */
  missed(): void {
    this.#isWhole = false
  }

  /** Takes one message as it is told. */
  take({ time, snapshot, bids, asks }: BookMessage): void {
    if (snapshot) this.#clear()
    for (const [price, size] of bids) this.#set('bid', price, size)
    for (const [price, size] of asks) this.#set('ask', price, size)
    this.#time = time
  }

  /** Takes rows [from, to), in their order. */
  apply(rows: BookSeries, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const [time, price, size] = [rows.time[row] as number, rows.price[row] as number, rows.size[row] as number]
      if (rows.snapshot[row] === 1) this.#begin(`${time} ${rows.part[row]}`)
      this.#set(rows.side[row] === 1 ? 'bid' : 'ask', price, size)
      this.#time = time
    }
  }

  /** The first row of a whole book forgets what stood before it. */
  #begin(message: string): void {
    if (message === this.#snapshot) return
    this.#snapshot = message
    this.#clear()
  }

  #clear(): void {
    this.#isWhole = true
    this.#sides.bid.clear()
    this.#sides.ask.clear()
  }

  #set(side: 'bid' | 'ask', price: number, size: number): void {
    if (size > 0) this.#sides[side].set(price, size)
    else this.#sides[side].delete(price)
  }

  book(): OrderBook {
    return {
      time: this.#time,
      bids: [...this.#sides.bid].sort(([a], [b]) => b - a),
      asks: [...this.#sides.ask].sort(([a], [b]) => a - b),
    }
  }
}

/**
 * The order book of an instrument as the messages before `at` left it: the last whole book there is and the changes
 * after it. Without a whole book among them, what the changes alone say.
 */
export async function bookBefore(store: MarketStore, instrument: string, at: number): Promise<OrderBook> {
  const later: BookSeries[] = []
  const days = await store.days('book', instrument, null, at)
  search: for (const { day } of days.reverse()) {
    for (let from = day + dayMs - hourMs; from >= day; from -= hourMs) {
      if (from >= at) continue
      const rows = await store.read('book', instrument, from, Math.min(from + hourMs, at))
      later.push(rows)
      if (rows.snapshot.includes(1)) break search
    }
  }
  const builder = new BookBuilder()
  for (const rows of later.reverse()) builder.apply(rows, 0, rows.length)
  return builder.book()
}
