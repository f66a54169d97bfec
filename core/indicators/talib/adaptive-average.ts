import type { Average } from '../averages.ts'
import { isNothing } from './stretches.ts'

const slowest = 2 / (30 + 1)
const spread = 2 / (2 + 1) - slowest

/** Kaufman's adaptive average between the speeds of 2 and 30 bars; starts at the value before the first full window. */
export class AdaptiveAverage implements Average {
  readonly #window: Float64Array
  #average = 0.1
  #path = 0.1
  #left = 0.1
  #count = 0
  #slot = 0

  constructor(period: number) {
    // The window of `period` moves has one value more
    this.#window = new Float64Array(period + 1)
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      if (value - value === 0) this.#take(value)
      else this.#count = 0
      output[i] = this.#count === this.#window.length ? this.#average : Number.NaN
    }
  }

  #take(value: number): void {
    const window = this.#window
    const size = window.length
    if (this.#count === 0) {
      this.#slot = 0
      this.#path = 0
    }
    const slot = this.#slot
    const before = window[slot === 0 ? size - 1 : slot - 1] as number
    const next = slot + 1 === size ? 0 : slot + 1
    const wasFull = this.#count === size
    if (wasFull) this.#path -= Math.abs(this.#left - (window[next] as number))
    if (this.#count > 0) this.#path += Math.abs(value - before)
    window[slot] = value
    this.#slot = next
    if (!wasFull) this.#count++
    if (this.#count < size) return
    const oldest = window[next] as number
    if (!wasFull) this.#average = before
    this.#left = oldest
    const way = value - oldest
    const efficiency = this.#path <= way || isNothing(this.#path) ? 1 : Math.abs(way / this.#path)
    const weight = efficiency * spread + slowest
    this.#average = (value - this.#average) * (weight * weight) + this.#average
  }
}
