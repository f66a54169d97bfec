/**
 * Sum of the last `period` values, as if added up exactly and rounded once (backtrader adds with fsum).
 *
 * Bars are cut into blocks of `period`. Each window is a tail of the previous block plus a head of the current one, so
 * nothing is ever subtracted: no drift however long the series, a window of zeros sums to exactly 0, and a NaN (or an
 * infinity) is gone as soon as it leaves the window. Both parts carry their rounding error along (Knuth's TwoSum),
 * which keeps about 106 bits. NaN until `period` values have been seen.
 */
export class RollingSum {
  readonly #period: number
  /** Tail sums of the previous block from index `#position + 1` on; below that, raw values of the current block. */
  readonly #tails: Float64Array
  readonly #tailErrors: Float64Array
  #position = 0
  #head = 0
  #headError = 0

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = 0
    this.#tailErrors = new Float64Array(period + 1)
  }

  step(value: number): number {
    const position = this.#position
    const next = position + 1
    const before = this.#head
    const head = before + value
    const added = head - before
    const headError = this.#headError + (before - (head - added) + (value - added))
    const tail = this.#tails[next] as number
    const total = head + tail
    const joined = total - head
    const error = head - (total - joined) + (tail - joined)
    const sum = total + (error + headError + (this.#tailErrors[next] as number))
    this.#tails[position] = value
    if (next === this.#period) {
      this.#closeBlock()
    } else {
      this.#position = next
      this.#head = head
      this.#headError = headError
    }
    return sum
  }

  #closeBlock(): void {
    const tails = this.#tails
    const errors = this.#tailErrors
    let tail = 0
    let error = 0
    for (let index = this.#period - 1; index >= 0; index--) {
      const value = tails[index] as number
      const sum = tail + value
      const added = sum - tail
      error += tail - (sum - added) + (value - added)
      tail = sum
      tails[index] = tail
      errors[index] = error
    }
    this.#position = 0
    this.#head = 0
    this.#headError = 0
  }
}
