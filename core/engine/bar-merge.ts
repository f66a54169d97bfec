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

  /** The market whose close time is the time, without a note of it every bar; undefined when there are several or events. */
  #only: Market | undefined

  constructor(markets: readonly Market[]) {
    this.#only = markets.length === 1 ? markets[0] : undefined
    this.#markets = markets
    this.#lengths = markets.map(({ columns }) => columns.closeTime.length)
  }

  get step(): number {
    return this.#step
  }

  /** Time of the current step: when its bars closed. NaN before the first. */
  get now(): number {
    return this.#only === undefined ? (this.#now[0] as number) : this.#timeOf(this.#only)
  }

  #timeOf({ columns, i }: Market): number {
    return i < 0 ? Number.NaN : (columns.closeTime[i] as number)
  }

  /** Moves to the next time; false at the end. Instruments that moved have `market.step === step`. */
  advance(): boolean {
    const markets = this.#markets
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
    this.#only = undefined
    this.#step++
    this.#now[0] = time
  }

  /** Moves the only market to its next bar; the caller knows that there is one. */
  advanceOnly(market: Market): void {
    market.i++
    market.sequence++
    market.step = ++this.#step
    this.delivered++
  }
}

/** The earliest open time of a step's bars: an equity row belongs to the bar that it closes. */
export function startOf(markets: readonly Market[], step: number): number {
  let time = Number.POSITIVE_INFINITY
  for (const market of markets) if (market.step === step && market.time < time) time = market.time
  return time
}
