import { eventCode, isWorkingStatus, nextStatusCode } from '../domain/order-state.ts'
import { invariant } from '../lib/assert.ts'

const none = -1
const firstCapacity = 256

const numberColumns = [
  'side',
  'quantity',
  'remaining',
  'price',
  'limit',
  'trailAmount',
  'trailRatio',
  'limitOffset',
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
  'annotatedClose',
  'sessionEnd',
] as const

const integerColumns = [
  'instrument',
  'type',
  'status',
  'reason',
  'parent',
  'firstChild',
  'nextChild',
  'group',
  'firstMember',
  'nextMember',
  'createdSequence',
  'dayNumber',
  'tradeId',
  'tag',
  'flags',
] as const

type NumberColumn = (typeof numberColumns)[number]
type IntegerColumn = (typeof integerColumns)[number]

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

/**
 * Every order of a run, one row each, in columns: the row is both the broker's working state and the stored result,
 * so nothing is copied when an order ends. The order's id is row + 1. Sizes are signed in `remaining` and
 * `executedSize`, positive in `quantity`. NaN: not given. −1 in integer columns: none.
 */
export class OrderTable implements Record<NumberColumn, Float64Array>, Record<IntegerColumn, Int32Array> {
  count = 0
  side = new Float64Array(firstCapacity)
  quantity = new Float64Array(firstCapacity)
  remaining = new Float64Array(firstCapacity)
  /** Reference price: stop for stop orders, limit for limit orders, the close for market orders (O-06). */
  price = new Float64Array(firstCapacity)
  /** Limit of stop-limit orders; otherwise as `price`. */
  limit = new Float64Array(firstCapacity)
  trailAmount = new Float64Array(firstCapacity)
  trailRatio = new Float64Array(firstCapacity)
  limitOffset = new Float64Array(firstCapacity)
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
  annotatedClose = new Float64Array(firstCapacity)
  sessionEnd = new Float64Array(firstCapacity)
  instrument = new Int32Array(firstCapacity)
  type = new Int32Array(firstCapacity)
  status = new Int32Array(firstCapacity)
  reason = new Int32Array(firstCapacity)
  parent = new Int32Array(firstCapacity)
  firstChild = new Int32Array(firstCapacity)
  nextChild = new Int32Array(firstCapacity)
  group = new Int32Array(firstCapacity)
  firstMember = new Int32Array(firstCapacity)
  nextMember = new Int32Array(firstCapacity)
  createdSequence = new Int32Array(firstCapacity)
  dayNumber = new Int32Array(firstCapacity)
  tradeId = new Int32Array(firstCapacity)
  tag = new Int32Array(firstCapacity)
  flags = new Int32Array(firstCapacity)

  /** A new row with nothing but its side, type and size. */
  add(instrument: number, side: number, type: number, quantity: number): number {
    const row = this.count
    if (row === this.side.length) this.#grow()
    this.count = row + 1
    this.instrument[row] = instrument
    this.side[row] = side
    this.type[row] = type
    this.quantity[row] = quantity
    this.remaining[row] = side * quantity
    this.#clearNumbers(row)
    this.parent[row] = none
    this.firstChild[row] = none
    this.nextChild[row] = none
    this.group[row] = none
    this.firstMember[row] = none
    this.nextMember[row] = none
    this.dayNumber[row] = none
    this.tag[row] = none
    return row
  }

  /** Moves the order along the transition table; our own illegal event is a broken invariant. */
  apply(row: number, event: keyof typeof eventCode): void {
    const next = nextStatusCode(this.status[row] as number, eventCode[event])
    invariant(next >= 0, `order ${row + 1} in status ${this.status[row]} got ${event}`)
    this.status[row] = next
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

  #clearNumbers(row: number): void {
    this.price[row] = Number.NaN
    this.limit[row] = Number.NaN
    this.trailAmount[row] = Number.NaN
    this.trailRatio[row] = Number.NaN
    this.validUntil[row] = Number.NaN
    this.target[row] = Number.NaN
    this.stop[row] = Number.NaN
    this.annotatedClose[row] = Number.NaN
    this.executedTime[row] = Number.NaN
  }

  #grow(): void {
    const size = this.side.length * 2
    for (const name of numberColumns) {
      const grown = new Float64Array(size)
      grown.set(this[name])
      this[name] = grown
    }
    for (const name of integerColumns) {
      const grown = new Int32Array(size)
      grown.set(this[name])
      this[name] = grown
    }
  }
}
