/** How a run's broker was set up, in the shapes of core/contract/broker-schemas.ts (a type test keeps them equal). */
interface Financing {
  leverage?: number | undefined
  interest?: number | undefined
  interestLong?: boolean | undefined
}

interface FreeTrades extends Financing {
  kind: 'none'
}

interface PercentCommission extends Financing {
  kind: 'percent'
  rate: number
}

interface FixedCommission extends Financing {
  kind: 'fixed'
  perUnit: number
}

interface FuturesCommission extends Financing {
  kind: 'futures'
  perContract: number
  margin: number
  multiplier: number
  rate?: number | undefined
  autoMargin?: number | undefined
}

export type RunCommission = FreeTrades | PercentCommission | FixedCommission | FuturesCommission

interface SlippageDetails {
  atOpen?: boolean | undefined
  match?: boolean | undefined
  matchLimit?: boolean | undefined
  outside?: boolean | undefined
}

interface PercentSlippage extends SlippageDetails {
  kind: 'percent'
  ratio: number
}

interface FixedSlippage extends SlippageDetails {
  kind: 'fixed'
  points: number
}

export type RunSlippage = { kind: 'none' } | PercentSlippage | FixedSlippage

export type RunFiller =
  | { kind: 'none' }
  | { kind: 'fixed-size'; size: number | null }
  | { kind: 'bar-percent'; percent: number }
  | { kind: 'bar-point-percent'; minimumMove: number | null; percent: number }

export type RunFillPolicy = 'pessimistic' | 'optimistic' | 'backtrader' | 'ohlc-path' | 'magnified' | 'tick' | 'quote'

export interface RunBroker {
  filler?: RunFiller | undefined
  cheatOnClose?: boolean | undefined
  cheatOnOpen?: boolean | undefined
  checkSubmit?: boolean | undefined
  shortCash?: boolean | undefined
  interestInResult?: boolean | undefined
  trailSource?: 'close' | 'high-low' | undefined
  ocoOn?: 'execution' | 'completion' | undefined
  resizeExits?: boolean | undefined
  stopLimitReturn?: boolean | undefined
  feeCountsMultiplier?: boolean | undefined
  delayBars?: number | undefined
  lots?: 'whole' | 'exact' | undefined
  futures?: 'contract' | 'series' | undefined
  exits?: 'once' | 'each' | undefined
  marginCall?: { maintenance: number } | undefined
  fund?: { start: number; history?: { time: number; share: number; value: number }[] | undefined } | undefined
  cashFlows?: { time: number; amount: number }[] | undefined
  history?: { instrument: string; time: number; size: number; price: number }[] | undefined
  commissions?: Record<string, RunCommission> | undefined
}

export interface RunMarketFile {
  instrument: string
  kind: 'tick' | 'quote'
  path: string
}

/** How much an order without a quantity trades: `sizerSchema` of the contract. */
export type RunSizer =
  | { kind: 'fixed'; units: number }
  | { kind: 'percent'; percent: number }
  | { kind: 'all-in' }
  | { kind: 'risk'; ratio: number }
