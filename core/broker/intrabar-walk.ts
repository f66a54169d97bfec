import type { WalkHands } from './intrabar-hands.ts'
import { barPart, type Market, type MarketColumns } from './market.ts'
import { PathWalk } from './path-walk.ts'

/** Finer prices of one market, ascending by time: what happened inside its bars. */
export interface FinerPrices {
  /** Events as a buyer meets them. */
  readonly buy: MarketColumns
  /** As a seller meets them; the same object unless they are quotes. */
  readonly sell: MarketColumns
}

/** Called after each event of a bar; the market shows the whole bar then. `row` is the event's row. */
export type InsideListener = (market: Market, row: number) => void

/**
 * Works through each bar in the order in which its prices came: along open, nearer extreme, other extreme and close, or
 * through finer bars, ticks or quotes. Bars without finer prices are matched whole, and counted. Orders that wait for
 * the close of a session see the whole bar, at its end.
 */
export class IntrabarWalk {
  readonly #hands: WalkHands
  readonly #finer: readonly (FinerPrices | undefined)[]
  readonly #next: number[]
  readonly #path: PathWalk | undefined
  /** Set by the engine for strategies that want to hear of ticks or quotes. */
  listener: InsideListener | undefined = undefined
  /** Set by the engine where events of another kind come in between. */
  beforeEvent: InsideListener | undefined = undefined
  /** Bars on which orders were working, and those of them without finer prices. */
  readonly counts = { bars: 0, missed: 0 }

  constructor(hands: WalkHands, finer: readonly (FinerPrices | undefined)[]) {
    this.#hands = hands
    this.#finer = finer
    this.#next = finer.map(() => 0)
    this.#path = hands.rules.fillPolicy === 'ohlc-path' ? new PathWalk(hands) : undefined
  }

  /** One step of the broker. */
  run(step: number): void {
    const { markets, queue } = this.#hands
    if (queue.count === 0 && this.listener === undefined) return
    const counts = queue.count > 0
    if (this.#path !== undefined) {
      for (const market of markets) if (market.step === step) this.#path.walk(market)
    } else
      this.#walkFiner(
        markets.filter((market) => market.step === step),
        counts,
      )
    this.#hands.open()
    this.#hands.work()
    for (const market of markets) market.inside.part = barPart.whole
  }

  #walkFiner(moved: readonly Market[], counts: boolean): void {
    const ends = moved.map((market) => this.#seek(market))
    const first = moved.map((market) => this.#next[market.index] as number)
    for (const market of moved) market.onlyShown = true
    for (let k = this.#earliest(moved, ends); k >= 0; k = this.#earliest(moved, ends)) {
      const market = moved[k] as Market
      const row = (this.#next[market.index] as number)++
      this.beforeEvent?.(market, row)
      this.#meet(market, row)
      this.listener?.(market, row)
    }
    for (const [k, market] of moved.entries()) {
      market.onlyShown = false
      const found = (ends[k] as number) > (first[k] as number)
      market.inside.part = found ? barPart.end : barPart.whole
      if (!counts) continue
      this.counts.bars++
      if (!found) this.counts.missed++
    }
  }

  /** Moves to the first event of the market's bar; the row after its last. */
  #seek(market: Market): number {
    const finer = this.#finer[market.index]
    if (finer === undefined) return 0
    const { time } = finer.buy
    const first = lowerBound(time, market.time, this.#next[market.index] as number)
    this.#next[market.index] = first
    return lowerBound(time, market.closeTime, first)
  }

  /** Position in `moved` of the market whose next event comes first; −1 when all are done. */
  #earliest(moved: readonly Market[], ends: readonly number[]): number {
    let found = -1
    let earliest = Number.POSITIVE_INFINITY
    for (let k = 0; k < moved.length; k++) {
      const { index } = moved[k] as Market
      const row = this.#next[index] as number
      if (row >= (ends[k] as number)) continue
      const time = this.#finer[index]?.buy.closeTime[row] as number
      if (time >= earliest) continue
      found = k
      earliest = time
    }
    return found
  }

  /** Lets the orders of a market meet one event. */
  #meet(market: Market, row: number): void {
    const { inside, columns, i } = market
    const finer = this.#finer[market.index] as FinerPrices
    inside.bars = columns
    inside.bar = i
    inside.part = barPart.inside
    inside.time = finer.buy.closeTime[row] as number
    inside.last = ((finer.buy.close[row] as number) + (finer.sell.close[row] as number)) / 2
    if (this.#hands.isIdle()) {
      leave(market)
      return
    }
    market.i = row
    market.onlyShown = false
    if (finer.buy === finer.sell) this.#work(market, finer.buy, 0)
    else {
      this.#work(market, finer.buy, 1)
      this.#work(market, finer.sell, -1)
    }
    market.onlyShown = true
    market.columns = columns
    market.i = i
    leave(market)
  }

  #work(market: Market, columns: MarketColumns, side: number): void {
    market.columns = columns
    market.inside.side = side
    if (side !== 0) market.inside.offered = columns.volume[market.i] as number
    this.#hands.open()
    this.#hands.work()
  }
}

/** The first row at or after `from` whose time is not before `time`. */
function lowerBound(times: Float64Array, time: number, from: number): number {
  let low = from
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] as number) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The market shows its whole bar again; what happened last inside it stays known. */
function leave({ inside }: Market): void {
  inside.bars = undefined
  inside.side = 0
  inside.offered = Number.POSITIVE_INFINITY
}
