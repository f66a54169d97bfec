import { orderTypeCode } from '../domain/order.ts'
import type { Commission } from './commission.ts'
import type { Market } from './market.ts'
import { type OrderTable, orderFlag } from './order-table.ts'
import type { BrokerRules } from './rules.ts'
import { slip } from './slippage.ts'

const noMatch = Number.NaN
const { market: marketType, close: closeType, limit, stop, trailingStop, trailingStopLimit } = orderTypeCode
const { historical } = orderTypeCode

function isStop(type: number): boolean {
  return type >= orderTypeCode.stop && type <= orderTypeCode.trailingStopLimit
}

/**
 * Decides whether and at what price one bar fills one order (01 section 8.3, B-01 … B-09). A bar is its open, its
 * range and its close; no path inside it is assumed beyond what those rows say.
 */
export class Matcher {
  readonly #rules: BrokerRules
  readonly #orders: OrderTable
  /** Prices are points without a range: slippage has no bar to end at. */
  readonly #arePoints: boolean
  /** Of the market that is matched. */
  #commission: Commission | undefined
  /** Price before slippage of the last match. */
  reference = 0
  /** Stamp of the last match. */
  time = 0
  /** Row of the bar that the last match was made on: the current one, except for late close orders (B-04). */
  row = 0

  constructor(rules: BrokerRules, orders: OrderTable) {
    this.#rules = rules
    this.#orders = orders
    this.#arePoints = rules.arePoints || rules.fillPolicy === 'tick' || rules.fillPolicy === 'quote'
  }

  /** The fill price of the order on the market's current bar; NaN when it does not fill. */
  match(row: number, market: Market): number {
    const orders = this.#orders
    const type = orders.type[row] as number
    this.time = market.time
    this.row = market.i
    this.#commission = market.commission
    if (type === marketType) return this.#matchMarket(row, market)
    if (type === limit) return this.#matchLimit(row, market, orders.price[row] as number)
    if (type === closeType) return this.#matchClose(row, market)
    if (type === historical) return this.#matchHistorical(row)
    if (orders.has(row, orderFlag.triggered)) return this.#matchLimit(row, market, orders.limit[row] as number)
    if (type === stop || type === trailingStop) return this.#matchStop(row, market)
    return this.#matchStopLimit(row, market)
  }

