/** Limits outside the strategy, checked before an order leaves; null: no limit. Orders that only reduce always pass. */
export interface RiskLimits {
  /** Units of one order. */
  readonly orderQuantity: number | null
  /** Units held of one instrument with the order filled, either way. */
  readonly position: number | null
  /** Gross value of all positions with the order filled, in money of the account. */
  readonly exposure: number | null
  /** Loss since the day began (in the first instrument's zone) from which on nothing is opened, in money. */
  readonly dailyLoss: number | null
  /** Orders in any 60 seconds. */
  readonly ordersPerMinute: number | null
  /** How far a limit or stop price may be from the last price, percent of it. */
  readonly pricePercent: number | null
  /** An order equal to one that was made less than this many milliseconds ago is taken for a mistake. */
  readonly repeatMs: number | null
}

export const noLimits: RiskLimits = {
  orderQuantity: null,
  position: null,
  exposure: null,
  dailyLoss: null,
  ordersPerMinute: null,
  pricePercent: null,
  repeatMs: null,
}
