import type { Average } from '../averages.ts'

/** A window of values that also tells the one at its start; starts again after a gap. */
class ValueWindow {
  readonly #values: Float64Array
  #slot = 0
  count = 0

  constructor(period: number) {
    this.#values = new Float64Array(period)
  }

  clear(): void {
    this.count = 0
    this.#slot = 0
  }

  push(value: number): void {
    this.#values[this.#slot] = value
    this.#slot = this.#slot + 1 === this.#values.length ? 0 : this.#slot + 1
    if (this.count < this.#values.length) this.count++
  }

  /** The value `index` places after the oldest. */
  at(index: number): number {
    const size = this.#values.length
    const first = this.count < size ? 0 : this.#slot
    return this.#values[(first + index) % size] as number
  }
}

/** Weights 1 … period, the newest weighs most, by two sums that run along as TA-Lib's do. */
export class RisingAverage implements Average {
  readonly #window: ValueWindow
  readonly #period: number
  #plain = 0.1
  #weighted = 0.1
  /** The oldest value of a full window; taken off after the next one has been added. */
  #leaving = 0.1

  constructor(period: number) {
    this.#period = period
    this.#window = new ValueWindow(period)
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const divisor = (period * (period + 1)) / 2
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      output[i] = Number.NaN
      if (value - value !== 0) this.#window.clear()
      else if (this.#take(value) === period) {
        output[i] = this.#weighted / divisor
        this.#weighted -= this.#plain
        this.#leaving = this.#window.at(0)
      }
    }
  }

  /** Adds a value; says how many there are. */
  #take(value: number): number {
    const window = this.#window
    if (window.count === 0) {
      this.#plain = 0
      this.#weighted = 0
      this.#leaving = 0
    }
    window.push(value)
    this.#plain += value
    this.#plain -= this.#leaving
    this.#weighted += value * window.count
    return window.count
  }
}

/**
 * Weights that rise by 1 to the middle of the window and fall again. The numerator moves along by the sums of the two
 * halves, in TA-Lib's order.
 */
export class TriangularAverage implements Average {
  readonly #window: ValueWindow
  readonly #period: number
  #numerator = 0.1
  #rising = 0.1
  #falling = 0.1
  #isFull = false

  constructor(period: number) {
    this.#period = period
    this.#window = new ValueWindow(period)
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const half = Math.floor(period / 2)
    const factor = 1 / ((period - half) * (half + 1))
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      if (value - value === 0) this.#take(value)
      else {
        this.#window.clear()
        this.#isFull = false
      }
      output[i] = this.#isFull ? this.#numerator * factor : Number.NaN
    }
  }

  #take(value: number): void {
    const window = this.#window
    if (this.#isFull) {
      this.#move(value, window.at(0))
      return
    }
    window.push(value)
    if (window.count < this.#period) return
    this.#isFull = true
    this.#begin()
  }

  /** Index of the last value of the rising half; an odd window counts its middle there. */
  get #middle(): number {
    return Math.floor((this.#period - 1) / 2)
  }

  #begin(): void {
    this.#numerator = 0
    this.#rising = 0
    this.#falling = 0
    for (let index = this.#middle; index >= 0; index--) {
      this.#rising += this.#window.at(index)
      this.#numerator += this.#rising
    }
    for (let index = this.#middle + 1; index < this.#period; index++) {
      this.#falling += this.#window.at(index)
      this.#numerator += this.#falling
    }
  }

  #move(value: number, leaving: number): void {
    const isOdd = this.#period % 2 === 1
    const crossing = this.#window.at(this.#middle + 1)
    this.#numerator -= this.#rising
    this.#rising -= leaving
    this.#rising += crossing
    if (isOdd) this.#numerator += this.#falling
    this.#falling -= crossing
    if (!isOdd) this.#numerator += this.#falling
    this.#falling += value
    this.#numerator += value
    this.#window.push(value)
  }
}
