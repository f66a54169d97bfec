/** The side of an order or fill; `+1` and `−1` in columns. */
export type OrderSide = 'buy' | 'sell'

/** How an order executes (O-01). The index is the code in columns. */
export const orderTypes = [
  'market',
  'close',
  'limit',
  'stop',
  'stop-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'historical',
] as const
export type OrderType = (typeof orderTypes)[number]

/** Codes of `orderTypes` for hot paths. */
export const orderTypeCode = {
  market: 0,
  close: 1,
  limit: 2,
  stop: 3,
  stopLimit: 4,
  trailingStop: 5,
  trailingStopLimit: 6,
  historical: 7,
} as const

/** Why an order ended without a fill, or why it was made. The index is the code in columns; 0 = nothing to say. */
export const orderReasons = [
  '',
  'margin',
  'parent-gone',
  'oco',
  'bracket',
  'expired',
  'user',
  'exit',
  'target',
  'stop',
  'withdrawn',
  'size',
  'lot',
  'immediate',
  'margin-call',
  'paused',
  'risk-quantity',
  'risk-position',
  'risk-exposure',
  'risk-loss',
  'risk-rate',
  'risk-collar',
  'risk-duplicate',
  'unresolved',
  'venue',
  'lost',
  'stale',
] as const
export type OrderReason = (typeof orderReasons)[number]

export const orderReasonCode = {
  none: 0,
  margin: 1,
  parentGone: 2,
  oco: 3,
  bracket: 4,
  expired: 5,
  user: 6,
  exit: 7,
  target: 8,
  stop: 9,
  withdrawn: 10,
  size: 11,
  /** Less than one lot. */
  lot: 12,
  /** Could not be filled (completely) at once, as it asked. */
  immediate: 13,
  marginCall: 14,
  /** New entries are paused. */
  paused: 15,
  riskQuantity: 16,
  riskPosition: 17,
  riskExposure: 18,
  riskLoss: 19,
  riskRate: 20,
  riskCollar: 21,
  riskDuplicate: 22,
  /** Nobody knows yet what became of an order at the venue. */
  unresolved: 23,
  /** The venue refused or ended it. */
  venue: 24,
  /** It never arrived at the venue. */
  lost: 25,
  /** It was wanted too long ago to be sent now. */
  stale: 26,
} as const
