import type { ChoiceParam } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'

/** The moving averages that other indicators can be built on (backtrader's `movav`). */
export const averageKinds = ['sma', 'ema', 'smma', 'wma'] as const
export type AverageKind = (typeof averageKinds)[number]

/** A moving average as a building block; `output` may be `input`. */
export interface Average {
  run(input: Float64Array, output: Float64Array, from: number, to: number): void
}

/** A fresh average over `period` bars. */
export function createAverage(kind: AverageKind, period: number): Average {
  switch (kind) {
    case 'sma':
      return new RollingSum(period, period)
    case 'ema':
      return new ExponentialAverage(period, 2 / (1 + period))
    case 'smma':
      return new ExponentialAverage(period, 1 / period)
    case 'wma':
      return new WeightedAverage(period)
  }
}

/** The parameter that chooses an average. */
export function averageParam(standard: AverageKind): Omit<ChoiceParam, 'name'> {
  return { kind: 'choice', default: standard, choices: averageKinds }
}

/**
 * previous · (1 − alpha) + value · alpha, seeded with the mean of the first `period` values (I-019, I-026, I-029).
 * After a NaN or an infinity it seeds again from the next `period` finite values in a row.
 */
export class ExponentialAverage implements Average {
  readonly #period: number
  readonly #alpha: number
  /** The average, NaN while seeding; the sum of the seeds so far and what rounding took from it. */
  readonly #state = Float64Array.of(Number.NaN, 0, 0)
  #seeds = 0

  constructor(period: number, alpha: number) {
    this.#period = period
    this.#alpha = alpha
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const alpha = this.#alpha
    const keep = 1 - alpha
    let average = this.#state[0] as number
    let i = from
    while (i < to) {
      if (Number.isNaN(average)) {
        average = this.#seed(input[i] as number)
        output[i++] = average
      }
      for (; i < to; i++) {
        const next = average * keep + (input[i] as number) * alpha
        // x − x is 0 exactly for finite x; NaN ends the loop, here or because the average is still seeding
        if (next - next !== 0) break
        average = next
        output[i] = next
      }
      if (i < to) average = Number.NaN
    }
    this.#state[0] = average
  }

  #seed(value: number): number {
    const state = this.#state
    if (Number.isFinite(value)) {
      const sum = state[1] as number
      const grown = sum + value
      const growth = grown - sum
      state[2] = (state[2] as number) + (sum - (grown - growth) + (value - growth))
      state[1] = grown
      this.#seeds++
      if (this.#seeds < this.#period) return Number.NaN
    }
    const mean =
      this.#seeds === this.#period ? ((state[1] as number) + (state[2] as number)) / this.#period : Number.NaN
    state[1] = 0
    state[2] = 0
    this.#seeds = 0
    return mean
  }
}

/**
 * Weights 1 … period, the newest weighs most (I-032). Bars are cut into blocks of `period`; a window is a tail of the
 * previous block plus a head of the current one, so there are only additions: nothing drifts, a NaN leaves with the
 * window. NaN until the window is full.
 */
export class WeightedAverage implements Average {
  readonly #period: number
  /** Previous block from `#position + 1` on: sum over j ≥ k of (j − k + 1) · value(j). Below that: raw values. */
  readonly #tails: Float64Array
  /** Sum and weighted sum of the head. */
  readonly #state = new Float64Array(2)
  #position = 0

  constructor(period: number) {
    this.#period = period
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = 0
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const tails = this.#tails
    const coefficient = 2 / (period * (period + 1))
    let head = this.#state[0] as number
    let weighted = this.#state[1] as number
    let position = this.#position
    let i = from
    while (i < to) {
      const stop = Math.min(to, i + period - position)
      for (; i < stop; i++) {
        const value = input[i] as number
        tails[position++] = value
        head += value
        weighted += position * value
        output[i] = coefficient * ((tails[position] as number) + (period - position) * head + weighted)
      }
      if (position === period) {
        closeBlock(tails, period)
        position = 0
        head = 0
        weighted = 0
      }
    }
    this.#state[0] = head
    this.#state[1] = weighted
    this.#position = position
  }
}

function closeBlock(tails: Float64Array, period: number): void {
  let sum = 0
  let weighted = 0
  for (let index = period - 1; index >= 0; index--) {
    sum += tails[index] as number
    weighted += sum
    tails[index] = weighted
  }
}
