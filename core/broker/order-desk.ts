import { orderReasonCode, orderTypeCode } from '../domain/order.ts'
import { eventCode } from '../domain/order-state.ts'
import { RowList } from '../lib/row-list.ts'
import type { BrokerListener } from './broker-listener.ts'
import type { BrokerOptions } from './broker-options.ts'
import { Trial } from './execution.ts'
import type { Market } from './market.ts'
import { isOcoMember, joinBracket, joinOco, rootOf } from './order-groups.ts'
import { OrderQueue } from './order-queue.ts'
import { OrderTable, orderFlag } from './order-table.ts'
import type { BrokerRules } from './rules.ts'

/**
 * Where orders come in, wait in groups and end: brackets, one-cancels-other, the check against the cash. It knows
 * nothing of prices inside a bar; the broker that owns it matches what stands in its queue.
 */
export class OrderDesk {
  readonly orders: OrderTable
  /** Working orders; rows without the `queued` flag have left. */
  readonly queue = new OrderQueue()
  readonly #rules: BrokerRules
  readonly #markets: readonly Market[]
  readonly #listener: BrokerListener
  readonly #trial: Trial
  #submitted = new RowList()
  /** Takes the place of `#submitted` while that is worked through. */
  #checked = new RowList()
  readonly #toActivate = new RowList()
  /**
   * True for an order that lives at a venue and has been asked back for that reason: it ends when the venue says so.
   * Absent where nothing leaves the desk.
   */
  askBack: ((row: number, reason: number) => boolean) | undefined = undefined

  constructor(options: Pick<BrokerOptions, 'rules' | 'markets' | 'listener' | 'orderCapacity' | 'arena'>) {
    this.orders = new OrderTable(options.orderCapacity, options.arena)
    this.#rules = options.rules
    this.#trial = new Trial(options.rules, options.markets.length)
    this.#markets = options.markets
    this.#listener = options.listener
  }

