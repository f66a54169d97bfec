/** A sum this much smaller than it once was has lost digits to cancellation: add the window up again. */
const cancelled = 2 ** -30
/** Beyond this a window could overflow; such values count as undefined, as infinities do. */
const largest = 1e300

/**
 * Sum of the last `period` values divided by `divisor`, the sum as if added up exactly and rounded once (backtrader adds
 * with fsum). With `divisor` = `period` it is the simple moving average (I-008, I-018).
 *
 * Each bar adds the new value and subtracts the one that leaves; what either rounds away is kept (Knuth's TwoSum), so
 * the sum carries about 106 bits and its error after n bars stays near n · 2⁻¹⁰⁶ of the largest sum: 10⁻²⁴ after ten
 * million. Where large values cancel, the window is added up anew, so a window of zeros sums to exactly 0 whatever came
 * before. NaN while the window holds a NaN or an infinity, or is not yet full.
 */
export class RollingSum {
  /** A ring; slots not yet used hold 0. */
  readonly #window: Float64Array
  readonly #divisor: number
  /** The sum, what rounding took from it, and the largest sum since the window was last added up. */
  readonly #state = new Float64Array(3)
  #slot = 0
  /** Values until the window is full. */
  #missing: number

  constructor(period: number, divisor = 1) {
    this.#window = new Float64Array(period)
    this.#divisor = divisor
    this.#missing = period
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const window = this.#window
    const state = this.#state
    let sum = state[0] as number
    let error = state[1] as number
    let peak = state[2] as number
    let missing = this.#missing
    let slot = this.#slot
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      if (!(Math.abs(value) <= largest)) {
        window.fill(0, 0, window.length - missing)
        missing = window.length
        slot = sum = error = peak = 0
        output[i] = Number.NaN
        continue
      }
      const leaving = window[slot] as number
      window[slot] = value
      slot = slot + 1 === window.length ? 0 : slot + 1
      const grown = sum + value
      const growth = grown - sum
      const shrunk = grown - leaving
      const shrinkage = shrunk - grown
      error += sum - (grown - growth) + (value - growth) + (grown - (shrunk - shrinkage) - (leaving + shrinkage))
      sum = shrunk
      const size = Math.abs(sum)
      if (size > peak) {
        peak = size
      } else if (size < peak * cancelled) {
        addUp(window, state)
        sum = state[0] as number
        error = state[1] as number
        peak = state[2] as number
      }
      if (missing > 0) missing--
      output[i] = missing > 0 ? Number.NaN : (sum + error) / this.#divisor
    }
    state[0] = sum
    state[1] = error
    state[2] = peak
    this.#missing = missing
    this.#slot = slot
  }
}

function addUp(window: Float64Array, state: Float64Array): void {
  let sum = 0
  let error = 0
  for (const value of window) {
    const grown = sum + value
    const growth = grown - sum
    error += sum - (grown - growth) + (value - growth)
    sum = grown
  }
  state[0] = sum
  state[1] = error
  state[2] = Math.abs(sum)
}
