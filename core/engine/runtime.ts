import type { Account } from '../broker/account.ts'
import type { Broker } from '../broker/broker.ts'
import { type OrderTable, orderFlag } from '../broker/order-table.ts'
import { DomainError } from '../domain/errors.ts'
import { orderReasonCode, orderTypeCode } from '../domain/order.ts'
import { eventCode } from '../domain/order-state.ts'
import { snapPrice } from '../domain/snap-price.ts'
import { RowList } from '../lib/row-list.ts'
import { CoarseFeeds } from './coarse-feeds.ts'
import type { CoarseSource } from './coarse-rules.ts'
import type { EquityColumns } from './equity-columns.ts'
import type { InstrumentApi } from './instrument.ts'
import type { InstrumentPort } from './instrument-port.ts'
import { refuseLongWarmup } from './long-warmup.ts'
import { Order } from './order.ts'
import type { OrderInstrument, OrderPort } from './order-port.ts'
import { sendOrder } from './order-sending.ts'
import type { Profile } from './run-config.ts'
import type { RunLog } from './run-log.ts'
import type { Sizer } from './sizers.ts'
import { giveSize } from './sizing.ts'
import { type Holding, ownerOf, tradeIdOf } from './strategy-books.ts'
import { StrategyTimers, type TimerPlace } from './strategy-timers.ts'

/** Where a run is. */
export interface StepClock {
  readonly now: number
  readonly step: number
}

/** What a runtime is given besides the broker. */
export interface RuntimeOptions
  extends Pick<Runtime, 'params' | 'isStrict' | 'snaps' | 'wholeLots' | 'exitsOnce' | 'log' | 'equity' | 'profile'> {
  readonly clock: StepClock
  /** Net results of the closed trades so far. */
  readonly results: () => readonly number[]
  /** The bars of each instrument. */
  readonly sources: readonly CoarseSource[]
  /** What timers go by. */
  readonly place: TimerPlace
  /** Labels of orders, shared by all strategies of a run. */
  readonly tags?: string[]
  /** In a run of several strategies: which one, its name, what it holds. */
  readonly owner?: number
  readonly label?: string
  readonly holdings?: readonly Holding[] | undefined
}

/**
 * What stands between a strategy and the broker in one run: drafts made in the current callback, order handles,
 * notes. Strategies never see it.
 */
export class Runtime implements OrderPort, InstrumentPort {
  readonly broker: Broker
  readonly orders: OrderTable
  readonly instruments: InstrumentApi[] = []
  readonly params: Readonly<Record<string, number | string | boolean>>
  readonly log: RunLog
  readonly equity: EquityColumns
  readonly tags: string[]
  readonly profile: Profile
  /** True: a run that could never decide is refused. */
  readonly isStrict: boolean
  /** Number of its strategy in the run. */
  readonly owner: number
  /** What the strategy holds of each instrument; undefined: what the account holds. */
  readonly holdings: readonly Holding[] | undefined
  /** Says how much orders without a quantity trade; undefined: 1 unit. */
  sizer: Sizer | undefined = undefined
  readonly timers: StrategyTimers
  readonly coarseFeeds: CoarseFeeds
  /** Why a finished draft must not be sent, by `orderReasonCode`; 0: it may. Absent in backtests. */
  gate: ((row: number) => number) | undefined = undefined
  /** Net results of the closed trades so far. */
  readonly results: () => readonly number[]
  /** True: prices are put on the instrument's tick grid (off in profile backtrader). */
  readonly snaps: boolean
  /** True: quantities are rounded down to the instrument's lot. */
  readonly wholeLots: boolean
  /** True: a position is closed once, however often a strategy asks for it before the fill. */
  readonly exitsOnce: boolean
  /** The strategy's *now*: close time of the step's bars; NaN before the first. */
  get now(): number {
    return this.#clock.now
  }

  get isUpstream(): boolean {
    return this.profile === 'backtrader'
  }

  /** Index of the current step, −1 before the first. */
  get step(): number {
    return this.#clock.step
  }

