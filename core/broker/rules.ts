import type { FillerRules } from './fillers.ts'
import { noSlippage, type SlippageRules } from './slippage.ts'

/**
 * What is assumed to happen inside a bar: 01 K-04 and DESIGN 5.5. The first three say who wins when one bar touches
 * several orders of a group; `ohlc-path` walks open, nearer extreme, other extreme, close; the last three walk finer
 * prices of the same instrument: bars, ticks, quotes.
 */
export type FillPolicy = 'pessimistic' | 'optimistic' | 'backtrader' | 'ohlc-path' | 'magnified' | 'tick' | 'quote'

/** True when a policy matches a bar as a whole. */
export function isWhole(policy: FillPolicy): boolean {
  return policy === 'pessimistic' || policy === 'optimistic' || policy === 'backtrader'
}

/** How the simulated broker behaves. The defaults are the fixed behaviour of 01 section 30. */
export interface BrokerRules {
  /** True: upstream's behaviour including its defects (X-02 … X-05). */
  readonly backtrader: boolean
  readonly fillPolicy: FillPolicy
  /** Every event is a price without a range, so that slippage has no bar to end at; so it is with ticks and quotes. */
  readonly arePoints: boolean
  readonly slippage: SlippageRules
  readonly filler: FillerRules
  /** Tries every new order against the cash before it is accepted (M-01). */
  readonly checkSubmit: boolean
  /** True: selling short adds cash and the position is worth less than zero. */
  readonly shortCash: boolean
  /** Charged interest is part of the closing fee of the trade (int2pnl). */
  readonly interestInResult: boolean
  /** Market orders fill at the close of the bar that made them. */
  readonly cheatOnClose: boolean
  /** Market orders made before the broker's turn fill at the same bar's open. */
  readonly cheatOnOpen: boolean
  /** What a trailing stop follows: each bar's close (T-02), or its high (of a sell) or low (of a buy). */
  readonly trailSource: 'close' | 'high-low'
  /** When one order of a group ends the others: with any part of it filled (upstream, X-10) or with all of it. */
  readonly ocoOn: 'execution' | 'completion'
  /** A partly filled exit of a bracket reduces its sibling (X-11; upstream leaves it). */
  readonly resizeExits: boolean
  /** A stop-limit whose bar closes beyond the limit again fills on it, whatever the bar's colour (X-05, second half). */
  readonly stopLimitReturn: boolean
  /** Bars that an order travels before it can match; 0 in ordinary runs. */
  readonly delayBars: number
  /** An order that only reduces a position needs no cash when it is submitted. */
  readonly freeExits: boolean
}

export const defaultBrokerRules: BrokerRules = {
  backtrader: false,
  fillPolicy: 'pessimistic',
  arePoints: false,
  slippage: noSlippage,
  filler: { kind: 'none' },
  checkSubmit: true,
  shortCash: true,
  interestInResult: true,
  cheatOnClose: false,
  cheatOnOpen: false,
  trailSource: 'close',
  ocoOn: 'execution',
  resizeExits: false,
  stopLimitReturn: false,
  delayBars: 0,
  freeExits: false,
}
