import type { InstrumentId } from './ids.ts'

export type InstrumentKind = 'index' | 'stock' | 'etf' | 'future' | 'fx' | 'crypto' | 'cfd' | 'other'

/**
 * Something with prices that can be traded (or, for an index, simulated).
 * Named InstrumentRecord because a strategy's `Instrument` is this record plus its data and orders.
 */
export interface InstrumentRecord {
  readonly id: InstrumentId
  /** The text its venue uses. */
  readonly symbol: string
  readonly name: string
  readonly kind: InstrumentKind
  /** ISO 4217, or a crypto code. */
  readonly currency: string
  /** Smallest price step, > 0. */
  readonly tickSize: number
  /** Smallest quantity step, > 0. */
  readonly lotSize: number
  /** Cash value of one price point of one unit. 1 for stocks. */
  readonly multiplier: number
  /** IANA zone of its exchange. */
  readonly zone: string
  /** Calendar of its trading days and hours (`tickwright calendars`); absent: every day, around the clock. */
  readonly calendar?: string | undefined
  /** True for generated data: every screen then says SIM. */
  readonly simulated: boolean
}

/** Decimals needed to show every price of this tick size: 0.01 → 2, 0.25 → 2, 1 → 0. */
export function priceDecimals(tickSize: number): number {
  for (let decimals = 0; decimals < 10; decimals++) {
    const scaled = tickSize * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) return decimals
  }
  return 10
}