  readonly #clock: StepClock
  /** Name of the strategy in a run of several, before the series that it records; empty in a run of one. */
  readonly label: string
  readonly #drafts = new RowList()
  readonly #oco = new Map<number, number>()
  readonly #handles: (Order | undefined)[] = []
  /** Drafts that have no quantity yet. */
  readonly #unsized = new Set<number>()

  constructor(broker: Broker, options: RuntimeOptions) {
    this.broker = broker
    this.orders = broker.orders
    this.params = options.params
    this.isStrict = options.isStrict
    this.snaps = options.snaps
    this.wholeLots = options.wholeLots
    this.exitsOnce = options.exitsOnce
    this.log = options.log
    this.#clock = options.clock
    this.equity = options.equity
    this.tags = options.tags ?? []
    this.owner = options.owner ?? 0
    this.label = options.label ?? ''
    this.holdings = options.holdings
    this.profile = options.profile
    this.results = options.results
    this.timers = new StrategyTimers(options.place, options.profile === 'backtrader')
    this.coarseFeeds = new CoarseFeeds(options.sources, options.profile === 'backtrader')
  }

  get account(): Account {
    return this.broker.account
  }

  /** A new order in draft; less than a lot stays as it was asked for, and is refused when it is sent. */
  draft(instrument: OrderInstrument, side: number, asked: number, exact = false): Order {
    if (!(asked > 0) || !Number.isFinite(asked)) {
      const value = String(asked)
      throw new DomainError('order.invalid', { instrument: `${instrument}`, reason: 'quantity', value })
    }
    const order = this.#add(instrument, side, asked)
    if (this.wholeLots && !exact) this.#toLots(order.id - 1, instrument)
    return order
  }

