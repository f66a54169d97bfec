import type { ContractSpan } from '../domain/contract-span.ts'
import { floorDivide } from '../lib/floor-divide.ts'

/** Numbers that turn sizes and prices into money (01 section 8.7, $-01 … $-08). */
export interface CommissionTerms {
  /** Ratio of traded value, or cash per unit, by `perUnit`. */
  readonly rate: number
  readonly perUnit: boolean
  /** True: the whole price is paid; false: margin is deposited and the gain settled every bar. */
  readonly stockLike: boolean
  /** Cash per contract. */
  readonly margin: number
  /** 0: `margin`; < 0: multiplier · price; > 0: this · price. */
  readonly autoMargin: number
  readonly multiplier: number
  /** Contract size in value and fees of stock-like trades: 1 upstream, the multiplier by default. */
  readonly unitValue: number
  /** Yearly interest (ratio) on short positions; on long ones too with `interestLong`. */
  readonly interest: number
  readonly interestLong: boolean
  readonly leverage: number
  /** Contract size in percentage fees; absent: `unitValue`. */
  readonly feeUnit?: number
}

export const freeOfCharge: CommissionTerms = {
  rate: 0,
  perUnit: false,
  stockLike: true,
  margin: 1,
  autoMargin: 0,
  multiplier: 1,
  unitValue: 1,
  interest: 0,
  interestLong: false,
  leverage: 1,
}

/** How prices of a continuous series stand to those of the contract that is traded; see ContractSpan. */
export type PriceShift = Pick<ContractSpan, 'shift' | 'factor'>

const unmoved: PriceShift = { shift: 0, factor: 1 }

/**
 * What an instrument's trades cost and tie up. One class for all schemes, so that call sites see one shape. Prices are
 * those of the series that the run is over; money follows from the contract's (`traded`).
 */
export class Commission {
  readonly terms: CommissionTerms
  readonly stockLike: boolean
  readonly multiplier: number
  readonly leverage: number
  /** Contract size in value of stock-like trades. */
  readonly unitValue: number
  readonly #feeUnit: number
  readonly #rate: number
  readonly #perUnit: boolean
  readonly #dailyInterest: number
  readonly #shift: number
  readonly #factor: number
  /** Cash value of one point of the series. */
  readonly #pointValue: number

  constructor(terms: CommissionTerms, { shift, factor }: PriceShift = unmoved) {
    this.terms = terms
    this.#shift = shift
    this.#factor = factor
    this.#pointValue = terms.multiplier / factor
    this.stockLike = terms.stockLike
    this.multiplier = terms.multiplier
    this.leverage = terms.leverage
    this.unitValue = terms.unitValue
    this.#feeUnit = terms.feeUnit ?? terms.unitValue
    this.#rate = terms.rate
    this.#perUnit = terms.perUnit
    this.#dailyInterest = terms.interest / 365
  }

  /** The same scheme for another contract of the series. */
  at(span: PriceShift): Commission {
    return new Commission(this.terms, span)
  }

  /** True when prices of both are on one scale: a series of both is not adjusted. */
  isAlike(other: Commission): boolean {
    return this.#shift === other.#shift && this.#factor === other.#factor
  }

  /** A ratio of what is traded at `price`, in points of the series; undefined where both are the same. */
  pointsOf(ratio: number, price: number): number | undefined {
    return this.#shift === 0 ? undefined : ratio * Math.abs(price - this.#shift)
  }

  /** What the contract trades at when the series is at `price`. */
  traded(price: number): number {
    return (price - this.#shift) / this.#factor
  }

  /** Where the series is when the contract trades at `price`. */
  shown(price: number): number {
    return price * this.#factor + this.#shift
  }

  /** Fee of trading `size` (signed) at `price` ($-04). */
  fee(size: number, price: number): number {
    const units = Math.abs(size) * this.#rate
    return this.#perUnit ? units : units * this.traded(price) * this.#feeUnit
  }

  /** Margin of one contract at `price`. */
  margin(price: number): number {
    const { autoMargin, margin } = this.terms
    if (autoMargin === 0) return margin
    return (autoMargin < 0 ? this.multiplier : autoMargin) * this.traded(price)
  }

  /** Value of `size` at `price`: signed for stocks, margin (≥ 0) for futures. */
  value(size: number, price: number): number {
    return this.stockLike ? size * this.traded(price) * this.unitValue : Math.abs(size) * this.margin(price)
  }

  /** Cash needed to open `size`, before leverage. */
  cost(size: number, price: number): number {
    return Math.abs(size) * (this.stockLike ? this.traded(price) * this.unitValue : this.margin(price))
  }

  /** Gain of `size` from `from` to `to`. */
  gain(size: number, from: number, to: number): number {
    return size * (to - from) * this.#pointValue
  }

  /** Cash settled when a futures price moves; stocks settle on closing. */
  settlement(size: number, from: number, to: number): number {
    return this.stockLike ? 0 : size * (to - from) * this.#pointValue
  }

  /** Interest of `days` calendar days on a position, from its average price ($-06). */
  interest(size: number, averagePrice: number, days: number): number {
    if (size === 0 || (size > 0 && !this.terms.interestLong)) return 0
    return days * this.#dailyInterest * Math.abs(size) * this.traded(averagePrice)
  }

  /** What `size` stands for in the market at `price` (≥ 0), whatever it ties up. */
  exposure(size: number, price: number): number {
    return Math.abs(size * this.traded(price)) * this.multiplier
  }

  get chargesInterest(): boolean {
    return this.#dailyInterest !== 0
  }

  /** Whole units that `cash` buys at `price` ($-07): floored before leverage. */
  affordable(price: number, cash: number): number {
    const unit = this.stockLike ? this.traded(price) * this.unitValue : this.margin(price)
    return Math.trunc(this.leverage * floorDivide(cash, unit))
  }
}
