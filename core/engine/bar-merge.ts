import type { Market, MarketColumns } from '../broker/market.ts'
import { upperBound } from '../lib/columns.ts'

/**
 * Walks the bars of several instruments by the time at which they are known (close time): one step per distinct time;
 * instruments with a bar at that time advance, the others keep theirs (L-30).
 */
export class BarMerge {
  readonly #markets: readonly Market[]
  readonly #lengths: number[]
  /** One double: written every bar. */
  readonly #now = new Float64Array([Number.NaN])
  #step = -1
  /** Bars delivered so far, over all instruments. */
  delivered = 0

  /** The market whose close time is the time, without a note of it every bar. */
  #only: Market | undefined
  /** True: the bars of all markets open and close at the same times, so one of them tells for all. */
  readonly #inLockstep: boolean
  /** Time from open to close where every bar of every market has the same; NaN otherwise. */
  readonly #width: number

  /** `grows`: bars may come later (`extend`), so nothing is concluded from those that are there. */
  constructor(markets: readonly Market[], grows = false) {
    this.#markets = markets
    this.#lengths = markets.map(({ columns }) => columns.closeTime.length)
    const first = markets[0]?.columns
    this.#inLockstep =
      !grows && markets.length > 1 && first !== undefined && markets.every(({ columns }) => sameGrid(columns, first))
    this.#width = !grows && markets.length > 1 && !this.#inLockstep ? commonWidth(markets) : Number.NaN
  }

  get step(): number {
    return this.#step
  }

  /** A market has so many bars from now on. */
  extend(index: number, length: number): void {
    this.#lengths[index] = length
  }

  /** Leaves out every bar that closed by `time`: each market then stands on the last of them. */
  skipTo(time: number): void {
    for (const [index, market] of this.#markets.entries()) {
      const known = market.columns.closeTime.subarray(0, this.#lengths[index])
      market.i = upperBound(known, time) - 1
      market.sequence = market.i + 1
    }
    this.#now[0] = time
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
    if (this.#inLockstep) return this.#advanceAll()
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

  #advanceAll(): boolean {
    const markets = this.#markets
    const { columns, i } = markets[0] as Market
    if (i + 1 >= (this.#lengths[0] as number)) return false
    this.#now[0] = columns.closeTime[i + 1] as number
    const step = ++this.#step
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      market.i++
      market.sequence++
      market.step = step
    }
    this.delivered += markets.length
    return true
  }

  /** The earliest open time of the current step's bars: an equity row belongs to the bar that it closes. */
  get openTime(): number {
    if (this.#inLockstep) return (this.#markets[0] as Market).time
    if (this.#width > 0) return this.now - this.#width
    let time = Number.POSITIVE_INFINITY
    for (const market of this.#markets) if (market.step === this.#step && market.time < time) time = market.time
    return time
  }

  /** From now on `now` is the close of this market's bar. */
  follow(only: Market): void {
    this.#only = only
  }

  /** Shows another *now* within the current step: the open of a bar whose close is not known yet. */
  showTime(time: number): void {
    this.#only = undefined
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

function sameGrid(columns: MarketColumns, first: MarketColumns): boolean {
  if (columns === first) return true
  const { time, closeTime } = columns
  const { time: firstTime, closeTime: firstClose } = first
  if (time.length !== firstTime.length) return false
  for (let i = 0; i < time.length; i++) if (closeTime[i] !== firstClose[i] || time[i] !== firstTime[i]) return false
  return true
}

function commonWidth(markets: readonly Market[]): number {
  let width = Number.NaN
  for (const { columns } of markets) {
    const { time, closeTime } = columns
    if (Number.isNaN(width)) width = (closeTime[0] ?? Number.NaN) - (time[0] ?? Number.NaN)
    for (let i = 0; i < time.length; i++)
      if ((closeTime[i] as number) - (time[i] as number) !== width) return Number.NaN
  }
  return width
}
