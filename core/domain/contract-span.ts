/**
 * A stretch of a continuous series that one contract gave. What the contract traded at is
 * `(price of the series − shift) / factor`.
 */
export interface ContractSpan {
  readonly code: string
  /** Open time of its first bar in the series: EpochMs. */
  readonly first: number
  /** Price points that the adjustment added; 0: none. */
  readonly shift: number
  /** What the adjustment multiplied prices by; 1: nothing. */
  readonly factor: number
  /** Price of this contract less that of the one before when it took over; null: the first one, or never known together. */
  readonly gap: number | null
}
