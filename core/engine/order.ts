import { followTarget } from '../broker/order-groups.ts'
import { orderFlag } from '../broker/order-table.ts'
import { DomainError } from '../domain/errors.ts'
import {
  type OrderReason,
  type OrderSide,
  type OrderType,
  orderReasons,
  orderTypeCode,
  orderTypes,
} from '../domain/order.ts'
import { isWorkingStatus, type OrderStatus, orderStatuses } from '../domain/order-state.ts'
import { snapPrice } from '../domain/snap-price.ts'
import type { OrderInstrument, OrderPort } from './order-port.ts'
import { tradeIdOf } from './strategy-books.ts'
import { setValidity } from './validity.ts'

/**
 * One order: first the chain that completes it (`i.buy(10).limit(99).target(110).stop(95)`), then its live state.
 * It is sent when the callback that made it returns; until then every method of the chain may still change it.
 */
export class Order {
  /** 1, 2, 3 … within a run. */
  readonly id: number
  /** What is traded. */
  readonly instrument: OrderInstrument
  readonly #runtime: OrderPort
  #notes: Record<string, number | string> | undefined = undefined

  /** Made by an instrument's buy and sell. */
  constructor(runtime: OrderPort, instrument: OrderInstrument, id: number) {
    this.#runtime = runtime
    this.instrument = instrument
    this.id = id
  }

  /** Buys at this price or lower, sells at this price or higher; after `stopEntry` it limits what the stop may pay. */
  limit(price: number): this {
    const orders = this.#draft('limit')
    const row = this.id - 1
    const snapped = this.#snap(price, 'limit', -this.#side)
    if (orders.type[row] === orderTypeCode.stop) {
      orders.type[row] = orderTypeCode.stopLimit
      orders.limit[row] = snapped
      return this
    }
    orders.type[row] = orderTypeCode.limit
    orders.price[row] = snapped
    return this
  }

  /** Enters when the price reaches this level: buys on a rise, sells on a fall. With `limit`: a stop-limit order. */
  stopEntry(price: number): this {
    const orders = this.#draft('stopEntry')
    const row = this.id - 1
    const snapped = this.#snap(price, 'stop', this.#side)
    if (orders.type[row] === orderTypeCode.limit) {
      orders.type[row] = orderTypeCode.stopLimit
      orders.limit[row] = orders.price[row] as number
    } else {
      orders.type[row] = orderTypeCode.stop
    }
    orders.price[row] = snapped
    return this
  }

  /** Fills at the close of the last bar that ends by midnight UTC instead of the next open; on daily bars at the next close. */
  atClose(): this {
    this.#draft('atClose').type[this.id - 1] = orderTypeCode.close
    return this
  }

  /** A stop that follows the closes at this distance in price points. */
  trailBy(points: number): this {
    return this.#trail('trailAmount', points)
  }

  /** A stop that follows the closes at this ratio of the price: 0.02 = 2 %. */
  trailByRatio(ratio: number): this {
    return this.#trail('trailRatio', ratio)
  }

  /** Takes the profit at this price once the entry has filled; cancels the stop leg when it does. */
  target(price: number): this {
    this.#draft('target').target[this.id - 1] = this.#snap(price, 'target', this.#side)
    return this
  }

  /** Ends the loss at this price once the entry has filled; cancels the target leg when it does. */
  stop(price: number): this {
    this.#draft('stop').stop[this.id - 1] = this.#snap(price, 'stop', -this.#side)
    return this
  }

  /** Cancels `other` as soon as this order executes or ends, and the other way round. */
  oneCancelsOther(other: Order): this {
    this.#draft('oneCancelsOther')
    this.#runtime.joinOco(this.id - 1, other.id - 1)
    return this
  }

