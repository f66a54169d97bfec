import type { FillerRules } from './fillers.ts'
import { noSlippage, type SlippageRules } from './slippage.ts'

/** Who wins when one bar touches several orders of a group: 01 K-04 and DESIGN 5.5. */
export type FillPolicy = 'pessimistic' | 'optimistic' | 'backtrader'

/** How the simulated broker behaves. The defaults are the fixed behaviour of 01 section 30. */
export interface BrokerRules {
  /** True: upstream's behaviour including its defects (X-02 … X-05). */
  readonly backtrader: boolean
  readonly fillPolicy: FillPolicy
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
}

export const defaultBrokerRules: BrokerRules = {
  backtrader: false,
  fillPolicy: 'pessimistic',
  slippage: noSlippage,
  filler: { kind: 'none' },
  checkSubmit: true,
  shortCash: true,
  interestInResult: true,
  cheatOnClose: false,
  cheatOnOpen: false,
}
