import type { Average } from '../averages.ts'

/**
 * The sum of the last `period` values divided by `divisor`, added up as TA-Lib adds: the new value first, the oldest
 * taken off after the result. Unlike RollingSum it keeps TA-Lib's rounding, which shows where sums nearly cancel
 * (variance, correlation, flat prices). Starts again after a gap.
 */
export class RunningTotal implements Average {
  readonly #window: Float64Array
  readonly #divisor: number
  #total = 0.1
  #count = 0
  #slot = 0

  constructor(period: number, divisor = 1) {
    this.#window = new Float64Array(period)
    this.#divisor = divisor
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const window = this.#window
    const period = window.length
    const divisor = this.#divisor
    let total = this.#total
    let count = this.#count
    let slot = this.#slot
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      output[i] = Number.NaN
      if (value - value !== 0) {
        count = 0
        continue
      }
      if (count === 0) {
        total = 0
        slot = 0
      }
      window[slot] = value
      slot = slot + 1 === period ? 0 : slot + 1
      total += value
      if (count + 1 < period) count++
      else {
        count = period
        output[i] = total / divisor
        total -= window[slot] as number
      }
    }
    this.#total = total
    this.#count = count
    this.#slot = slot
  }
}
