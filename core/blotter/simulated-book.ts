import type { BookLevel } from '../domain/market-message.ts'

/** Levels of each side. */
const depth = 10
/** Levels that get another size with each print. */
const redrawn = 3

/** Sizes at the prices around a simulated market: what stands stays till its price is far away, some of it changes. */
export class SimulatedBook {
  readonly #random: () => number
  readonly #tickSize: number
  readonly #digits: number
  /** Size by price in ticks. */
  readonly #sizes = new Map<number, number>()

  constructor(random: () => number, tickSize: number) {
    this.#random = random
    this.#tickSize = tickSize
    this.#digits = Math.max(0, Math.round(-Math.log10(tickSize)))
  }

  /** The book whole, best levels first, when these are the best prices. */
  around(bid: number, ask: number): { readonly bids: BookLevel[]; readonly asks: BookLevel[] } {
    const [best, least] = [Math.round(bid / this.#tickSize), Math.round(ask / this.#tickSize)]
    for (const price of this.#sizes.keys()) {
      if (price <= best - depth || price >= least + depth) this.#sizes.delete(price)
    }
    for (let count = 0; count < redrawn; count++) {
      const away = Math.floor(this.#random() * depth)
      this.#sizes.delete(this.#random() < 0.5 ? best - away : least + away)
    }
    const side = (first: number, way: 1 | -1) =>
      Array.from({ length: depth }, (_, away) => this.#level(first + way * away)).filter(([price]) => price > 0)
    return { bids: side(best, -1), asks: side(least, 1) }
  }

  #level(price: number): BookLevel {
    let size = this.#sizes.get(price)
    if (size === undefined) {
      size = 50 + Math.floor(this.#random() * 950)
      this.#sizes.set(price, size)
    }
    return [Number((price * this.#tickSize).toFixed(this.#digits)), size]
  }
}
