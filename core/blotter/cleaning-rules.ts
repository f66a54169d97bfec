/** What cleaning finds wrong with a message. */
export const cleaningRules = [
  'duplicate',
  'late',
  'no-price',
  'no-size',
  'spike',
  'crossed',
  'locked',
  'session',
  'bad-bar',
] as const
export type CleaningRule = (typeof cleaningRules)[number]

/** `kept`: it goes on as it is and is only counted. */
export type CleaningAction = 'dropped' | 'kept'

/** One thing that cleaning did, with what it was done to. */
export interface Correction {
  readonly instrument: string
  readonly kind: 'tick' | 'quote' | 'book' | 'bar'
  readonly rule: CleaningRule
  readonly action: CleaningAction
  /** Time of the message, EpochMs. */
  readonly time: number
  /** The value that the rule looked at: a price, a size, milliseconds of lateness. */
  readonly value: number
  /** When it was found, EpochMs. */
  readonly at: number
}

/** How an instrument's messages are cleaned. */
export interface CleaningLimits {
  /** Prices of zero and below are real (spreads, power, oil in April 2020). */
  readonly negativePrices: boolean
  /** Prints without a size are kept: some sources give none. */
  readonly sizelessPrints: boolean
  /**
   * A print is suspected when it is further from the median of the last 21 than this many times their usual distance
   * from it, and than `spikeFloor`; it stands when the next one confirms it. 0: never.
   */
  readonly spikeFactor: number
  /** Ratio of the price below which nothing is a spike. */
  readonly spikeFloor: number
}

export const defaultCleaning: CleaningLimits = {
  negativePrices: false,
  sizelessPrints: false,
  spikeFactor: 12,
  spikeFloor: 0.005,
}
