/**
 * So many a second on average, `burst` of them at once: requests to a venue, or attempts to connect that all sources
 * make together. Who wants one asks when it may be and keeps to the answer.
 */
export class RateBudget {
  readonly #gapMs: number
  readonly #burst: number
  /** When the budget would be whole again. */
  #spentUntil = Number.NEGATIVE_INFINITY

  constructor(perSecond: number, burst: number) {
    this.#gapMs = 1000 / perSecond
    this.#burst = burst
  }

  /** Takes one, wanted at `time` (EpochMs), and says when it may be: then or later. */
  take(time: number): number {
    const when = Math.max(time, this.#spentUntil - this.#gapMs * (this.#burst - 1))
    this.#spentUntil = Math.max(this.#spentUntil, when) + this.#gapMs
    return when
  }
}
