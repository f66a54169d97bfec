import { eventCode, isWorkingStatus, nextStatusCode, statusCode } from '../domain/order-state.ts'
import { invariant } from '../lib/assert.ts'
import { ColumnArena } from '../lib/column-arena.ts'
import type { Execution } from './execution.ts'

const none = -1
const { 'fill-rest': fillRest, 'fill-part': fillPart } = eventCode
const firstCapacity = 1024
const largestFirstCapacity = 65_536

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
  /** What does not fill at the first try is cancelled. */
  immediate: 256,
  /** Fills completely or not at all. */
  allOrNone: 512,
  /** Ends after a number of bars. */
  barLimit: 1024,
} as const

/** What only few orders have: trailing stops, close orders, day orders. NaN: not given. */
export interface RareTerms {
  trailAmount: number
  trailRatio: number
  limitOffset: number
  annotatedClose: number
  sessionEnd: number
  dayNumber: number
  /** Bars in which the order may match. */
  barLimit: number
  /** Rows whose stops go to their entry price when this order's target has filled. */
  followers: readonly number[]
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
  quantity: Float64Array
  remaining: Float64Array
  /** Reference price: stop for stop orders, limit for limit orders, the close for market orders (O-06). */
  price: Float64Array
  /** Limit of stop-limit orders; otherwise as `price`. */
  limit: Float64Array
  validUntil: Float64Array
  createdTime: Float64Array
  createdClose: Float64Array
  updatedTime: Float64Array
  averagePrice: Float64Array
  executedSize: Float64Array
  executedValue: Float64Array
  executedTime: Float64Array
  fees: Float64Array
  gain: Float64Array
  /** Prices of the legs that a chained order asks for. */
  target: Float64Array
  stop: Float64Array
  instrument: Int32Array
  /** Row of the bracket's entry. */
  parent: Int32Array
  firstChild: Int32Array
  nextChild: Int32Array
  /** Row that opened the one-cancels-other group. */
  group: Int32Array
  firstMember: Int32Array
  nextMember: Int32Array
  /** Events its market had seen when it was made. */
  createdSequence: Int32Array
  tradeId: Int32Array
  tag: Int32Array
  flags: Int32Array
  side: Int8Array
  type: Int8Array
  status: Int8Array
  reason: Int8Array
  /** False as long as no order follows another one's target. */
  hasFollowers = false
  readonly #rare = new Map<number, RareTerms>()

  readonly #arena: ColumnArena

  /** `capacity`: rows for which there is room from the start; untouched ones cost nothing. `arena`: where columns come from. */
  constructor(capacity = firstCapacity, arena = new ColumnArena()) {
    const size = Math.max(firstCapacity, Math.min(largestFirstCapacity, capacity))
    this.#arena = arena
    this.quantity = arena.take(size)
    this.remaining = arena.take(size)
    this.price = arena.take(size)
    this.limit = arena.take(size)
    this.validUntil = arena.take(size)
    this.createdTime = arena.take(size)
    this.createdClose = arena.take(size)
    this.updatedTime = arena.take(size)
    this.averagePrice = arena.take(size)
    this.executedSize = arena.take(size)
    this.executedValue = arena.take(size)
    this.executedTime = arena.take(size)
    this.fees = arena.take(size)
    this.gain = arena.take(size)
    this.target = arena.take(size)
    this.stop = arena.take(size)
    this.instrument = arena.takeIntegers(size)
    this.parent = arena.takeIntegers(size)
    this.firstChild = arena.takeIntegers(size)
    this.nextChild = arena.takeIntegers(size)
    this.group = arena.takeIntegers(size)
    this.firstMember = arena.takeIntegers(size)
    this.nextMember = arena.takeIntegers(size)
    this.createdSequence = arena.takeIntegers(size)
    this.tradeId = arena.takeIntegers(size)
    this.tag = arena.takeIntegers(size)
    this.flags = arena.takeIntegers(size)
    this.side = arena.takeBytes(size)
    this.type = arena.takeBytes(size)
    this.status = arena.takeBytes(size)
    this.reason = arena.takeBytes(size)
  }

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
    this.#clear(row)
    return row
  }

  /** What a new order has not yet; rows may hold anything before. */
  #clear(row: number): void {
    this.createdTime[row] = Number.NaN
    this.createdClose[row] = Number.NaN
    this.updatedTime[row] = Number.NaN
    this.averagePrice[row] = 0
    this.executedSize[row] = 0
    this.executedValue[row] = 0
    this.fees[row] = 0
    this.gain[row] = 0
    this.createdSequence[row] = 0
    this.tradeId[row] = 0
    this.flags[row] = 0
    this.status[row] = 0
    this.reason[row] = 0
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
        barLimit: Number.NaN,
        followers: [],
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
  apply(row: number, event: number): void {
    const next = nextStatusCode(this.status[row] as number, event)
    if (next < 0) invariant(false, `order ${row + 1} in status ${this.status[row]} got event ${event}`)
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
    this.apply(row, this.remaining[row] === 0 ? fillRest : fillPart)
  }

  /** A stop-limit has met its stop: from now on it is a limit order. */
  trigger(row: number): void {
    this.set(row, orderFlag.triggered)
    if (this.status[row] === statusCode.accepted) this.apply(row, eventCode.trigger)
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
    const arena = this.#arena
    for (const name of numberColumns) this[name] = grown(arena.take(size), this[name])
    for (const name of [...integerColumns, 'flags'] as const) this[name] = grown(arena.takeIntegers(size), this[name])
    for (const name of byteColumns) this[name] = grown(arena.takeBytes(size), this[name])
  }
}

function grown<Column extends Float64Array | Int32Array | Int8Array>(longer: Column, column: Column): Column {
  longer.set(column)
  return longer
}
