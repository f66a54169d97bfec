import type { Instrument } from './instrument.ts'

/** What a sizer is asked with: an order that names no quantity. */
export interface SizeRequest {
  /** What is traded. */
  readonly instrument: Instrument
  /** `buy` or `sell`. */
  readonly side: 'buy' | 'sell'
  /** The price at which the order waits, else the last price. */
  readonly price: number
  /** Price of its protective stop (`.stop(p)`); NaN without one. */
  readonly stop: number
  /** Units held, negative when short. */
  readonly position: number
  /** Free cash of the account. */
  readonly cash: number
  /** Cash plus the value of all positions. */
  readonly equity: number
  /** Net results of the closed trades so far, oldest first. */
  readonly results: readonly number[]
}

/** Says how many units an order without a quantity trades; 0, NaN or less: the order is not sent. */
export type Sizer = (request: SizeRequest) => number

/** Always `units`, or a `tranches`-th of them in whole units (backtrader's FixedSize). */
export function fixedSize(units = 1, tranches = 1): Sizer {
  const size = tranches > 1 ? Math.abs(Math.trunc(units / tranches)) : units
  return () => size
}

/** `units` to open, twice as many while a position is held, which turns it round (FixedReverser). */
export function fixedReverser(units = 1): Sizer {
  return ({ position }) => (position === 0 ? units : 2 * units)
}

/** The size to hold after the next of `tranches` steps towards `units`; for `i.targetSize` (FixedSizeTarget). */
export function fixedSizeTarget(units = 1, tranches = 1): Sizer {
  if (tranches <= 1) return () => units
  const step = Math.abs(Math.trunc(units / tranches))
  return ({ position }) => Math.min(position + step, units)
}

/**
 * `percent` of the free cash at the last price; the whole position while one is held (PercentSizer; PercentSizerInt with
 * `whole`).
 */
export function percentOfCash(percent = 20, options: { readonly whole?: boolean } = {}): Sizer {
  return ({ cash, position, instrument }) => {
    const units = position === 0 ? (cash / instrument.last) * (percent / 100) : Math.abs(position)
    return options.whole === true ? Math.trunc(units) : units
  }
}

/** All of the free cash at the last price (AllInSizer; AllInSizerInt with `whole`). */
export function allIn(options: { readonly whole?: boolean } = {}): Sizer {
  return percentOfCash(100, options)
}

/**
 * So many units that the stop would lose `ratio` of equity: equity · ratio / (distance to the stop · multiplier), rounded
 * down to lots. An order without `.stop(p)` is not sent.
 */
export function riskPerTrade(ratio = 0.01): Sizer {
  return ({ equity, price, stop, instrument }) => wholeLots((equity * ratio) / Math.abs(price - stop), instrument)
}

/**
 * So many units that one `volatility` (a line of the instrument in price points, e.g. an average true range hung on it
 * with `use`) moves equity by `ratio`; rounded down to lots.
 */
export function volatilityTarget(ratio: number, volatility: string): Sizer {
  return ({ equity, instrument }) =>
    wholeLots((equity * ratio) / (instrument[volatility]?.now ?? Number.NaN), instrument)
}

/** Of what `kellyFraction` is made. */
export interface KellyOptions {
  /** The part of the full fraction to use; 0.5 = half Kelly (default). */
  readonly part?: number
  /** Ratio of trades that win; measured from the run's closed trades unless given. */
  readonly winRate?: number
  /** Average win over average loss; measured unless given. */
  readonly payoff?: number
  /** Closed trades before measuring starts; default 30. */
  readonly after?: number
  /** Ratio of equity to trade until then; default 0.02. */
  readonly start?: number
}

/**
 * Kelly's fraction of equity: win rate − (1 − win rate) / payoff, times `part`; nothing when it is below 0. Without given
 * figures they are measured from the closed trades.
 */
export function kellyFraction(options: KellyOptions = {}): Sizer {
  const { part = 0.5, after = 30, start = 0.02 } = options
  return ({ equity, price, results, instrument }) => {
    const known = options.winRate !== undefined && options.payoff !== undefined
    const ratio = known || results.length >= after ? part * kelly(results, options) : start
    return wholeLots((equity * Math.max(0, ratio)) / price, instrument)
  }
}

function kelly(results: readonly number[], { winRate, payoff }: KellyOptions): number {
  const wins = results.filter((result) => result > 0)
  const losses = results.filter((result) => result < 0)
  const chance = winRate ?? wins.length / results.length
  const ratio = payoff ?? mean(wins) / -mean(losses)
  if (chance === 1) return 1
  return chance - (1 - chance) / ratio
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** `amount` is money per price point: units are that over the value of a point, in whole lots. */
function wholeLots(amount: number, { multiplier, lotSize }: Instrument): number {
  const lots = Math.floor(amount / multiplier / lotSize + 1e-9)
  return Number.isFinite(lots) ? lots * lotSize : Number.NaN
}
