import { eventCode, isWorkingStatus, nextStatusCode } from '../domain/order-state.ts'
import { invariant } from '../lib/assert.ts'
import type { Execution } from './execution.ts'

const none = -1
const firstCapacity = 1024

/** Bits of the `flags` column. */
export const orderFlag = {
  /** Part of a group that waits for its last order to be sent. */
  held: 1,
  /** A bracket child whose parent has not filled. */
  inactive: 2,
  triggered: 4,
  /** Opted out of cheat-on-close. */
  noCheat: 8,
  /** Good for the trading day in which it can first match. */
  day: 16,
  /** A bracket group that has not been closed: children may still join. */
  openGroup: 32,
  /** In the broker's queue of working orders. */
  queued: 64,
  /** Already tried on this bar, ahead of its turn. */
  tried: 128,
} as const

/** What only few orders have: trailing stops, close orders, day orders. NaN: not given. */
export interface RareTerms {
  trailAmount: number
  trailRatio: number
  limitOffset: number
  annotatedClose: number
  sessionEnd: number
  dayNumber: number
}

const numberColumns = [
  'quantity',
  'remaining',
  'price',
  'limit',
  'validUntil',
  'createdTime',
  'createdClose',
  'updatedTime',
  'averagePrice',
  'executedSize',
  'executedValue',
  'executedTime',
  'fees',
  'gain',
  'target',
  'stop',
] as const
const integerColumns = [
  'instrument',
  'parent',
  'firstChild',
  'nextChild',
  'group',
  'firstMember',
  'nextMember',
  'createdSequence',
  'tradeId',
  'tag',
] as const
const byteColumns = ['side', 'type', 'status', 'reason'] as const

/**
 * Every order of a run, one row each, in columns: the row is both the broker's working state and the stored result,
 * so nothing is copied when an order ends. The order's id is row + 1. Sizes are signed in `remaining` and
 * `executedSize`, positive in `quantity`. NaN: not given. −1 in integer columns: none.
 */
export class OrderTable {
  count = 0
  quantity = new Float64Array(firstCapacity)
  remaining = new Float64Array(firstCapacity)
  /** Reference price: stop for stop orders, limit for limit orders, the close for market orders (O-06). */
  price = new Float64Array(firstCapacity)
  /** Limit of stop-limit orders; otherwise as `price`. */
  limit = new Float64Array(firstCapacity)
  validUntil = new Float64Array(firstCapacity)
  createdTime = new Float64Array(firstCapacity)
  createdClose = new Float64Array(firstCapacity)
  updatedTime = new Float64Array(firstCapacity)
  averagePrice = new Float64Array(firstCapacity)
  executedSize = new Float64Array(firstCapacity)
  executedValue = new Float64Array(firstCapacity)
  executedTime = new Float64Array(firstCapacity)
  fees = new Float64Array(firstCapacity)
  gain = new Float64Array(firstCapacity)
  /** Prices of the legs that a chained order asks for. */
  target = new Float64Array(firstCapacity)
  stop = new Float64Array(firstCapacity)
  instrument = new Int32Array(firstCapacity)
  /** Row of the bracket's entry. */
  parent = new Int32Array(firstCapacity)
  firstChild = new Int32Array(firstCapacity)
  nextChild = new Int32Array(firstCapacity)
  /** Row that opened the one-cancels-other group. */
  group = new Int32Array(firstCapacity)
  firstMember = new Int32Array(firstCapacity)
  nextMember = new Int32Array(firstCapacity)
  /** Events its market had seen when it was made. */
  createdSequence = new Int32Array(firstCapacity)
  tradeId = new Int32Array(firstCapacity)
  tag = new Int32Array(firstCapacity)
  flags = new Int32Array(firstCapacity)
  side = new Int8Array(firstCapacity)
  type = new Int8Array(firstCapacity)
  status = new Int8Array(firstCapacity)
  reason = new Int8Array(firstCapacity)
  readonly #rare = new Map<number, RareTerms>()

  /** A new row with nothing but its side, type and size. */
  add(instrument: number, side: number, type: number, quantity: number): number {
    const row = this.count
    if (row === this.quantity.length) this.#grow()
    this.count = row + 1
    this.instrument[row] = instrument
    this.side[row] = side
    this.type[row] = type
    this.quantity[row] = quantity
    this.remaining[row] = side * quantity
    this.price[row] = Number.NaN
    this.limit[row] = Number.NaN
    this.validUntil[row] = Number.NaN
    this.target[row] = Number.NaN
    this.stop[row] = Number.NaN
    this.executedTime[row] = Number.NaN
    this.parent[row] = none
    this.firstChild[row] = none
    this.nextChild[row] = none
    this.group[row] = none
    this.firstMember[row] = none
    this.nextMember[row] = none
    this.tag[row] = none
    return row
  }

  /** The rare terms of an order, made on first demand. */
  rare(row: number): RareTerms {
    let terms = this.#rare.get(row)
    if (terms === undefined) {
      terms = {
        trailAmount: Number.NaN,
        trailRatio: Number.NaN,
        limitOffset: 0,
        annotatedClose: Number.NaN,
        sessionEnd: Number.NaN,
        dayNumber: none,
      }
      this.#rare.set(row, terms)
    }
    return terms
  }

  /** Lets a trailing order follow at `amount` price points, or at `ratio` of the price; NaN: the other one. */
  setTrail(row: number, amount: number, ratio: number): void {
    const terms = this.rare(row)
    terms.trailAmount = amount
    terms.trailRatio = ratio
  }

  /** Moves the order along the transition table; our own illegal event is a broken invariant. */
  apply(row: number, event: keyof typeof eventCode): void {
    const next = nextStatusCode(this.status[row] as number, eventCode[event])
    if (next < 0) invariant(false, `order ${row + 1} in status ${this.status[row]} got ${event}`)
    this.status[row] = next
  }

  /** Adds one fill to what the order has executed; its average price is weighted by size. */
  addFill(execution: Readonly<Execution>): void {
    const { row, size, price, time } = execution
    const before = this.executedSize[row] as number
    const sum = before + size
    const value = execution.closedValue + execution.openedValue
    const fee = execution.closedFee + execution.openedFee
    this.averagePrice[row] = (before * (this.averagePrice[row] as number) + size * price) / sum
    this.executedSize[row] = sum
    this.remaining[row] = (this.remaining[row] as number) - size
    this.executedValue[row] = (this.executedValue[row] as number) + value
    this.fees[row] = (this.fees[row] as number) + fee
    this.gain[row] = (this.gain[row] as number) + execution.gain
    this.executedTime[row] = time
    this.updatedTime[row] = time
    this.apply(row, this.remaining[row] === 0 ? 'fill-rest' : 'fill-part')
  }

  has(row: number, flag: number): boolean {
    return ((this.flags[row] as number) & flag) !== 0
  }

  set(row: number, flag: number): void {
    this.flags[row] = (this.flags[row] as number) | flag
  }

  clear(row: number, flag: number): void {
    this.flags[row] = (this.flags[row] as number) & ~flag
  }

  isWorking(row: number): boolean {
    return isWorkingStatus(this.status[row] as number)
  }

  #grow(): void {
    const size = this.quantity.length * 4
    for (const name of numberColumns) {
      const grown = new Float64Array(size)
      grown.set(this[name])
      this[name] = grown
    }
    for (const name of [...integerColumns, 'flags'] as const) {
      const grown = new Int32Array(size)
      grown.set(this[name])
      this[name] = grown
    }
    for (const name of byteColumns) {
      const grown = new Int8Array(size)
      grown.set(this[name])
      this[name] = grown
    }
  }
}
