import { orderReasonCode, orderTypeCode } from '../domain/order.ts'
import { statusCode } from '../domain/order-state.ts'
import { Account } from './account.ts'
import type { Broker } from './broker.ts'
import type { BrokerListener } from './broker-listener.ts'
import type { BrokerOptions } from './broker-options.ts'
import { ContractRolls } from './contract-rolls.ts'
import { book, Execution } from './execution.ts'
import { fillable } from './fillers.ts'
import { passes } from './intrabar-hands.ts'
import { type FinerPrices, IntrabarWalk } from './intrabar-walk.ts'
import { barPart, type Market } from './market.ts'
import { Matcher } from './matching.ts'
import { OrderDesk } from './order-desk.ts'
import { isExpired } from './order-expiry.ts'
import { isGrouped } from './order-groups.ts'
import { stampOrder, startTrail, trails } from './order-stamp.ts'
import { type OrderTable, orderFlag } from './order-table.ts'
import { type BrokerRules, isWhole } from './rules.ts'
import { WakeBand } from './wake-band.ts'

const { historical } = orderTypeCode

/**
 * A venue made of bars: accepts orders, matches them against each bar and books the fills (01 sections 7 and 8).
 * `step` runs once for every distinct time, after the markets have moved and before the strategy sees the bar.
 */
export class SimulatedBroker implements Broker {
  readonly orders: OrderTable
  readonly account: Account
  readonly #rules: BrokerRules
  readonly #markets: readonly Market[]
  readonly #listener: BrokerListener
  readonly #matcher: Matcher
  readonly #execution = new Execution()
  readonly #desk: OrderDesk
  /** True when an order waits to be accepted or woken. */
  #isAwake = false
  /** Kept while the account is lazy. */
  readonly #band = new WakeBand()
  /** Undefined where a bar is matched as a whole. */
  readonly walk: IntrabarWalk | undefined
  #step = 0
  readonly #rolls: ContractRolls
  /** Rows that were tried on this bar ahead of their turn. */
  readonly #tried: number[] = []

  constructor(options: BrokerOptions) {
    this.#rules = options.rules
    this.#markets = options.markets
    this.#listener = options.listener
    this.account = new Account(options.markets, options.rules, options.cash, options.fundStart ?? 100)
    this.#desk = new OrderDesk(options)
    this.orders = this.#desk.orders
    this.#matcher = new Matcher(options.rules, this.orders)
    this.#rolls = new ContractRolls(options, this)
    this.walk = isWhole(options.rules.fillPolicy) ? undefined : this.#openWalk(options.finer ?? [])
  }

  /** Rows that are submitted or working, in queue order. Not to be called inside a cycle. */
  working(): number[] {
    return this.#desk.working()
  }

