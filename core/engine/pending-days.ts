/**
 * The listed days of a month or week that have not come yet. Upstream has a slip: a day that is passed over while another
 * one is still listed counts as hit, and uses up that other one too (`upstream` true).
 */
export class PendingDays {
  readonly #days: readonly number[]
  readonly #carries: boolean
  readonly #upstream: boolean
  #period = Number.NaN
  #pending: number[] = []

  /** `days` ascending; `carries`: a day that never came counts on the next one that does. */
  constructor(days: readonly number[], carries: boolean, upstream: boolean) {
    this.#days = days
    this.#carries = carries
    this.#upstream = upstream
  }

  /** Takes the next day of the data, and says whether it counts. `period` tells one month or week from another. */
  takes(period: number, day: number): boolean {
    if (this.#days.length === 0) return true
    let carried = false
    if (period !== this.#period) {
      carried = this.#carries && this.#pending.length > 0
      this.#period = period
      this.#pending = [...this.#days]
    }
    const pending = this.#pending
    const past = pending.filter((listed) => listed < day).length
    if (past > 0 && this.#carries) carried = true
    const slips = this.#upstream && past > 0 && past < pending.length
    const hit = pending[past] === day || slips
    pending.splice(0, past + (hit ? 1 : 0))
    return carried || hit
  }
}
