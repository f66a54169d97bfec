import type { Market } from '../broker/market.ts'
import type { NamedFilter } from '../data/filters/filter.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import { orderReasonCode } from '../domain/order.ts'
import type { LineGraph } from '../indicators/graph.ts'
import type { Line } from '../indicators/line.ts'
import { BarsView } from './bars-view.ts'
import type { CoarseBars, CoarseOptions } from './coarse-bars.ts'
import type { InstrumentPort } from './instrument-port.ts'
import type { OrderBook, Quote, Tick } from './market-data.ts'
import type { Order } from './order.ts'
import type { Holding } from './strategy-books.ts'

/** What a strategy sees of one instrument: its data up to now, its position, its orders. */
export type Instrument<Lines extends string = string> = InstrumentApi & { readonly [Name in Lines]: Line }

/** Everything an instrument offers besides the lines that a strategy hangs on it with `use`. */
export class InstrumentApi extends BarsView {
  /** Identity in the store, e.g. `SPX`. */
  readonly id: string
  /** The text its venue uses; also what `${i}` gives. */
  readonly symbol: string
  /** Full name for people. */
  readonly name: string
  /** ISO 4217, or a crypto code. */
  readonly currency: string
  /** Smallest price step; limit and stop prices are put on it. */
  readonly tickSize: number
  /** Smallest quantity step; quantities are rounded down to it. */
  readonly lotSize: number
  /** Cash value of one price point of one unit. */
  readonly multiplier: number
  /** Position in the run's list of instruments. */
  readonly index: number
  /** The last trade; undefined unless the feed sends ticks. */
  tick: Tick | undefined = undefined
  /** The last bid and ask; undefined unless the feed sends quotes. */
  quote: Quote | undefined = undefined
  /** The last book; undefined unless the feed sends it. */
  orderBook: OrderBook | undefined = undefined
  readonly #market: Market
  /** What the strategy holds. */
  readonly #holding: Holding
  readonly #runtime: InstrumentPort

  /** Made by the engine. */
  constructor(record: InstrumentRecord, market: Market, graph: LineGraph, runtime: InstrumentPort) {
    super(market, graph)
    this.id = record.id
    this.symbol = record.symbol
    this.name = record.name
    this.currency = record.currency
    this.tickSize = record.tickSize
    this.lotSize = record.lotSize
    this.multiplier = record.multiplier
    this.index = market.index
    this.#market = market
    this.#holding = runtime.holdings?.[market.index] ?? market
    this.#runtime = runtime
  }

  /** The symbol. */
  override toString(): string {
    return this.symbol
  }

  /**
   * This instrument's bars at a longer interval, e.g. `i.coarse('1w')`; ask for them in `onStart`. `onBar` then waits
   * for their lines too.
   */
  coarse(interval: string, options: CoarseOptions = {}): CoarseBars {
    return this.#runtime.coarseFeeds.coarse(this, interval, options)
  }

  /**
   * This instrument's bars as a filter changes them: Heikin-Ashi candles, bricks, only the session's … Orders still
   * fill at the instrument's own prices. Ask for them in `onStart`.
   */
  filtered(filter: NamedFilter): CoarseBars {
    return this.#runtime.coarseFeeds.filtered(this, filter)
  }

  /**
   * A line of coarse bars or of another instrument, on this instrument's bars: each has the last value that was known
   * when it closed. So lines of different bars can be combined.
   */
  align(line: Line): Line {
    return this.#runtime.coarseFeeds.align(this, line)
  }

  /** The last price: the tick if there are ticks, else the close of the current bar. */
  get last(): number {
    return this.tick === undefined ? this.close.now : this.tick.price
  }

  /** Units held: > 0 long, < 0 short, 0 flat. */
  get position(): number {
    return this.#holding.size
  }

  /** True without a position. */
  get flat(): boolean {
    return this.#holding.size === 0
  }

  /** True while units are held. */
  get long(): boolean {
    return this.#holding.size > 0
  }

  /** True while units are sold short. */
  get short(): boolean {
    return this.#holding.size < 0
  }

  /** Average entry price of the position; NaN when flat. */
  get averagePrice(): number {
    return this.#holding.size === 0 ? Number.NaN : this.#holding.price
  }

  /** Gain of the open position at the last price, before fees. */
  get unrealized(): number {
    const { size, price, commission } = this.#holding
    return commission.gain(size, price, this.last)
  }

