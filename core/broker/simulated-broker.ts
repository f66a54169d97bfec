import { orderReasonCode, orderTypeCode } from '../domain/order.ts'
import { Account } from './account.ts'
import { dayNumber } from './day-number.ts'
import { book, Execution, Trial } from './execution.ts'
import { fillable } from './fillers.ts'
import type { Market } from './market.ts'
import { Matcher } from './matching.ts'
import { isOcoMember, joinBracket, joinOco, rootOf } from './order-groups.ts'
import { OrderQueue } from './order-queue.ts'
import { OrderTable, orderFlag } from './order-table.ts'
import type { BrokerRules } from './rules.ts'
import { isPreferred } from './tie-break.ts'

/** What the broker tells its owner, in the order in which it happens. Nothing here may call back into the broker. */
export interface BrokerListener {
  /** The order's status changed (or it was filled in part). */
  orderChanged(row: number): void
  /** Money and position have moved; the record is reused. */
  executed(execution: Execution, market: Market): void
}

export interface SimulatedBrokerOptions {
  readonly rules: BrokerRules
  readonly markets: readonly Market[]
  readonly cash: number
  /** Price of one fund share at the start. */
  readonly fundStart?: number
  readonly listener: BrokerListener
}

const { market: marketType, close: closeType } = orderTypeCode
const { trailingStop, trailingStopLimit } = orderTypeCode
const dayMs = 86_400_000

/**
 * A venue made of bars: accepts orders, matches them against each bar and books the fills (01 sections 7 and 8).
 * `step` runs once for every distinct time, after the markets have moved and before the strategy sees the bar.
 */
export class SimulatedBroker {
  readonly orders = new OrderTable()
  readonly account: Account
  readonly #rules: BrokerRules
  readonly #markets: readonly Market[]
  readonly #listener: BrokerListener
  readonly #matcher: Matcher
  readonly #execution = new Execution()
  readonly #trial = new Trial()
  #submitted: number[] = []
  readonly #queue = new OrderQueue()
  #toActivate: number[] = []
  #step = 0

  constructor(options: SimulatedBrokerOptions) {
    this.#rules = options.rules
    this.#markets = options.markets
    this.#listener = options.listener
    this.account = new Account(options.markets, options.rules, options.cash, options.fundStart ?? 100)
    this.#matcher = new Matcher(options.rules, this.orders)
  }

  /** True when nothing is working: a cycle can then only move money. */
  get idle(): boolean {
    return this.#queue.count === 0 && this.#submitted.length === 0
  }

  /** Rows that are submitted or working, in queue order. Not to be called inside a cycle. */
  working(): number[] {
    return [...this.#queue.rows().filter((row) => this.orders.has(row, orderFlag.queued)), ...this.#submitted]
  }

  /** Completes a new row: reference prices, trail and creation stamp (O-06, T-01). Prices may be NaN. */
  stamp(row: number): void {
    const { orders } = this
    const market = this.#marketOf(row)
    const { close } = market
    orders.createdClose[row] = close
    orders.createdTime[row] = market.closeTime
    orders.updatedTime[row] = market.closeTime
    orders.createdSequence[row] = market.sequence
    const given = orders.price[row] as number
    const limit = orders.limit[row] as number
    const price = !Number.isNaN(given) ? given : !Number.isNaN(limit) ? limit : close
    orders.price[row] = price
    if (Number.isNaN(limit)) orders.limit[row] = price
    const type = orders.type[row] as number
    if (type === closeType) this.#setSessionEnd(row, market)
    if (type !== trailingStop && type !== trailingStopLimit) return
    orders.rare(row).limitOffset = price - (orders.limit[row] as number)
    orders.price[row] = (orders.side[row] as number) * Number.POSITIVE_INFINITY
    this.#matcher.trail(row, price)
  }

  #setSessionEnd(row: number, market: Market): void {
    const now = market.closeTime
    const end = Math.floor(now / dayMs) * dayMs + market.sessionEnd
    this.orders.rare(row).sessionEnd = end < now ? end + dayMs : end
  }

