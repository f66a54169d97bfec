import type { EquityCurve } from './curve-scan.ts'

/** A curve from which money paid in and out has been taken: what is left is what trading did. */
export interface TradedCurve {
  /** Grows as the account would have grown without the flows (time-weighted). */
  readonly weighted: EquityCurve
  /** Initial cash plus what was gained so far, money. */
  readonly gains: Float64Array
  /** Everything paid in less everything paid out. */
  readonly paidIn: number
}

/** Takes the flows out of a curve; each is part of the equity of its row. */
export function withoutFlows({ time, equity }: EquityCurve, flows: Float64Array, initialCash: number): TradedCurve {
  const weighted = new Float64Array(equity.length)
  const gains = new Float64Array(equity.length)
  let paidIn = 0
  let before = initialCash
  let growth = initialCash
  for (let row = 0; row < equity.length; row++) {
    const value = equity[row] as number
    const flow = flows[row] ?? 0
    paidIn += flow
    growth *= before === 0 ? 1 : (value - flow) / before
    weighted[row] = growth
    gains[row] = value - paidIn
    before = value
  }
  return { weighted: { time, equity: weighted }, gains, paidIn }
}
