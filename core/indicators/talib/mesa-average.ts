import type { Average } from '../averages.ts'
import { DominantCycle } from './dominant-cycle.ts'

const degrees = 180 / (4 * Math.atan(1))
/** Bars before its first value: 12 that are smoothed only, 20 for the transform to settle. */
const lookback = 32

/**
 * Ehlers' MESA adaptive average: the faster the phase of the cycle falls, the slower it follows, between two limits. The
 * following average (FAMA) goes half as fast. Starts again after a gap.
 */
export class MesaAverage implements Average {
  readonly #fast: number
  readonly #slow: number
  readonly #cycle = new DominantCycle(12)
  #age = 0
  #mama = 0.1
  #fama = 0.1
  #phase = 0.1

  constructor(fast: number, slow: number) {
    this.#fast = fast
    this.#slow = slow
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.#take(input[i] as number)
      output[i] = this.#age > lookback ? this.#mama : Number.NaN
    }
  }

  /** MAMA and FAMA together. */
  follow(input: Float64Array, outputs: readonly [Float64Array, Float64Array], from: number, to: number): void {
    const [mama, fama] = outputs
    for (let i = from; i < to; i++) {
      this.#take(input[i] as number)
      const isKnown = this.#age > lookback
      mama[i] = isKnown ? this.#mama : Number.NaN
      fama[i] = isKnown ? this.#fama : Number.NaN
    }
  }

  #take(value: number): void {
    if (value - value !== 0) {
      this.#age = 0
      return
    }
    const cycle = this.#cycle
    if (this.#age === 0) {
      cycle.restart()
      this.#mama = this.#fama = this.#phase = 0
    }
    if (cycle.take(value, this.#age++)) {
      const phase = cycle.inPhase === 0 ? 0 : Math.atan(cycle.quadrature / cycle.inPhase) * degrees
      const turn = Math.max(1, this.#phase - phase)
      this.#phase = phase
      const weight = turn > 1 ? Math.max(this.#fast / turn, this.#slow) : this.#fast
      this.#mama = weight * value + (1 - weight) * this.#mama
      this.#fama = 0.5 * weight * this.#mama + (1 - 0.5 * weight) * this.#fama
    }
  }
}
