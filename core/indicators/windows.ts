/**
 * Highest value of the last `period` (I-005): the larger of a tail of the previous block and a head of the current one,
 * so every bar costs the same whatever the period. NaN while the window holds a NaN or is not yet full.
 */
export class RollingHighest {
  readonly #period: number
  readonly #tails: Float64Array
  #position = 0
  #head = Number.NEGATIVE_INFINITY

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = Number.NEGATIVE_INFINITY
  }

  step(value: number): number {
    const next = this.#position + 1
    const head = Math.max(this.#head, value)
    const highest = Math.max(head, this.#tails[next] as number)
    this.#tails[this.#position] = value
    if (next === this.#period) {
      this.#closeBlock()
    } else {
      this.#position = next
      this.#head = head
    }
    return highest
  }

  #closeBlock(): void {
    let tail = Number.NEGATIVE_INFINITY
    for (let index = this.#period - 1; index >= 0; index--) {
      tail = Math.max(tail, this.#tails[index] as number)
      this.#tails[index] = tail
    }
    this.#position = 0
    this.#head = Number.NEGATIVE_INFINITY
  }
}

/** Lowest value of the last `period` (I-006); as RollingHighest. */
export class RollingLowest {
  readonly #period: number
  readonly #tails: Float64Array
  #position = 0
  #head = Number.POSITIVE_INFINITY

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = Number.POSITIVE_INFINITY
  }

  step(value: number): number {
    const next = this.#position + 1
    const head = Math.min(this.#head, value)
    const lowest = Math.min(head, this.#tails[next] as number)
    this.#tails[this.#position] = value
    if (next === this.#period) {
      this.#closeBlock()
    } else {
      this.#position = next
      this.#head = head
    }
    return lowest
  }

  #closeBlock(): void {
    let tail = Number.POSITIVE_INFINITY
    for (let index = this.#period - 1; index >= 0; index--) {
      tail = Math.min(tail, this.#tails[index] as number)
      this.#tails[index] = tail
    }
    this.#position = 0
    this.#head = Number.POSITIVE_INFINITY
  }
}

/** The value `bars` bars ago; NaN before there is one. */
export class Delay {
  readonly #values: Float64Array
  #slot = 0

  constructor(bars: number) {
    this.#values = new Float64Array(bars).fill(Number.NaN)
  }

  step(value: number): number {
    const slot = this.#slot
    const delayed = this.#values[slot] as number
    this.#values[slot] = value
    this.#slot = slot + 1 === this.#values.length ? 0 : slot + 1
    return delayed
  }
}
