import type { Commission } from './commission.ts'
import type { Market } from './market.ts'
import type { BrokerRules } from './rules.ts'

const dayMs = 86_400_000

/** A position after a change, and how much of the change opened and closed (both signed like the order). */
export interface PositionChange {
  size: number
  price: number
  opened: number
  closed: number
}

/** Splits `change` at `price` into the closing and the opening part of a position (P-01, P-03). Writes into `out`. */
export function changePosition(out: PositionChange, size: number, price: number, change: number, at: number): void {
  const after = size + change
  out.size = after
  if (size === 0 || size > 0 === change > 0) {
    out.opened = change
    out.closed = 0
    out.price = size === 0 ? at : (price * size + change * at) / after
  } else if (after === 0 || after > 0 === size > 0) {
    out.opened = 0
    out.closed = change
    out.price = after === 0 ? 0 : price
  } else {
    out.opened = after
    out.closed = -size
    out.price = at
  }
}

/** One execution as it was booked; a single reused record. */
export class Execution {
  row = 0
  time = 0
  /** Signed. */
  size = 0
  price = 0
  /** Price before slippage. */
  reference = 0
  closed = 0
  closedValue = 0
  closedFee = 0
  opened = 0
  openedValue = 0
  openedFee = 0
  /** Gain of the closed part before fees. */
  gain = 0
  /** True: there was an opening part and not enough cash for it. */
  refused = false
  /** True: it has happened elsewhere, so there is nothing to refuse (order history). */
  isForced = false
  /** What the venue charged for it; NaN: what the commission scheme says. */
  givenFee = Number.NaN
}

/** The fee of a part of an execution. */
function feeOf(out: Execution, commission: Commission, part: number): number {
  if (Number.isNaN(out.givenFee)) return commission.fee(part, out.price)
  return out.givenFee * Math.abs(part / (out.closed + out.opened))
}

/** True when a change closes nothing but a part of the position, or all of it. */
export function reduces(size: number, change: number): boolean {
  return size !== 0 && Math.sign(change) !== Math.sign(size) && Math.abs(change) <= Math.abs(size)
}

/** Cash that closing `closed` gives back, before the gain. */
function closingValue(commission: Commission, rules: BrokerRules, closed: number, price: number): number {
  return rules.shortCash ? commission.value(-closed, price) : commission.cost(closed, price)
}

function openingValue(commission: Commission, rules: BrokerRules, opened: number, price: number): number {
  return rules.shortCash ? commission.value(opened, price) : commission.cost(opened, price)
}

function levered(value: number, commission: Commission): number {
  return value > 0 ? value / commission.leverage : value
}

/** A copy of cash and positions on which orders are tried before they are accepted (M-01). */
export class Trial {
  cash = 0
  readonly #rules: BrokerRules
  readonly #sizes: Float64Array
  readonly #prices: Float64Array
  /** Round in which a market's position was copied: most rounds concern few markets. */
  readonly #copied: Int32Array
  #round = 0
  readonly #change: PositionChange = { size: 0, price: 0, opened: 0, closed: 0 }

  constructor(rules: BrokerRules, markets: number) {
    this.#rules = rules
    this.#sizes = new Float64Array(markets)
    this.#prices = new Float64Array(markets)
    this.#copied = new Int32Array(markets)
  }

  /** Begins a round: positions are copied when an order first concerns them. */
  start(cash: number): void {
    this.cash = cash
    this.#round++
  }

  /**
   * Books `size` at `price` and says whether the cash suffices. In profile backtrader a failing order stays booked and
   * makes the ones after it fail too (M-02, X-03).
   */
  book(market: Market, size: number, price: number): boolean {
    const rules = this.#rules
    const { commission, index } = market
    const change = this.#change
    if (this.#copied[index] !== this.#round) {
      this.#copied[index] = this.#round
      this.#sizes[index] = market.size
      this.#prices[index] = market.price
    }
    changePosition(change, this.#sizes[index] as number, this.#prices[index] as number, size, price)
    let cash = this.cash
    if (change.closed !== 0) {
      cash += levered(closingValue(commission, rules, change.closed, price), commission)
      cash -= commission.fee(change.closed, price)
    }
    if (change.opened !== 0) {
      cash -= levered(openingValue(commission, rules, change.opened, price), commission)
      cash -= commission.fee(change.opened, price)
    }
    const enough = cash >= 0 || (rules.freeExits && change.opened === 0)
    if (!enough && !rules.backtrader) return false
    this.cash = cash
    this.#sizes[index] = change.size
    this.#prices[index] = change.price
    return enough
  }
}

const change: PositionChange = { size: 0, price: 0, opened: 0, closed: 0 }

/**
 * Books an execution on the market's position and returns the new cash. The closing part always happens; the opening
 * part only if the cash suffices (M-03). Fills `out`; `out.size` is 0 when nothing was booked.
 */
export function book(out: Execution, market: Market, rules: BrokerRules, cash: number): number {
  changePosition(change, market.size, market.price, out.size, out.price)
  out.closed = change.closed
  out.closedValue = 0
  out.closedFee = 0
  out.gain = 0
  out.opened = change.opened
  out.openedValue = 0
  out.openedFee = 0
  out.refused = false
  let balance = cash
  if (out.closed !== 0) balance = bookClosing(out, market, rules, balance)
  if (out.opened !== 0) balance = bookOpening(out, market, rules, balance)
  out.size = out.closed + out.opened
  moveTo(market, out, rules)
  return balance
}

/** The closing part: its value comes back with the gain, less the fee; futures settle to the price of the fill. */
function bookClosing(out: Execution, market: Market, rules: BrokerRules, cash: number): number {
  const { commission } = market
  const { closed, price } = out
  out.gain = commission.gain(-closed, market.price, price)
  out.closedValue = closingValue(commission, rules, closed, market.price)
  out.closedFee = feeOf(out, commission, closed)
  // Value and gain first, as upstream adds them: the last digit of the cash depends on it
  const gained = levered(out.closedValue, commission) + (commission.stockLike ? out.gain : 0)
  return cash + gained - out.closedFee + commission.settlement(-closed, market.settledPrice, price)
}

/** The opening part, or `refused` when the cash does not cover it; contracts held before settle to the fill's price. */
function bookOpening(out: Execution, market: Market, rules: BrokerRules, cash: number): number {
  const { commission } = market
  const { opened, price } = out
  const value = openingValue(commission, rules, opened, price)
  const fee = feeOf(out, commission, opened)
  const after = cash - levered(value, commission) - fee
  if (after < 0 && !out.isForced) {
    out.opened = 0
    out.refused = true
    return cash
  }
  out.openedValue = value
  out.openedFee = fee
  const held = change.size - opened
  const settled = Math.abs(change.size) > Math.abs(opened) ? commission.settlement(held, market.settledPrice, price) : 0
  market.settledPrice = price
  return after + settled
}

function moveTo(market: Market, out: Execution, rules: BrokerRules): void {
  if (out.size === 0) return
  if (out.refused) changePosition(change, market.size, market.price, out.size, out.price)
  market.size = change.size
  market.price = change.price
  if (market.commission.chargesInterest) market.interestDay = Math.floor(market.closeTime / dayMs)
  if (out.closed === 0) return
  if (rules.interestInResult) {
    out.closedFee += market.interestDue
    market.interestDue = 0
  }
}
