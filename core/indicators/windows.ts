/**
 * Highest value of the last `period` (I-005): the larger of a tail of the previous block and a head of the current one,
 * so a bar costs the same whatever the period and the data. NaN while the window holds a NaN or is not yet full.
 */
export class RollingHighest {
  readonly #period: number
  /** Previous block from `#position + 1` on: the extreme of its tail from there. Below that: raw values. */
  readonly #tails: Float64Array
  #head = Number.NEGATIVE_INFINITY
  #position = 0

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = Number.NEGATIVE_INFINITY
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const tails = this.#tails
    let head = this.#head
    let position = this.#position
    let i = from
    while (i < to) {
      const stop = Math.min(to, i + period - position)
      for (; i < stop; i++) {
        const value = input[i] as number
        tails[position++] = value
        head = Math.max(head, value)
        output[i] = Math.max(head, tails[position] as number)
      }
      if (position === period) {
        head = Number.NEGATIVE_INFINITY
        for (let index = period - 1; index >= 0; index--) {
          head = Math.max(head, tails[index] as number)
          tails[index] = head
        }
        head = Number.NEGATIVE_INFINITY
        position = 0
      }
    }
    this.#head = head
    this.#position = position
  }
}

/** Lowest value of the last `period` (I-006); as RollingHighest. */
export class RollingLowest {
  readonly #period: number
  /** Previous block from `#position + 1` on: the extreme of its tail from there. Below that: raw values. */
  readonly #tails: Float64Array
  #head = Number.POSITIVE_INFINITY
  #position = 0

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = Number.POSITIVE_INFINITY
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const tails = this.#tails
    let head = this.#head
    let position = this.#position
    let i = from
    while (i < to) {
      const stop = Math.min(to, i + period - position)
      for (; i < stop; i++) {
        const value = input[i] as number
        tails[position++] = value
        head = Math.min(head, value)
        output[i] = Math.min(head, tails[position] as number)
      }
      if (position === period) {
        head = Number.POSITIVE_INFINITY
        for (let index = period - 1; index >= 0; index--) {
          head = Math.min(head, tails[index] as number)
          tails[index] = head
        }
        head = Number.POSITIVE_INFINITY
        position = 0
      }
    }
    this.#head = head
    this.#position = position
  }
}

/** The values `bars` ≥ 0 bars ago; NaN before there is one. */
export class Delay {
  readonly #values: Float64Array
  #slot = 0

  constructor(bars: number) {
    this.#values = new Float64Array(bars).fill(Number.NaN)
  }

  /** `output` must not be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const values = this.#values
    const bars = values.length
    const kept = Math.min(to, from + bars)
    let slot = this.#slot
    for (let i = from; i < kept; i++) {
      output[i] = values[slot] as number
      slot = slot + 1 === bars ? 0 : slot + 1
    }
    for (let i = kept; i < to; i++) output[i] = input[i - bars] as number
    slot = this.#slot
    if (bars > 0 && to - from > bars) slot = (slot + to - from - bars) % bars
    for (let i = Math.max(from, to - bars); i < to; i++) {
      values[slot] = input[i] as number
      slot = slot + 1 === bars ? 0 : slot + 1
    }
    this.#slot = slot
  }
}