  /** Completes a new row: reference prices, trail and creation stamp (O-06, T-01). Prices may be NaN. */
  stamp(row: number): void {
    stampOrder(this.orders, row, this.#marketOf(row), this.#rules.delayBars)
    if (!trails(this.orders, row)) return
    const from = startTrail(this.orders, row)
    this.#matcher.trail(row, from)
  }

  /**
   * Sends a stamped row. `other`: a row whose one-cancels-other group it joins, −1 for none. `transmit` false: it waits
   * for the last order of its bracket (K-01).
   */
  submit(row: number, other = -1, transmit = true): void {
    this.#isAwake = true
    this.#desk.submit(row, other, transmit)
  }

  /** True while an order is submitted or in the queue. */
  isWorking(row: number): boolean {
    return this.orders.isWorking(row)
  }

  /** Takes an order back; false when it was not working (M-04: upstream cannot cancel before acceptance). */
  cancel(row: number, reason: number = orderReasonCode.user): boolean {
    return this.#desk.cancel(row, reason)
  }

  /** True when a cycle on the current bar of the only market would change nothing: it may then be left out. */
  isIdle(only: Market): boolean {
    if (this.#isAwake || this.account.isBusy) return false
    return this.#desk.queue.count === 0 || !this.#band.isReached(only)
  }

  /** Gives a working order other prices. */
  reprice(row: number, price: number, limit: number): void {
    this.orders.price[row] = price
    this.orders.limit[row] = limit
    this.#band.open()
  }

  /** One cycle (8.2): activate, check, interest, match, settle, value. `step` numbers the engine's steps. */
  step(step: number): void {
    this.#step = step
    const { account } = this
    if (!this.#rolls.isEmpty) this.#rolls.run(account)
    this.#desk.open(account.cash)
    account.chargeInterest()
    if (this.walk !== undefined) this.walk.run(step)
    else if (this.#desk.queue.count > 0) this.#work()
    account.settle()
    account.mark()
    this.#isAwake = !this.#desk.isQuiet
    if (account.lazy && this.#desk.queue.count > 0) this.#band.fit(this.#desk.queue, this.orders)
  }

  #work(): void {
    const { queue } = this.#desk
    queue.start()
    for (let row = queue.next(); row >= 0; row = queue.next()) {
      if (!this.orders.has(row, orderFlag.queued)) continue
      this.#workOn(row)
      if (this.orders.has(row, orderFlag.queued)) queue.keep(row)
    }
    queue.finish()
    for (const row of this.#tried) this.orders.clear(row, orderFlag.tried)
    this.#tried.length = 0
  }

  #openWalk(finer: readonly (FinerPrices | undefined)[]): IntrabarWalk {
    const hands = {
      rules: this.#rules,
      markets: this.#markets,
      orders: this.orders,
      queue: this.#desk.queue,
      isIdle: () => this.#desk.queue.count === 0 && this.#desk.isQuiet,
      open: () => this.#desk.open(this.account.cash),
      work: () => this.#work(),
      isReady: (row: number, market: Market) => this.#isReady(row, market),
      fill: (row: number, market: Market) => this.#fillInside(row, market),
      follow: (row: number, price: number) => this.#matcher.trail(row, price),
    }
    const prices = this.#markets.map(({ index }) => finer[index])
    return new IntrabarWalk(hands, prices)
  }

  #fillInside(row: number, market: Market): void {
    const { orders } = this
    orders.clear(row, orderFlag.queued)
    const price = this.#matcher.match(row, market)
    if (!Number.isNaN(price)) this.#execute(row, market, price)
    if (orders.isWorking(row)) orders.set(row, orderFlag.queued)
  }

  /** Past the last price inside the bar. */
  #endBar(row: number, market: Market): void {
    if (this.#rules.fillPolicy !== 'ohlc-path' || !this.#isReady(row, market)) return
    if (this.orders.has(row, orderFlag.immediate)) this.#desk.endImmediate(row)
    else if (trails(this.orders, row)) this.#matcher.trailAfter(row, market)
  }

  /** False while the order must not match; one whose time is over ends here. */
  #isReady(row: number, market: Market): boolean {
    if (this.#isStale(row, market)) return false
    if (isExpired(this.orders, row, market)) {
      this.#desk.expire(row)
      return false
    }
    return !this.orders.has(row, orderFlag.inactive)
  }

  #workOn(row: number): void {
    const { orders } = this
    const market = this.#marketOf(row)
    const { part } = market.inside
    if (part !== barPart.whole && passes(orders, row, market)) {
      if (part === barPart.end) this.#endBar(row, market)
      return
    }
    if (!this.#isReady(row, market)) return
    if (!orders.has(row, orderFlag.tried) && this.#matcher.canReach(row, market)) this.#try(row, market)
    if (orders.has(row, orderFlag.immediate)) this.#desk.endImmediate(row)
  }

  /** A market without a new event has nothing to match against; upstream matches its old bar again. */
  #isStale(row: number, market: Market): boolean {
    if (this.#rules.backtrader && this.#rules.delayBars === 0) return market.onlyShown
    if (market.step !== this.#step || market.onlyShown) return true
    return market.sequence <= (this.orders.createdSequence[row] as number) && !this.#rules.cheatOnOpen
  }

  /** Under a fill policy another order of the same bracket or group may have to come first on this bar. */
  #tryPreferred(row: number, market: Market): void {
    const { orders } = this
    const root = orders.group[row] as number
    const parent = orders.parent[row] as number
    let rival = parent >= 0 ? (orders.firstChild[parent] as number) : (orders.firstMember[root] as number)
    while (rival >= 0) {
      if (rival !== row && this.#isRival(rival, row, market)) {
        this.#try(rival, market)
        if (orders.has(rival, orderFlag.queued)) {
          orders.set(rival, orderFlag.tried)
          this.#tried.push(rival)
        }
        return
      }
      rival = parent >= 0 ? (orders.nextChild[rival] as number) : (orders.nextMember[rival] as number)
    }
  }

  #isRival(rival: number, row: number, market: Market): boolean {
    const { orders } = this
    if (orders.instrument[rival] !== orders.instrument[row]) return false
    if (!orders.has(rival, orderFlag.queued) || orders.has(rival, orderFlag.inactive | orderFlag.tried)) return false
    return this.#matcher.prefers(rival, row, market)
  }

  /** Tries to fill one order on its market's current bar; clears its `queued` flag when it has ended. */
  #try(row: number, market: Market): void {
    const { orders } = this
    // Off the queue while it is worked on: its own group must not cancel it.
    orders.clear(row, orderFlag.queued)
    // A trailing stop-limit stops trailing after the bar that triggers it
    const isTrailing = trails(orders, row)
    let price = this.#matcher.match(row, market)
    if (!Number.isNaN(price) && isGrouped(orders, row) && this.#rules.fillPolicy !== 'backtrader') {
      orders.set(row, orderFlag.queued)
      this.#tryPreferred(row, market)
      if (!orders.has(row, orderFlag.queued)) return
      orders.clear(row, orderFlag.queued)
      price = this.#matcher.match(row, market)
    }
    if (!Number.isNaN(price)) this.#execute(row, market, price)
    if (!orders.isWorking(row)) return
    orders.set(row, orderFlag.queued)
    if (isTrailing) this.#matcher.trailAfter(row, market)
  }

  #execute(row: number, market: Market, price: number): void {
    const { orders } = this
    const execution = this.#execution
    execution.row = row
    execution.time = this.#matcher.time
    const units = this.#units(row, market)
    if (orders.has(row, orderFlag.allOrNone) && units < Math.abs(orders.remaining[row] as number)) return
    execution.size = (orders.side[row] as number) * units
    execution.isForced = orders.type[row] === historical
    execution.price = price
    execution.reference = this.#matcher.reference
    this.account.cash = book(execution, market, this.#rules, this.account.cash)
    if (execution.size !== 0) this.#recordFill(row, market)
    market.inside.offered -= Math.abs(execution.size)
    if (execution.refused) this.#desk.refuse(row)
    else if (orders.status[row] === statusCode.filled) this.#desk.finish(row)
  }

  /** How much of the rest the bar of the match can fill. */
  #units(row: number, market: Market): number {
    const remaining = Math.abs(this.orders.remaining[row] as number)
    const { filler } = this.#rules
    const { offered } = market.inside
    if (filler.kind === 'none') return Math.min(remaining, offered)
    const { volume, high, low } = market.columns
    const bar = this.#matcher.row
    return fillable(
      filler,
      Math.min(remaining, offered),
      volume[bar] as number,
      (high[bar] as number) - (low[bar] as number),
    )
  }

  #recordFill(row: number, market: Market): void {
    const { orders } = this
    orders.addFill(this.#execution)
    this.#listener.executed(this.#execution, market)
    this.#listener.orderChanged(row)
    const isFilled = orders.status[row] === statusCode.filled
    if (isFilled || this.#rules.ocoOn === 'execution') this.#desk.cancelOthers(row)
    if (this.#rules.resizeExits && !isFilled) this.#desk.resizeSiblings(row, Math.abs(this.#execution.size))
  }

  #marketOf(row: number): Market {
    return this.#markets[this.orders.instrument[row] as number] as Market
  }
}