  /** Moves this order's stop to its average entry price when the target of `first` fills and this one is open by then. */
  breakEvenAfter(first: Order): this {
    followTarget(this.#draft('breakEvenAfter'), first.id - 1, this.id - 1)
    return this
  }

  /** Writes something of your own on the order, to be read in `onFill` (backtrader's `info`). */
  note(name: string, value: number | string): this {
    this.#notes ??= {}
    this.#notes[name] = value
    return this
  }

  /** What `note` wrote. */
  get notes(): Readonly<Record<string, number | string>> {
    return this.#notes ?? {}
  }

  /** A label that reports can group by. */
  tag(text: string): this {
    this.#runtime.orders.tag[this.id - 1] = this.#runtime.tagCode(text)
    return this
  }

  /**
   * The first bar that closes after this time (epoch milliseconds) ends the order; `'day'`: the first bar after the
   * trading day in which it can first fill; `'2026-03-20'`: the first bar after that day at the exchange. Market orders
   * do not expire.
   */
  valid(until: number | string): this {
    this.#draft('valid')
    if (!setValidity(this.#runtime, this.id - 1, until)) throw this.#invalid('valid', until)
    return this
  }

  /** Ends the order with the first bar that closes more than `ms` milliseconds after the bar that made it. */
  validFor(ms: number): this {
    if (!(ms > 0)) throw this.#invalid('valid', ms)
    this.#draft('validFor').validUntil[this.id - 1] = this.#runtime.now + ms
    return this
  }

  /** Lets the order match on so many bars of its instrument and no longer. */
  validBars(bars: number): this {
    if (!Number.isInteger(bars) || bars < 1) throw this.#invalid('valid', bars)
    this.#draft('validBars').set(this.id - 1, orderFlag.barLimit)
    this.#runtime.orders.rare(this.id - 1).barLimit = bars
    return this
  }

  /** Fills what it can on the first bar or tick that it meets; the rest is cancelled. */
  immediateOrCancel(): this {
    this.#draft('immediateOrCancel').set(this.id - 1, orderFlag.immediate)
    return this
  }

  /** Fills completely on the first bar or tick that it meets, or is cancelled. */
  fillOrKill(): this {
    this.#draft('fillOrKill').set(this.id - 1, orderFlag.immediate | orderFlag.allOrNone)
    return this
  }

  /** Never fills in part; waits until all of it can. */
  allOrNone(): this {
    this.#draft('allOrNone').set(this.id - 1, orderFlag.allOrNone)
    return this
  }

  /** Sleeps until `entry` is filled, and ends with it and with its other children: a bracket made by hand. */
  parent(entry: Order): this {
    this.#draft('parent').parent[this.id - 1] = entry.id - 1
    return this
  }

  /** False: the order waits until the last child of its bracket is sent. */
  transmit(now: boolean): this {
    const orders = this.#draft('transmit')
    if (now) orders.clear(this.id - 1, orderFlag.held)
    else orders.set(this.id - 1, orderFlag.held)
    return this
  }

  /** Round trips are kept apart by this number; 0 unless given. */
  tradeId(id: number): this {
    this.#draft('tradeId').tradeId[this.id - 1] = tradeIdOf(this.#runtime.owner, id)
    return this
  }

  /** Fills at the next open even if the run lets market orders fill at the close that made them. */
  noCheat(): this {
    this.#draft('noCheat').set(this.id - 1, orderFlag.noCheat)
    return this
  }

  /**
   * Gives a working order another price: the limit of a limit order, else the stop. Put on the tick grid like the first
   * one; false when the order can no longer be changed.
   */
  move(price: number): boolean {
    const isLimit = this.#runtime.orders.type[this.id - 1] === orderTypeCode.limit
    const snapped = this.#snap(price, isLimit ? 'limit' : 'stop', isLimit ? -this.#side : this.#side)
    return this.#runtime.move(this.id - 1, snapped)
  }

  /** Takes the order back; false when it can no longer be. */
  cancel(): boolean {
    return this.#runtime.cancel(this.id - 1)
  }

  /** `buy` or `sell`. */
  get side(): OrderSide {
    return this.#side > 0 ? 'buy' : 'sell'
  }

  /** How it executes: `market`, `limit`, `stop` … */
  get type(): OrderType {
    return orderTypes[this.#runtime.orders.type[this.id - 1] as number] as OrderType
  }

  /** Where it is in its life: `submitted`, `accepted`, `filled`, `cancelled` … */
  get status(): OrderStatus {
    return orderStatuses[this.#runtime.orders.status[this.id - 1] as number] as OrderStatus
  }

  /** Why the order ended without a fill, or what it is for (`exit`, `target`, `stop`); empty when there is nothing to say. */
  get reason(): OrderReason {
    return orderReasons[this.#runtime.orders.reason[this.id - 1] as number] as OrderReason
  }

  /** Units ordered, > 0. */
  get quantity(): number {
    return this.#runtime.orders.quantity[this.id - 1] as number
  }

  /** Units filled so far. */
  get filled(): number {
    return Math.abs(this.#runtime.orders.executedSize[this.id - 1] as number)
  }

  /** Units not yet filled. */
  get remaining(): number {
    return Math.abs(this.#runtime.orders.remaining[this.id - 1] as number)
  }

  /** Average fill price; NaN before the first fill. */
  get averagePrice(): number {
    return this.filled === 0 ? Number.NaN : (this.#runtime.orders.averagePrice[this.id - 1] as number)
  }

  /** Fees paid so far, money. */
  get fees(): number {
    return this.#runtime.orders.fees[this.id - 1] as number
  }

  /** True until the order is filled, cancelled, expired or rejected. */
  get working(): boolean {
    const status = this.#runtime.orders.status[this.id - 1] as number
    return status === 0 || isWorkingStatus(status)
  }

  /** True for the protective legs of a bracket. */
  get isExit(): boolean {
    return (this.#runtime.orders.parent[this.id - 1] as number) >= 0
  }

  /** One line for logs. */
  toString(): string {
    return `#${this.id} ${this.side} ${this.quantity} ${this.instrument} ${this.type} ${this.status}`
  }

  get #side(): number {
    return this.#runtime.orders.side[this.id - 1] as number
  }

  #trail(column: 'trailAmount' | 'trailRatio', distance: number): this {
    const [orders, row] = [this.#draft(column), this.id - 1]
    if (!(distance > 0)) throw this.#invalid(column, distance)
    const limited = orders.type[row] === orderTypeCode.stopLimit || orders.type[row] === orderTypeCode.limit
    orders.type[row] = limited ? orderTypeCode.trailingStopLimit : orderTypeCode.trailingStop
    const isAmount = column === 'trailAmount'
    orders.setTrail(row, isAmount ? distance : Number.NaN, isAmount ? Number.NaN : distance)
    return this
  }

  #draft(method: string) {
    if (this.#runtime.orders.status[this.id - 1] !== 0) throw this.#invalid('sent', method)
    return this.#runtime.orders
  }

  #snap(price: number, what: string, direction: number): number {
    if (!Number.isFinite(price)) throw this.#invalid(what, price)
    return this.#runtime.snaps ? snapPrice(price, this.instrument.tickSize, direction) : price
  }

  #invalid(reason: string, value: number | string): DomainError {
    const shown = typeof value === 'number' && Number.isFinite(value) ? value : String(value)
    return new DomainError('order.invalid', { instrument: `${this.instrument}`, reason, value: shown, order: this.id })
  }
}
