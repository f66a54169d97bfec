import type { Commission } from './commission.ts'

/** A position that went from one contract into the next; a single reused record. Prices are those of the contracts. */
export class ContractRoll {
  /** Codes are named by the market's spans: the position of the new contract in them. */
  span = 0
  time = 0
  /** Signed units carried over. */
  size = 0
  oldPrice = 0
  newPrice = 0
  /** Both sides. */
  fee = 0
  /** Money lost to slippage on both sides. */
  slippage = 0
  /** What the scales of the two contracts are. */
  from: Commission | undefined
  to: Commission | undefined
  /** Points of the contract that slippage costs for each unit. */
  worse = 0
  #gap = 0

  /** Where an average price of the series stands after the roll, for a position of one direction. */
  carried(price: number, direction: number): number {
    const { from, to } = this
    if (from === undefined || to === undefined) return price
    return this.moved(price) + direction * (to.shown(this.worse) - to.shown(0))
  }

  /** The same level relative to the contract: where an unrealised gain is what it was. */
  moved(price: number): number {
    const { from, to } = this
    if (from === undefined || to === undefined) return price
    const there = to.shown(from.traded(price) + this.#gap)
    // An adjustment by differences leaves levels where they are, but for the last digits
    return Math.abs(there - price) <= 1e-9 * Math.max(1, Math.abs(price)) ? price : there
  }

  start(from: Commission, to: Commission, oldPrice: number, gap: number): void {
    this.from = from
    this.to = to
    this.oldPrice = oldPrice
    this.newPrice = oldPrice + gap
    this.#gap = gap
  }
}