  /** Rows that are submitted or working, in queue order. Not to be called inside a cycle. */
  working(): number[] {
    if (this.queue.count === 0 && this.#submitted.length === 0) return []
    return [...this.queue.rows().filter((row) => this.orders.has(row, orderFlag.queued)), ...this.#submitted.rows()]
  }

  /**
   * Sends a stamped row. `other`: a row whose one-cancels-other group it joins, −1 for none. `transmit` false: it waits
   * for the last order of its bracket (K-01).
   */
  submit(row: number, other = -1, transmit = true): void {
    const { orders } = this
    if (other >= 0) joinOco(orders, row, other)
    if (!joinBracket(orders, row)) {
      orders.apply(row, eventCode.submit)
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
    orders.apply(row, eventCode.submit)
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
    if (this.askBack?.(row, reason) === true) {
      this.cancelOthers(row)
      return true
    }
    if (orders.has(row, orderFlag.queued)) orders.clear(row, orderFlag.queued)
    else if (this.#rules.backtrader || !this.#takeSubmitted(row)) return false
    this.#end(row, 'cancel', reason)
    this.cancelOthers(row)
    return true
  }

  #takeSubmitted(row: number): boolean {
    return this.#submitted.delete(row)
  }

  #accept(row: number): void {
    const { orders } = this
    orders.apply(row, eventCode.accept)
    orders.updatedTime[row] = this.#marketOf(row).heardAt
    orders.set(row, orderFlag.queued)
    this.queue.push(row)
    this.#listener.orderChanged(row)
  }

  /** True when no order waits to be accepted or woken. */
  get isQuiet(): boolean {
    return this.#submitted.length === 0 && this.#toActivate.length === 0
  }

  /** Begins a cycle: wakes the children of filled entries and checks what was submitted against the cash. */
  open(cash: number): void {
    if (this.#toActivate.length > 0) this.#activate()
    if (this.#submitted.length > 0) this.#checkSubmitted(cash)
  }

  #activate(): void {
    const woken = this.#toActivate
    for (let index = 0; index < woken.length; index++) this.orders.clear(woken.at(index), orderFlag.inactive)
    woken.clear()
  }

  #checkSubmitted(cash: number): void {
    const { orders } = this
    const pending = this.#submitted
    this.#submitted = this.#checked
    this.#checked = pending
    this.#trial.start(cash)
    for (let index = 0; index < pending.length; index++) {
      const row = pending.at(index)
      const parent = orders.parent[row] as number
      if (parent >= 0 && !orders.has(parent, orderFlag.openGroup)) {
        this.#end(row, 'reject', orderReasonCode.parentGone)
      } else if (this.#isAffordable(row)) {
        this.#accept(row)
      } else {
        this.refuse(row)
      }
    }
    pending.clear()
  }

  #isAffordable(row: number): boolean {
    const { orders } = this
    const { backtrader, cheatOnOpen } = this.#rules
    if (orders.type[row] === orderTypeCode.historical) return true
    // A bracket's exits only ever reduce risk; upstream tries them like any other order.
    if (!backtrader && orders.has(row, orderFlag.inactive)) return true
    const market = this.#marketOf(row)
    const atOpen = cheatOnOpen && orders.type[row] === orderTypeCode.market
    const price = atOpen ? market.open : (orders.price[row] as number)
    return this.#trial.book(market, orders.remaining[row] as number, price)
  }

  /** Not enough cash: a part filled order is cancelled, any other rejected (M-03). */
  refuse(row: number): void {
    const partly = this.orders.executedSize[row] !== 0
    this.#end(row, partly ? 'cancel' : 'reject', orderReasonCode.margin)
    this.cancelOthers(row)
    this.#closeBracket(row)
  }

  /** Its time is over: ends it with its group and bracket. */
  expire(row: number): void {
    this.orders.clear(row, orderFlag.queued)
    this.#end(row, 'expire', orderReasonCode.expired)
    this.cancelOthers(row)
    this.#closeBracket(row)
  }

  /** The venue says that an order has ended. `received`: units that an entry has got all the same, which exits then close. */
  end(row: number, event: 'cancel' | 'reject' | 'expire', reason: number, received = 0): void {
    this.endAlone(row, event, reason)
    this.cancelOthers(row)
    if (received > 0 && (this.orders.firstChild[row] as number) >= 0) this.finishEntry(row, received)
    else this.#closeBracket(row)
  }

  /** The same, and its group and bracket go on. */
  endAlone(row: number, event: 'cancel' | 'reject' | 'expire', reason: number): void {
    this.orders.clear(row, orderFlag.queued)
    this.#end(row, event, reason)
  }

  /** The order has what it will get; none of its exits may close more than that. */
  finishEntry(row: number, received: number): void {
    const { orders } = this
    for (let child = orders.firstChild[row] as number; child >= 0; child = orders.nextChild[child] as number) {
      if (!orders.isWorking(child) || (orders.quantity[child] as number) <= received) continue
      orders.quantity[child] = received
      orders.remaining[child] = (orders.side[child] as number) * received
      this.#listener.orderChanged(child)
    }
    this.finish(row)
  }

  /** An order that wanted to fill at once has had its chance. */
  endImmediate(row: number): void {
    if (this.orders.has(row, orderFlag.queued)) this.cancel(row, orderReasonCode.immediate)
  }

  /** A filled parent wakes its children for the next cycle; a filled child ends its siblings (K-03, K-05). */
  finish(row: number): void {
    const { orders } = this
    if ((orders.parent[row] as number) >= 0) {
      this.#closeBracket(row)
      return
    }
    for (let child = orders.firstChild[row] as number; child >= 0; child = orders.nextChild[child] as number) {
      this.#toActivate.push(child)
    }
  }

  /** Takes what one exit of a bracket has filled from its siblings, which protect the same units. */
  resizeSiblings(row: number, filled: number): void {
    const { orders } = this
    const parent = orders.parent[row] as number
    if (parent < 0) return
    for (let child = orders.firstChild[parent] as number; child >= 0; child = orders.nextChild[child] as number) {
      if (child === row || !orders.isWorking(child)) continue
      orders.quantity[child] = (orders.quantity[child] as number) - filled
      orders.remaining[child] = (orders.remaining[child] as number) - (orders.side[child] as number) * filled
      this.#listener.orderChanged(child)
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
  cancelOthers(row: number): void {
    const { orders } = this
    const root = orders.group[row] as number
    if (root < 0) return
    const isOther = (other: number) => other !== row && isOcoMember(orders, root, other)
    const others = this.queue.rows().filter((other) => orders.has(other, orderFlag.queued) && isOther(other))
    // Upstream forgets members that are not accepted yet, and the sleeping exits of a cancelled entry.
    const waiting = this.#rules.backtrader ? [] : this.#submitted.rows().filter(isOther)
    orders.firstMember[root] = -1
    for (const other of [...waiting, ...others].reverse()) {
      if (this.askBack?.(other, orderReasonCode.oco) === true) {
        this.#closeBracket(other)
        continue
      }
      orders.clear(other, orderFlag.queued)
      this.#takeSubmitted(other)
      this.#end(other, 'cancel', orderReasonCode.oco)
      if (!this.#rules.backtrader) this.#closeBracket(other)
    }
  }

  #end(row: number, event: 'cancel' | 'reject' | 'expire', reason: number): void {
    const { orders } = this
    const now = this.#marketOf(row).heardAt
    orders.apply(row, eventCode[event])
    orders.reason[row] = reason
    orders.executedTime[row] = now
    orders.updatedTime[row] = now
    this.#listener.orderChanged(row)
  }

  #marketOf(row: number): Market {
    return this.#markets[this.orders.instrument[row] as number] as Market
  }
}