  /** Buys at the next open; the chain makes it a limit, stop or bracket order. Without a quantity the sizer says it. */
  buy(quantity?: number): Order {
    return quantity === undefined ? this.#runtime.draftSized(this, 1) : this.#runtime.draft(this, 1, quantity)
  }

  /** Sells at the next open; the chain makes it a limit, stop or bracket order. Without a quantity the sizer says it. */
  sell(quantity?: number): Order {
    return quantity === undefined ? this.#runtime.draftSized(this, -1) : this.#runtime.draft(this, -1, quantity)
  }

  /** Closes the position at market; undefined when flat or already being closed. Other orders stay. */
  closePosition(): Order | undefined {
    return this.#closing()
  }

  /** Closes the position at market and cancels its target and stop; undefined when flat or already being closed. */
  exit(): Order | undefined {
    this.#runtime.cancelExits(this.index)
    return this.#closing()
  }

  /** Cancels every order of the instrument and closes the position. */
  flatten(): Order | undefined {
    for (const order of this.orders) order.cancel()
    return this.#closing()
  }

  /** Trades what is missing to hold `target` units (signed); undefined when nothing is. Market orders on their way count. */
  targetSize(target: number): Order | undefined {
    return this.#trade(target - this.position, target === 0)
  }

  /** Trades towards a position worth `value` (negative: short) at the last price, in whole units. */
  targetValue(value: number): Order | undefined {
    if (value === 0) return this.#closing()
    const { commission } = this.#market
    const { account } = this.#runtime
    const missing = value - account.positionValue(this.#holding, this.last)
    const units = commission.affordable(this.last, Math.abs(missing))
    return this.#trade(Math.sign(missing) * units, false)
  }

  /** Trades `change` units less those that market orders on their way will change. */
  #trade(change: number, exact: boolean): Order | undefined {
    const runtime = this.#runtime
    const missing = change - runtime.onTheirWay(this.index, 1) + runtime.onTheirWay(this.index, -1)
    if (missing === 0) return undefined
    return runtime.draft(this, Math.sign(missing), Math.abs(missing), exact)
  }

  /** Trades towards a position worth this ratio of the account: 0.5 = half, −0.5 = half short. */
  targetPercent(ratio: number): Order | undefined {
    return this.targetValue(ratio * this.#runtime.account.value)
  }

  /** Working orders of the instrument, oldest first. */
  get orders(): Order[] {
    return this.#runtime.ordersOf(this.index)
  }

  /** Moves the stop of the open position to another price; false when there is none (qtpylib’s move_stoploss). */
  moveStop(price: number): boolean {
    const stop = this.orders.find((order) => order.isExit && order.type !== 'limit')
    return stop?.move(price) ?? false
  }

  /** Moves the target of the open position to another price; false when there is none. */
  moveTarget(price: number): boolean {
    const target = this.orders.find((order) => order.isExit && order.type === 'limit')
    return target?.move(price) ?? false
  }

  /** Takes an order back; false when it can no longer be. */
  cancel(order: Order): boolean {
    return order.cancel()
  }

  /** A market order: `i.order('buy', 10)`. */
  order(direction: 'buy' | 'sell', quantity?: number): Order {
    return direction === 'buy' ? this.buy(quantity) : this.sell(quantity)
  }

  /** As `order`. */
  marketOrder(direction: 'buy' | 'sell', quantity?: number): Order {
    return this.order(direction, quantity)
  }

  /** An order at this price or better. */
  limitOrder(direction: 'buy' | 'sell', quantity: number, price: number): Order {
    return this.order(direction, quantity).limit(price)
  }

  /** Buys at the next open. */
  buyMarket(quantity?: number): Order {
    return this.buy(quantity)
  }

  /** Buys at this price or lower. */
  buyLimit(quantity: number, price: number): Order {
    return this.buy(quantity).limit(price)
  }

  /** Sells at the next open. */
  sellMarket(quantity?: number): Order {
    return this.sell(quantity)
  }

  /** Sells at this price or higher. */
  sellLimit(quantity: number, price: number): Order {
    return this.sell(quantity).limit(price)
  }

  #closing(): Order | undefined {
    const { size } = this.#holding
    if (size === 0) return undefined
    const left = Math.abs(size) - this.#runtime.onTheirWay(this.index, -Math.sign(size))
    if (!(left > 0)) return undefined
    const order = this.#runtime.draft(this, -Math.sign(size), left, true)
    this.#runtime.orders.reason[order.id - 1] = orderReasonCode.exit
    return order
  }
}