  /** Rounds an order's quantity down to whole lots; less than one keeps its quantity and is refused when it is sent. */
  #toLots(row: number, { lotSize }: OrderInstrument): void {
    const { orders } = this
    const lots = snapPrice(orders.quantity[row] as number, lotSize, -1)
    if (lots === 0) orders.reason[row] = orderReasonCode.lot
    else {
      orders.quantity[row] = lots
      orders.remaining[row] = lots * (orders.side[row] as number)
    }
  }

  /** The strategy has started: timers and coarse bars are complete. */
  start(): void {
    this.timers.start()
    this.coarseFeeds.start()
    if (this.isStrict) refuseLongWarmup(this.instruments, this.coarseFeeds, this.log)
  }

  draftSized(instrument: OrderInstrument, side: number): Order {
    if (this.sizer === undefined) return this.#add(instrument, side, 1)
    const order = this.#add(instrument, side, Number.NaN)
    this.#unsized.add(order.id - 1)
    return order
  }

  #add(instrument: OrderInstrument, side: number, quantity: number): Order {
    if (this.step < 0) {
      const reason = 'before-first-bar'
      throw new DomainError('order.invalid', { instrument: `${instrument}`, reason, value: quantity })
    }
    const row = this.orders.add(instrument.index, side, orderTypeCode.market, quantity)
    if (this.owner !== 0) this.orders.tradeId[row] = tradeIdOf(this.owner, 0)
    this.#drafts.push(row)
    const order = new Order(this, instrument, row + 1)
    this.#handles[row] = order
    return order
  }

  /** The handle of a row; legs of a bracket get theirs on first demand. */
  handle(row: number): Order {
    const known = this.#handles[row]
    if (known !== undefined) return known
    const instrument = this.instruments[this.orders.instrument[row] as number] as InstrumentApi
    const order = new Order(this, instrument, row + 1)
    this.#handles[row] = order
    return order
  }

  /** Lets go of the handle of an order that has ended; a strategy may keep its own. */
  release(row: number): void {
    if (!this.orders.isWorking(row)) this.#handles[row] = undefined
  }

  /** True when a callback left orders to be sent. */
  get hasDrafts(): boolean {
    return this.#drafts.length > 0
  }

  /** Sends what the callback has drafted, in its order. */
  flush(): void {
    const drafts = this.#drafts
    for (let index = 0; index < drafts.length; index++) this.#send(drafts.at(index))
    drafts.clear()
    if (this.#oco.size > 0) this.#oco.clear()
  }

  joinOco(row: number, other: number): void {
    this.#oco.set(row, other)
  }

  /** Takes back a draft or a working order. */
  cancel(row: number): boolean {
    if (!this.#drafts.delete(row)) return this.broker.cancel(row)
    this.#unsized.delete(row)
    this.#deny(row, orderReasonCode.withdrawn)
    return true
  }

  #deny(row: number, reason: number): void {
    this.orders.apply(row, eventCode.deny)
    this.orders.reason[row] = reason
    this.orders.createdTime[row] = this.now
    this.orders.updatedTime[row] = this.now
  }

  onTheirWay(instrument: number, side: number): number {
    if (!this.exitsOnce) return 0
    const { orders } = this
    let units = 0
    for (const row of [...this.broker.working(), ...this.#drafts.rows()]) {
      const isPlain = (orders.type[row] as number) <= orderTypeCode.close && (orders.parent[row] as number) < 0
      if (!isPlain || orders.instrument[row] !== instrument || orders.side[row] !== side) continue
      if (ownerOf(orders, row) !== this.owner) continue
      if (orders.reason[row] !== orderReasonCode.lot && !this.#unsized.has(row))
        units += Math.abs(orders.remaining[row] as number)
    }
    return units
  }

  /** Changes the price of a draft or of a working limit or stop order. */
  move(row: number, price: number): boolean {
    const type = this.orders.type[row] as number
    const priced =
      type === orderTypeCode.limit || (type >= orderTypeCode.stop && type <= orderTypeCode.trailingStopLimit)
    if (!priced) return false
    if (!this.#drafts.has(row) && !this.broker.isWorking(row)) return false
    const isPlain = type === orderTypeCode.limit || type === orderTypeCode.stop
    this.broker.reprice(row, price, isPlain ? price : (this.orders.limit[row] as number))
    return true
  }

  /** Working orders of an instrument, drafts included, oldest first. */
  ordersOf(instrument: number): Order[] {
    const { orders, owner } = this
    const isOwn = (row: number) => orders.instrument[row] === instrument && ownerOf(orders, row) === owner
    const rows = this.broker.working().filter(isOwn)
    if (rows.length === 0 && this.#drafts.length === 0) return []
    const drafts = this.#drafts.rows().filter((row) => this.orders.instrument[row] === instrument)
    return [...rows, ...drafts].map((row) => this.handle(row))
  }

  record(name: string, value: number): void {
    this.equity.record(this.label === '' ? name : `${this.label}.${name}`, value)
  }

  tagCode(text: string): number {
    const known = this.tags.indexOf(text)
    return known < 0 ? this.tags.push(text) - 1 : known
  }

  #send(row: number): void {
    const { orders, broker } = this
    if (this.#unsized.size > 0 && this.#unsized.delete(row)) {
      const instrument = this.instruments[orders.instrument[row] as number] as InstrumentApi
      if (!giveSize(this, row, instrument)) {
        this.#deny(row, orderReasonCode.size)
        return
      }
      if (this.wholeLots) this.#toLots(row, instrument)
    }
    const { lot } = orderReasonCode
    const refusal = orders.reason[row] === lot ? lot : (this.gate?.(row) ?? 0)
    if (refusal !== 0) {
      this.#deny(row, refusal)
      return
    }
    sendOrder(broker, row, this.#oco.size === 0 ? -1 : (this.#oco.get(row) ?? -1))
  }

  /** Working orders of the instrument that would reduce its position: legs of filled brackets. */
  cancelExits(instrument: number): void {
    for (const row of this.broker.working()) {
      const parent = this.orders.parent[row] as number
      if (this.orders.instrument[row] !== instrument || parent < 0) continue
      if (ownerOf(this.orders, row) !== this.owner) continue
      // The legs of an entry that was filled on this very bar wake on the next one: they belong to the position already.
      if (!this.orders.has(row, orderFlag.inactive) || !this.orders.isWorking(parent)) this.broker.cancel(row)
    }
  }
}
