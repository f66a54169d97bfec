const a = 0.0962
const b = 0.5769
const degrees = 45 / Math.atan(1)

/** One of the four quadrature filters: even and odd bars have histories of their own. */
class QuadratureFilter {
  /** For even bars, then the same for odd ones: three scaled inputs, the scaled one before, the input before. */
  readonly #state = new Float64Array(10)
  value = 0.1

  restart(): void {
    this.#state.fill(0)
    this.value = 0
  }

  /** `half` is 0 on even bars, 5 on odd ones; `slot` counts pairs of bars, 0 … 2. */
  take(input: number, half: number, slot: number, scale: number): void {
    const state = this.#state
    const scaled = a * input
    let value = -(state[half + slot] as number)
    state[half + slot] = scaled
    value += scaled
    value -= state[half + 3] as number
    state[half + 3] = b * (state[half + 4] as number)
    value += state[half + 3] as number
    state[half + 4] = input
    this.value = value * scale
  }
}

/**
 * Ehlers' measure of the dominant cycle by a Hilbert transform, as TA-Lib computes it: a four-bar weighted average, four
 * quadrature filters, and the period from the turn between two bars, held between 6 and 50 bars and smoothed.
 */
export class DominantCycle {
  /** The smoothed price. */
  smooth = 0.1
  /** In-phase and quadrature part. */
  inPhase = 0.1
  quadrature = 0.1
  /** Smoothed twice. */
  period = 0.1
  readonly #quiet: number
  readonly #detrender = new QuadratureFilter()
  readonly #q1 = new QuadratureFilter()
  readonly #jI = new QuadratureFilter()
  readonly #jQ = new QuadratureFilter()
  /** The last four prices, by age. */
  readonly #prices = new Float64Array(4)
  #sum = 0.1
  #weighted = 0.1
  #leaving = 0.1
  #measured = 0.1
  #slot = 0
  #i2 = 0.1
  #q2 = 0.1
  #re = 0.1
  #im = 0.1
  /** The detrender one and two bars ago for odd bars, then for even ones. */
  readonly #delayed = new Float64Array(4)

  /** `quiet`: bars at the start of a stretch that are smoothed only. */
  constructor(quiet: number) {
    this.#quiet = quiet
  }

  restart(): void {
    for (const filter of [this.#detrender, this.#q1, this.#jI, this.#jQ]) filter.restart()
    this.#sum = this.#weighted = this.#leaving = this.#measured = this.period = 0
    this.#i2 = this.#q2 = this.#re = this.#im = this.smooth = this.inPhase = this.quadrature = 0
    this.#slot = 0
    this.#delayed.fill(0)
  }

  /** Takes one value; false while it is only smoothed. */
  take(value: number, age: number): boolean {
    this.#smoothPrice(value, age)
    if (age < this.#quiet) return false
    this.#transform(age % 2)
    this.#measure()
    return true
  }

  #smoothPrice(value: number, age: number): void {
    if (age < 3) {
      this.#sum += value
      this.#weighted += value * (age + 1)
    } else {
      this.#sum += value
      this.#sum -= this.#leaving
      this.#weighted += value * 4
      this.#leaving = this.#prices[(age - 3) % 4] as number
      this.smooth = this.#weighted * 0.1
      this.#weighted -= this.#sum
    }
    this.#prices[age % 4] = value
  }

  #transform(odd: number): void {
    const scale = 0.075 * this.#measured + 0.54
    const half = odd * 5
    const slot = this.#slot
    const delayed = this.#delayed
    this.#detrender.take(this.smooth, half, slot, scale)
    this.#q1.take(this.#detrender.value, half, slot, scale)
    // The in-phase part is the detrender three bars ago, kept for bars of the other kind
    const inPhase = delayed[odd === 1 ? 1 : 3] as number
    this.#jI.take(inPhase, half, slot, scale)
    this.#jQ.take(this.#q1.value, half, slot, scale)
    if (odd === 0) this.#slot = slot === 2 ? 0 : slot + 1
    const other = odd === 1 ? 2 : 0
    delayed[other + 1] = delayed[other] as number
    delayed[other] = this.#detrender.value
    this.inPhase = inPhase
    this.quadrature = this.#q1.value
    const q2 = 0.2 * (this.#q1.value + this.#jI.value) + 0.8 * this.#q2
    const i2 = 0.2 * (inPhase - this.#jQ.value) + 0.8 * this.#i2
    this.#re = 0.2 * (i2 * this.#i2 + q2 * this.#q2) + 0.8 * this.#re
    this.#im = 0.2 * (i2 * this.#q2 - q2 * this.#i2) + 0.8 * this.#im
    this.#q2 = q2
    this.#i2 = i2
  }

  #measure(): void {
    const before = this.#measured
    let period = before
    if (this.#im !== 0 && this.#re !== 0) period = 360 / (Math.atan(this.#im / this.#re) * degrees)
    if (period > 1.5 * before) period = 1.5 * before
    if (period < 0.67 * before) period = 0.67 * before
    if (period < 6) period = 6
    else if (period > 50) period = 50
    this.#measured = 0.2 * period + 0.8 * before
    this.period = 0.33 * this.#measured + 0.67 * this.period
  }
}
