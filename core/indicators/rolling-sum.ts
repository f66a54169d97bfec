/** A sum this much smaller than it once was has lost digits to cancellation: add the window up again. */
const cancelled = 2 ** -30
/** A ceiling that no sum fits under: the next bar is looked at closely. */
const closed = -1

/**
 * Sum of the last `period` values divided by `divisor`, the sum as if added up exactly and rounded once (backtrader adds
 * with fsum). With `divisor` = `period` it is the simple moving average (I-008, I-018).
 *
 * Each bar adds the new value less the one that leaves; what rounding takes is kept (Knuth's TwoSum), so the sum carries
 * about 106 bits and its error after n bars stays near n · 2⁻¹⁰⁶ of the largest sum: 10⁻²⁴ after ten million. Where
 * large values cancel, the window is added up anew, so a window of zeros sums to exactly 0 whatever came before. NaN
 * while the window holds a NaN or an infinity, or is not yet full.
 */
export class RollingSum {
  /** A ring; slots not yet used hold 0. */
  readonly #window: Float64Array
  readonly #divisor: number
  /** The sum, what rounding took from it, and the ceiling up to which `#ordinary` lets it grow. */
  readonly #state = Float64Array.of(0, 0, closed)
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
    let i = this.#ordinary(input, output, from, to)
    while (i < to) {
      output[i] = this.#step(input[i] as number)
      i = this.#ordinary(input, output, i + 1, to)
    }
  }

  /**
   * The hot loop, for a full window whose sum neither outgrows its ceiling nor cancels; returns the first bar that is
   * not like that. It calls nothing: with a call inside, V8 would load every array and field anew for each bar.
   */
  #ordinary(input: Float64Array, output: Float64Array, from: number, to: number): number {
    const window = this.#window
    const divisor = this.#divisor
    const ceiling = this.#state[2] as number
    const floor = ceiling * cancelled
    let sum = this.#state[0] as number
    let error = this.#state[1] as number
    let slot = this.#slot
    let i = from
    for (; i < to; i++) {
      const value = input[i] as number
      const leaving = window[slot] as number
      const change = value - leaving
      const next = sum + change
      const size = Math.abs(next)
      if (!(size <= ceiling && size >= floor)) break
      const replaced = value - change
      const grown = next - sum
      error += value - (change + replaced) + (replaced - leaving) + (sum - (next - grown) + (change - grown))
      sum = next
      window[slot] = value
      slot = slot + 1 === window.length ? 0 : slot + 1
      output[i] = (sum + error) / divisor
    }
    this.#state[0] = sum
    this.#state[1] = error
    this.#slot = slot
    return i
  }

  /** The same for any bar: warm-up, gaps, sums that outgrow their ceiling or cancel. */
  #step(value: number): number {
    const window = this.#window
    const state = this.#state
    const leaving = window[this.#slot] as number
    window[this.#slot] = value
    this.#slot = this.#slot + 1 === window.length ? 0 : this.#slot + 1
    addTo(state, value)
    addTo(state, -leaving)
    const sum = state[0] as number
    if (!Number.isFinite(sum)) return this.#clear()
    if (Math.abs(sum) < (state[2] as number) * cancelled) addUp(window, state)
    if (this.#missing > 0) this.#missing--
    if (this.#missing > 0) return Number.NaN
    state[2] = 2 * Math.abs(state[0] as number)
    return ((state[0] as number) + (state[1] as number)) / this.#divisor
  }

  /** Starts over after a value that cannot be added; only slots in use are cleared, gap after gap costs nothing. */
  #clear(): number {
    const used = this.#missing > 0 ? this.#window.length - this.#missing + 1 : this.#window.length
    this.#window.fill(0, 0, used)
    this.#missing = this.#window.length
    this.#slot = 0
    this.#state.set([0, 0, closed])
    return Number.NaN
  }
}

/** Adds to a sum and to what rounding took from it. */
function addTo(state: Float64Array, value: number): void {
  const sum = state[0] as number
  const next = sum + value
  const grown = next - sum
  state[0] = next
  state[1] = (state[1] as number) + (sum - (next - grown) + (value - grown))
}

function addUp(window: Float64Array, state: Float64Array): void {
  state[0] = 0
  state[1] = 0
  for (const value of window) addTo(state, value)
}
