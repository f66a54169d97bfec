/** How far, and when, a fill is worse than its reference price (01 section 8.4). `ratio` wins over `points`. */
export interface SlippageRules {
  readonly ratio: number
  readonly points: number
  /** Market orders and gaps at the open slip too. */
  readonly atOpen: boolean
  /** Beyond the bar's range: fill at its edge instead of not filling. */
  readonly match: boolean
  /** As `match`, for prices with a limit. */
  readonly matchLimit: boolean
  /** Beyond the bar's range: fill there all the same. */
  readonly outside: boolean
}

export const noSlippage: SlippageRules = {
  ratio: 0,
  points: 0,
  atOpen: false,
  match: true,
  matchLimit: true,
  outside: false,
}

/**
 * The price slipped against the buyer (`side` 1) or seller (−1), at most to `edge`; NaN: no match on this bar.
 * `limited`: the price belongs to an order with a limit.
 */
export function slip(rules: SlippageRules, side: number, price: number, edge: number, limited: boolean): number {
  let slipped: number
  if (rules.ratio !== 0) slipped = price * (1 + side * rules.ratio)
  else if (rules.points !== 0) slipped = price + side * rules.points
  else return price
  if ((edge - slipped) * side >= 0) return slipped
  if (rules.match || (limited && rules.matchLimit)) return rules.outside ? slipped : edge
  return Number.NaN
}