  /**
   * Sends a stamped row. `other`: a row whose one-cancels-other group it joins, −1 for none. `transmit` false: it waits
   * for the last order of its bracket (K-01).
   */
  submit(row: number, other = -1, transmit = true): void {
    const { orders } = this
    if (other >= 0) joinOco(orders, row, other)
    if (!joinBracket(orders, row)) {
      orders.apply(row, 'submit')
      this.#end(row, 'reject', orderReasonCode.parentGone)
      return
    }
    if (!transmit) {
      orders.set(row, orderFlag.held)
      return
    }
    const root = rootOf(orders, row)
    if (root !== row && orders.has(root, orderFlag.held)) this.#transmit(root)
    for (let child = orders.firstChild[root] as number; child >= 0; child = orders.nextChild[child] as number) {
      if (child !== row && orders.has(child, orderFlag.held)) this.#transmit(child)
    }
    this.#transmit(row)
  }

  #transmit(row: number): void {
    const { orders } = this
    orders.clear(row, orderFlag.held)
    orders.apply(row, 'submit')
    if (!this.#rules.checkSubmit) {
      this.#accept(row)
      return
    }
    this.#submitted.push(row)
    this.#listener.orderChanged(row)
  }

  /** Takes an order back; false when it was not working (M-04: upstream cannot cancel before acceptance). */
  cancel(row: number, reason: number = orderReasonCode.user): boolean {
    if (!this.#withdraw(row, reason)) return false
    this.#closeBracket(row)
    return true
  }

  #withdraw(row: number, reason: number): boolean {
    const { orders } = this
    if (orders.has(row, orderFlag.queued)) orders.clear(row, orderFlag.queued)
    else if (this.#rules.backtrader || !this.#takeSubmitted(row)) return false
    this.#end(row, 'cancel', reason)
    this.#cancelOthers(row)
    return true
  }

  #takeSubmitted(row: number): boolean {
    const at = this.#submitted.indexOf(row)
    if (at < 0) return false
    this.#submitted.splice(at, 1)
    return true
  }

  #end(row: number, event: 'cancel' | 'reject' | 'expire', reason: number): void {
    const { orders } = this
    const now = this.#marketOf(row).closeTime
    orders.apply(row, event)
    orders.reason[row] = reason
    orders.executedTime[row] = now
    orders.updatedTime[row] = now
    this.#listener.orderChanged(row)
  }

  /** One cycle (8.2): activate, check, interest, match, settle, value. `step` numbers the engine's steps. */
  step(step: number): void {
    this.#step = step
    const { account } = this
    if (this.#toActivate.length > 0) this.#activate()
    if (this.#submitted.length > 0) this.#checkSubmitted()
    account.chargeInterest()
    if (this.#queue.count > 0) this.#work()
    account.settle()
    account.mark()
  }

  #activate(): void {
    for (const row of this.#toActivate) this.orders.clear(row, orderFlag.inactive)
    this.#toActivate.length = 0
  }

  #accept(row: number): void {
    const { orders } = this
    orders.apply(row, 'accept')
    orders.updatedTime[row] = this.#marketOf(row).closeTime
    orders.set(row, orderFlag.queued)
    this.#queue.push(row)
    this.#listener.orderChanged(row)
  }

  #checkSubmitted(): void {
    const { orders } = this
    const pending = this.#submitted
    this.#submitted = []
    this.#trial.start(this.account.cash, this.#markets)
    for (const row of pending) {
      const parent = orders.parent[row] as number
      if (parent >= 0 && !orders.has(parent, orderFlag.openGroup)) {
        this.#end(row, 'reject', orderReasonCode.parentGone)
      } else if (this.#isAffordable(row)) {
        this.#accept(row)
      } else {
        this.#refuse(row)
      }
    }
  }

  #isAffordable(row: number): boolean {
    const { orders } = this
    const { backtrader, cheatOnOpen } = this.#rules
    // A bracket's exits only ever reduce risk; upstream tries them like any other order.
    if (!backtrader && orders.has(row, orderFlag.inactive)) return true
    const market = this.#marketOf(row)
    const atOpen = cheatOnOpen && orders.type[row] === marketType
    const price = atOpen ? market.open : (orders.price[row] as number)
    return this.#trial.book(market, this.#rules, orders.remaining[row] as number, price, backtrader)
  }

  /** Not enough cash: a part filled order is cancelled, any other rejected (M-03). */
  #refuse(row: number): void {
    const partly = this.orders.executedSize[row] !== 0
    this.#end(row, partly ? 'cancel' : 'reject', orderReasonCode.margin)
    this.#cancelOthers(row)
    this.#closeBracket(row)
  }

  #work(): void {
    const queue = this.#queue
    queue.start()
    for (let row = queue.next(); row >= 0; row = queue.next()) {
      if (!this.orders.has(row, orderFlag.queued)) continue
      this.#workOn(row)
      if (this.orders.has(row, orderFlag.queued)) queue.keep(row)
    }
    queue.finish()
  }

  #workOn(row: number): void {
    const { orders } = this
    const market = this.#marketOf(row)
    if (this.#isStale(row, market)) return
    if (this.#isExpired(row, market)) {
      orders.clear(row, orderFlag.queued)
      this.#end(row, 'expire', orderReasonCode.expired)
      this.#cancelOthers(row)
      this.#closeBracket(row)
      return
    }
    if (orders.has(row, orderFlag.inactive)) return
    if (orders.has(row, orderFlag.tried)) orders.clear(row, orderFlag.tried)
    else this.#try(row, market)
  }

  /** A market without a new event has nothing to match against; upstream matches its old bar again. */
  #isStale(row: number, market: Market): boolean {
    if (this.#rules.backtrader) return false
    if (market.step !== this.#step || market.onlyShown) return true
    return market.sequence <= (this.orders.createdSequence[row] as number) && !this.#rules.cheatOnOpen
  }

  #isExpired(row: number, market: Market): boolean {
    const { orders } = this
    if (orders.type[row] === marketType) return false
    if (market.closeTime > (orders.validUntil[row] as number)) return true
    if (!orders.has(row, orderFlag.day)) return false
    const today = dayNumber(market.time, market.zone)
    const terms = orders.rare(row)
    if (terms.dayNumber < 0) terms.dayNumber = today
    return today > terms.dayNumber
  }

  #isGrouped(row: number): boolean {
    return (this.orders.parent[row] as number) >= 0 || (this.orders.group[row] as number) >= 0
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
        if (orders.has(rival, orderFlag.queued)) orders.set(rival, orderFlag.tried)
        return
      }
      rival = parent >= 0 ? (orders.nextChild[rival] as number) : (orders.nextMember[rival] as number)
    }
  }

  #isRival(rival: number, row: number, market: Market): boolean {
    const { orders } = this
    if (orders.instrument[rival] !== orders.instrument[row]) return false
    if (!orders.has(rival, orderFlag.queued) || orders.has(rival, orderFlag.inactive | orderFlag.tried)) return false
    return isPreferred(this.#matcher, orders, market, this.#rules.fillPolicy, rival, row)
  }

  /** Tries to fill one order on its market's current bar; clears its `queued` flag when it has ended. */
  #try(row: number, market: Market): void {
    const { orders } = this
    // Off the queue while it is worked on: its own group must not cancel it.
    orders.clear(row, orderFlag.queued)
    const type = orders.type[row] as number
    // A trailing stop-limit stops trailing after the bar that triggers it
    const trails = type === trailingStop || (type === trailingStopLimit && !orders.has(row, orderFlag.triggered))
    let price = this.#matcher.match(row, market)
    if (!Number.isNaN(price) && this.#isGrouped(row) && this.#rules.fillPolicy !== 'backtrader') {
      orders.set(row, orderFlag.queued)
      this.#tryPreferred(row, market)
      if (!orders.has(row, orderFlag.queued)) return
      orders.clear(row, orderFlag.queued)
      price = this.#matcher.match(row, market)
    }
    if (!Number.isNaN(price)) this.#execute(row, market, price)
    if (!orders.isWorking(row)) return
    orders.set(row, orderFlag.queued)
    if (trails) this.#matcher.trail(row, market.close)
  }

  #execute(row: number, market: Market, price: number): void {
    const { orders } = this
    const execution = this.#execution
    execution.row = row
    execution.time = this.#matcher.time
    execution.size = (orders.side[row] as number) * this.#units(row, market)
    execution.price = price
    execution.reference = this.#matcher.reference
    this.account.cash = book(execution, market, this.#rules, this.account.cash)
    if (execution.size !== 0) this.#recordFill(row, market)
    if (execution.refused) this.#refuse(row)
    else if (orders.status[row] === filledStatus) this.#finish(row)
  }

  /** How much of the rest the bar of the match can fill. */
  #units(row: number, market: Market): number {
    const remaining = Math.abs(this.orders.remaining[row] as number)
    const { filler } = this.#rules
    if (filler.kind === 'none') return remaining
    const { volume, high, low } = market.columns
    const bar = this.#matcher.row
    return fillable(filler, remaining, volume[bar] as number, (high[bar] as number) - (low[bar] as number))
  }

  #recordFill(row: number, market: Market): void {
    const { orders } = this
    const { size, price, time } = this.#execution
    const fee = this.#execution.closedFee + this.#execution.openedFee
    const before = orders.executedSize[row] as number
    const sum = before + size
    orders.averagePrice[row] = (before * (orders.averagePrice[row] as number) + size * price) / sum
    orders.executedSize[row] = sum
    orders.remaining[row] = (orders.remaining[row] as number) - size
    orders.executedValue[row] =
      (orders.executedValue[row] as number) + this.#execution.closedValue + this.#execution.openedValue
    orders.fees[row] = (orders.fees[row] as number) + fee
    orders.gain[row] = (orders.gain[row] as number) + this.#execution.gain
    orders.executedTime[row] = time
    orders.updatedTime[row] = time
    orders.apply(row, orders.remaining[row] === 0 ? 'fill-rest' : 'fill-part')
    this.#listener.executed(this.#execution, market)
    this.#listener.orderChanged(row)
    this.#cancelOthers(row)
  }

  /** A filled parent wakes its children for the next cycle; a filled child ends its siblings (K-03, K-05). */
  #finish(row: number): void {
    const { orders } = this
    if ((orders.parent[row] as number) >= 0) {
      this.#closeBracket(row)
      return
    }
    for (let child = orders.firstChild[row] as number; child >= 0; child = orders.nextChild[child] as number) {
      this.#toActivate.push(child)
    }
  }

  /** Cancels what is left of an order's bracket and closes it for late comers (K-05, K-06). */
  #closeBracket(row: number): void {
    const { orders } = this
    const root = rootOf(orders, row)
    if (!orders.has(root, orderFlag.openGroup)) return
    orders.clear(root, orderFlag.openGroup)
    this.#withdraw(root, orderReasonCode.bracket)
    for (let child = orders.firstChild[root] as number; child >= 0; child = orders.nextChild[child] as number) {
      this.#withdraw(child, orderReasonCode.bracket)
    }
  }

  /** Ends the one-cancels-other group of an order that executed or ended; youngest in the queue first (7.4). */
  #cancelOthers(row: number): void {
    const { orders } = this
    const root = orders.group[row] as number
    if (root < 0) return
    const others = this.#queue
      .rows()
      .filter((other) => other !== row && orders.has(other, orderFlag.queued) && isOcoMember(orders, root, other))
    orders.firstMember[root] = -1
    for (const other of others.reverse()) {
      orders.clear(other, orderFlag.queued)
      this.#end(other, 'cancel', orderReasonCode.oco)
    }
  }

  #marketOf(row: number): Market {
    return this.#markets[this.orders.instrument[row] as number] as Market
  }
}

const filledStatus = 8