  /** Moves a trailing order's stop after a bar that left it working (T-02): by its close, or by its high or low. */
  trailAfter(row: number, market: Market): void {
    if (this.#rules.trailSource === 'close') this.trail(row, market.close)
    else this.trail(row, (this.#orders.side[row] as number) < 0 ? market.high : market.low)
  }

  /** Moves a trailing order's stop to its distance from `reference`, only towards the price. */
  trail(row: number, reference: number): void {
    const orders = this.#orders
    const side = orders.side[row] as number
    const terms = orders.rare(row)
    const { trailAmount: amount, trailRatio: ratio } = terms
    const distance = amount > 0 ? amount : ratio > 0 ? reference * ratio : 0
    const level = reference + side * distance
    if ((level - (orders.price[row] as number)) * side >= 0) return
    orders.price[row] = level
    if (orders.type[row] === trailingStopLimit) orders.limit[row] = level - terms.limitOffset
  }

  /** False when the current bar certainly leaves a plain limit or stop order alone: the usual case, told cheaply. */
  canReach(row: number, market: Market): boolean {
    const orders = this.#orders
    const type = orders.type[row] as number
    if (type !== limit && type !== stop) return true
    const price = orders.price[row] as number
    const { columns, i } = market
    const open = columns.open[i] as number
    // A buy limit and a sell stop wait for a fall, the others for a rise
    const falls = (type === limit) === (orders.side[row] as number) > 0
    if (falls) return (columns.low[i] as number) <= price || open <= price
    return (columns.high[i] as number) >= price || open >= price
  }

  /**
   * True when `rival` must be tried before `row` on this bar: what the open already reaches is certain and comes first;
   * otherwise the pessimist lets the stop win and the optimist the limit.
   */
  prefers(rival: number, row: number, market: Market): boolean {
    const rivalStops = isStop(this.#orders.type[rival] as number)
    if (rivalStops === isStop(this.#orders.type[row] as number)) return false
    if (this.#touchedByOpen(row, market)) return false
    if (this.#touchedByOpen(rival, market)) return true
    return rivalStops === (this.#rules.fillPolicy !== 'optimistic')
  }

  /** True when the bar's open already reaches the order's limit or stop: no doubt about the order of events. */
  #touchedByOpen(row: number, market: Market): boolean {
    const distance = (market.open - (this.#orders.price[row] as number)) * (this.#orders.side[row] as number)
    return this.#orders.type[row] === limit ? distance <= 0 : distance >= 0
  }

  #matchMarket(row: number, market: Market): number {
    const orders = this.#orders
    const side = orders.side[row] as number
    if (this.#rules.cheatOnClose && !orders.has(row, orderFlag.noCheat)) {
      this.reference = orders.createdClose[row] as number
      this.time = orders.createdTime[row] as number
    } else {
      if (!this.#rules.cheatOnOpen && market.sequence <= (orders.createdSequence[row] as number)) return noMatch
      this.reference = market.open
    }
    return this.#slip(side, this.reference, side > 0 ? market.high : market.low, false, true)
  }

  /** B-04: the close of the first bar that reaches the session's end, or the last one seen before it. */
  #matchClose(row: number, market: Market): number {
    const orders = this.#orders
    if (market.sequence <= (orders.createdSequence[row] as number)) return this.#annotate(row, market)
    const { sessionEnd: end, annotatedClose: annotated } = orders.rare(row)
    const now = market.closeTime
    if (now < end) return this.#annotate(row, market)
    if (!Number.isNaN(annotated) && now > end) {
      this.row = market.i - 1
      this.time = market.columns.time[this.row] as number
      this.reference = annotated
    } else {
      this.reference = market.close
    }
    return this.reference
  }

  #annotate(row: number, market: Market): number {
    this.#orders.rare(row).annotatedClose = market.close
    return noMatch
  }

  #matchLimit(row: number, market: Market, price: number): number {
    const side = this.#orders.side[row] as number
    const { open } = market
    if ((price - open) * side >= 0) {
      this.reference = open
      return this.#slip(side, open, this.#limitEdge(side, price, market), true, true)
    }
    const reached = side > 0 ? price >= market.low : price <= market.high
    if (!reached) return noMatch
    this.reference = price
    return price
  }

  /** Where slippage of a limit order must end. Upstream forgets the bar's low for sells. */
  #limitEdge(side: number, price: number, market: Market): number {
    if (this.#arePoints) return price
    if (side > 0) return Math.min(market.high, price)
    return this.#rules.backtrader ? price : Math.max(market.low, price)
  }

  #matchStop(row: number, market: Market): number {
    const orders = this.#orders
    const side = orders.side[row] as number
    const level = orders.price[row] as number
    const { open } = market
    const edge = side > 0 ? market.high : market.low
    if ((open - level) * side >= 0) {
      this.reference = open
      return this.#slip(side, open, edge, false, true)
    }
    if ((edge - level) * side < 0) return noMatch
    this.reference = level
    return this.#slip(side, level, edge, false, false)
  }

  /** B-07: a stop-limit that triggers on this bar fills on it only where open and close leave no doubt. */
  #matchStopLimit(row: number, market: Market): number {
    const orders = this.#orders
    const side = orders.side[row] as number
    const level = orders.price[row] as number
    const price = orders.limit[row] as number
    const { open } = market
    const edge = side > 0 ? market.high : market.low
    const gap = (open - level) * side >= 0
    if (!gap && (edge - level) * side < 0) return noMatch
    orders.trigger(row)
    if (gap) return this.#matchLimit(row, market, price)
    if ((price - level) * side >= 0) {
      this.reference = level
      return this.#slip(side, level, edge, true, false)
    }
    const { close } = market
    const returned = this.#rules.stopLimitReturn || (side > 0 ? open > close : open <= close)
    if (!returned || (price - close) * side < 0) return noMatch
    this.reference = price
    return price
  }

  /** B-10: the price and time that the history says. */
  #matchHistorical(row: number): number {
    const orders = this.#orders
    if (!this.#rules.backtrader) this.time = orders.createdTime[row] as number
    this.reference = orders.price[row] as number
    return this.reference
  }

  #slip(side: number, price: number, edge: number, limited: boolean, atOpen: boolean): number {
    const rules = this.#rules.slippage
    if (atOpen && !rules.atOpen) return price
    const end = this.#arePoints && !limited ? side * Number.POSITIVE_INFINITY : edge
    const points = rules.ratio === 0 ? undefined : this.#commission?.pointsOf(rules.ratio, price)
    return slip(points === undefined ? rules : { ...rules, ratio: 0, points }, side, price, end, limited)
  }
}
