import { orderTypeCode } from '../domain/order.ts'
import type { WalkHands } from './intrabar-hands.ts'
import { barPart, type Market } from './market.ts'
import { trails } from './order-stamp.ts'
import { orderFlag } from './order-table.ts'

const { market: marketType, close: closeType, limit, historical, stopLimit, trailingStopLimit } = orderTypeCode
const unreached = Number.POSITIVE_INFINITY

/**
 * Walks a bar along open → nearer extreme → other extreme → close (at equal distance the low comes first when the bar
 * closes at or above its open). Orders fill in the order in which the walk reaches their prices; what a fill wakes can
 * fill on the rest of the walk.
 */
export class PathWalk {
  readonly #hands: WalkHands
  /** Rows that have had their chance on this bar. */
  readonly #done = new Set<number>()
  readonly #columns = {
    time: new Float64Array(1),
    closeTime: new Float64Array(1),
    open: new Float64Array(1),
    high: new Float64Array(1),
    low: new Float64Array(1),
    close: new Float64Array(1),
    volume: new Float64Array(1),
  }

  constructor(hands: WalkHands) {
    this.#hands = hands
  }

  /** Leaves the market at the end of its bar. */
  walk(market: Market): void {
    const { inside, columns, i } = market
    for (const name of ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const) {
      this.#columns[name][0] = columns[name][i] as number
    }
    const stops = pathOf(market)
    inside.bars = columns
    inside.bar = i
    inside.part = barPart.inside
    market.columns = this.#columns
    market.i = 0
    this.#done.clear()
    let at = market.open
    for (const target of stops) {
      this.#leg(market, at, target)
      at = target
    }
    market.columns = columns
    market.i = i
    inside.bars = undefined
    inside.part = barPart.end
  }

  /** Everything between two turns of the path, in the order in which the price comes by. */
  #leg(market: Market, from: number, target: number): void {
    const { rules, queue, orders } = this.#hands
    let at = from
    for (let row = this.#first(market, at, target); row >= 0; row = this.#first(market, at, target)) {
      this.#columns.open[0] = at
      const distance = this.#distance(row, at, target)
      const reached = target < at ? at - distance : at + distance
      const waits = isWaitingStopLimit(orders.type[row] as number) && !orders.has(row, orderFlag.triggered)
      if (waits) orders.trigger(row)
      else {
        this.#done.add(row)
        this.#hands.fill(row, market)
        this.#hands.open()
      }
      at = reached
    }
    if (rules.trailSource !== 'high-low') return
    for (let index = 0; index < queue.count; index++) {
      const row = queue.at(index)
      const isOurs = orders.instrument[row] === market.index && orders.has(row, orderFlag.queued)
      if (isOurs && trails(orders, row)) this.#hands.follow(row, target)
    }
  }

  /** The order that the price meets first on its way; −1 when it meets none. */
  #first(market: Market, at: number, target: number): number {
    const { queue, orders } = this.#hands
    let found = -1
    let nearest = unreached
    for (let index = 0; index < queue.count; index++) {
      const row = queue.at(index)
      if (orders.instrument[row] !== market.index || !orders.has(row, orderFlag.queued) || this.#done.has(row)) continue
      if (orders.type[row] === closeType || !this.#hands.isReady(row, market)) continue
      const distance = this.#distance(row, at, target)
      if (distance >= nearest) continue
      found = row
      nearest = distance
    }
    return found
  }

  /** How far the price must go until it meets the order: 0 when it has, infinite when it does not on this leg. */
  #distance(row: number, at: number, target: number): number {
    const { orders } = this.#hands
    const type = orders.type[row] as number
    if (type === marketType || type === historical) return 0
    const isTriggered = orders.has(row, orderFlag.triggered)
    const isLimit = type === limit || isTriggered
    const level = (isTriggered ? orders.limit[row] : orders.price[row]) as number
    const falls = isLimit === (orders.side[row] as number) > 0
    if (falls ? at <= level : at >= level) return 0
    if (falls) return target <= level ? at - level : unreached
    return target >= level ? level - at : unreached
  }
}

function isWaitingStopLimit(type: number): boolean {
  return type === stopLimit || type === trailingStopLimit
}

/** The turns of the path after the open. */
function pathOf({ open, high, low, close }: Market): readonly [number, number, number] {
  const up = high - open
  const down = open - low
  const lowFirst = down === up ? close >= open : down < up
  return lowFirst ? [low, high, close] : [high, low, close]
}
