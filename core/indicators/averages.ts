import type { ChoiceParam } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'

/** The moving averages that other indicators can be built on (backtrader's `movav`). */
export const averageKinds = ['sma', 'ema', 'smma', 'wma'] as const
export type AverageKind = (typeof averageKinds)[number]

/** One moving average as a building block: three classes, so that a call site stays below V8's limit of four shapes. */
export type Average = SimpleAverage | ExponentialAverage | WeightedAverage

/** A fresh average over `period` bars. */
export function createAverage(kind: AverageKind, period: number): Average {
  switch (kind) {
    case 'sma':
      return new SimpleAverage(period)
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

/** Arithmetic mean of the last `period` values (I-018, I-023). */
export class SimpleAverage {
  readonly #sum: RollingSum
  readonly #period: number

  constructor(period: number) {
    this.#sum = new RollingSum(period)
    this.#period = period
  }

  step(value: number): number {
    return this.#sum.step(value) / this.#period
  }
}

/**
 * previous · (1 − alpha) + value · alpha, seeded with the mean of the first `period` values (I-019, I-026, I-029).
 * After a NaN or an infinity it seeds again from the next `period` finite values in a row.
 */
export class ExponentialAverage {
  readonly #period: number
  readonly #alpha: number
  readonly #keep: number
  /** NaN while seeding. */
  #average = Number.NaN
  #seen = 0
  #sum = 0
  #error = 0

  constructor(period: number, alpha: number) {
    this.#period = period
    this.#alpha = alpha
    this.#keep = 1 - alpha
  }

  step(value: number): number {
    const average = this.#average * this.#keep + value * this.#alpha
    // x − x is 0 exactly for finite x: one test covers seeding, NaN and infinity
    if (average - average !== 0) return this.#seed(value)
    this.#average = average
    return average
  }

  #seed(value: number): number {
    this.#average = Number.NaN
    if (!Number.isFinite(value)) {
      this.#seen = 0
      this.#sum = 0
      this.#error = 0
      return Number.NaN
    }
    const sum = this.#sum + value
    const added = sum - this.#sum
    this.#error += this.#sum - (sum - added) + (value - added)
    this.#sum = sum
    this.#seen++
    if (this.#seen < this.#period) return Number.NaN
    this.#average = (this.#sum + this.#error) / this.#period
    this.#seen = 0
    this.#sum = 0
    this.#error = 0
    return this.#average
  }
}

/**
 * Weights 1 … period, the newest weighs most (I-032). Windows are a tail of the previous block plus a head of the
 * current one as in RollingSum: additions only, so nothing drifts and a NaN leaves with the window.
 */
export class WeightedAverage {
  readonly #period: number
  readonly #coefficient: number
  /** Previous block from `#position + 1` on: sum over j ≥ k of (j − k + 1) · value(j). Below that: raw values. */
  readonly #tails: Float64Array
  #position = 0
  #head = 0
  #weightedHead = 0

  constructor(period: number) {
    this.#period = period
    this.#coefficient = 2 / (period * (period + 1))
    this.#tails = new Float64Array(period + 1).fill(Number.NaN)
    this.#tails[period] = 0
  }

  step(value: number): number {
    const next = this.#position + 1
    const head = this.#head + value
    const weightedHead = this.#weightedHead + next * value
    const older = this.#tails[next] as number
    this.#tails[this.#position] = value
    if (next === this.#period) {
      this.#closeBlock()
    } else {
      this.#position = next
      this.#head = head
      this.#weightedHead = weightedHead
    }
    return this.#coefficient * (older + (this.#period - next) * head + weightedHead)
  }

  #closeBlock(): void {
    const tails = this.#tails
    let sum = 0
    let weighted = 0
    for (let index = this.#period - 1; index >= 0; index--) {
      sum += tails[index] as number
      weighted += sum
      tails[index] = weighted
    }
    this.#position = 0
    this.#head = 0
    this.#weightedHead = 0
  }
}
