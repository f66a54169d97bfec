import type { Market } from '../broker/market.ts'

/**
 * Walks the bars of several instruments by the time at which they are known (close time): one step per distinct time;
 * instruments with a bar at that time advance, the others keep theirs (L-30).
 */
export class BarMerge {
  readonly #markets: readonly Market[]
  readonly #lengths: readonly number[]
  /** One double: written every bar. */
  readonly #now = new Float64Array([Number.NaN])
  #step = -1
  /** Bars delivered so far, over all instruments. */
  delivered = 0

  constructor(markets: readonly Market[]) {
    this.#markets = markets
    this.#lengths = markets.map(({ columns }) => columns.closeTime.length)
  }

  get step(): number {
    return this.#step
  }

  /** Time of the current step: when its bars closed. NaN before the first. */
  get now(): number {
    return this.#now[0] as number
  }

  /** Moves to the next time; false at the end. Instruments that moved have `market.step === step`. */
  advance(): boolean {
    const markets = this.#markets
    if (markets.length === 1) return this.#advanceOnly(markets[0] as Market)
    let time = Number.POSITIVE_INFINITY
    for (let index = 0; index < markets.length; index++) {
      const { columns, i } = markets[index] as Market
      if (i + 1 >= (this.#lengths[index] as number)) continue
      const next = columns.closeTime[i + 1] as number
      if (next < time) time = next
    }
    if (time === Number.POSITIVE_INFINITY) return false
    const step = ++this.#step
    this.#now[0] = time
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      const next = market.i + 1
      if (next >= (this.#lengths[index] as number) || market.columns.closeTime[next] !== time) continue
      market.i = next
      market.sequence++
      market.step = step
      this.delivered++
    }
    return true
  }

  /** Shows another *now* within the current step: the open of a bar whose close is not known yet. */
  showTime(time: number): void {
    this.#now[0] = time
  }

  /** A step that is no bar: an event of a live feed at its own time. */
  moveTo(time: number): void {
    this.#step++
    this.#now[0] = time
  }

  #advanceOnly(market: Market): boolean {
    const next = market.i + 1
    if (next >= (this.#lengths[0] as number)) return false
    this.#now[0] = market.columns.closeTime[next] as number
    market.i = next
    market.sequence++
    market.step = ++this.#step
    this.delivered++
    return true
  }
}
