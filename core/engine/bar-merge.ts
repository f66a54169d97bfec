import type { Market } from '../broker/market.ts'

/**
 * Walks the bars of several instruments by the time at which they are known (close time): one step per distinct time;
 * instruments with a bar at that time advance, the others keep theirs (L-30).
 */
export class BarMerge {
  readonly #markets: readonly Market[]
  #step = -1
  /** Time of the current step: when its bars closed. NaN before the first. */
  now = Number.NaN
  /** Bars delivered so far, over all instruments. */
  delivered = 0

  constructor(markets: readonly Market[]) {
    this.#markets = markets
  }

  get step(): number {
    return this.#step
  }

  /** Moves to the next time; false at the end. Instruments that moved have `market.step === step`. */
  advance(): boolean {
    let time = Number.POSITIVE_INFINITY
    for (const market of this.#markets) {
      const next = market.columns.closeTime[market.i + 1]
      if (next !== undefined && next < time) time = next
    }
    if (time === Number.POSITIVE_INFINITY) return false
    const step = ++this.#step
    this.now = time
    for (const market of this.#markets) {
      if (market.columns.closeTime[market.i + 1] !== time) continue
      market.i++
      market.sequence++
      market.step = step
      this.delivered++
    }
    return true
  }
}
