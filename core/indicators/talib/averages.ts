import type { Average } from '../averages.ts'
import { type ChoiceParam, chunkBars } from '../definition.ts'
import { AdaptiveAverage } from './adaptive-average.ts'
import { MesaAverage } from './mesa-average.ts'
import { RunningTotal } from './running-total.ts'
import { RisingAverage, TriangularAverage } from './weighted-averages.ts'

/** TA-Lib's average types, in the order of its numbers: 0 is a simple average. */
export const talibAverageKinds = ['sma', 'ema', 'wma', 'dema', 'tema', 'trima', 'kama', 'mama', 't3'] as const
export type TalibAverageKind = (typeof talibAverageKinds)[number]

/** The parameter that chooses an average; TA-Lib's numbers count its choices. */
export function talibAverageParam(standard: TalibAverageKind = 'sma'): Omit<ChoiceParam, 'name'> {
  return { kind: 'choice', default: standard, choices: talibAverageKinds }
}

/** Bars before the first value of an average; a period of 1 leaves values as they are. */
export function averageLookback(kind: TalibAverageKind, period: number): number {
  if (period === 1) return 0
  switch (kind) {
    case 'sma':
    case 'ema':
    case 'wma':
    case 'trima':
      return period - 1
    case 'dema':
      return 2 * (period - 1)
    case 'tema':
      return 3 * (period - 1)
    case 'kama':
      return period
    case 'mama':
      return 32
    case 't3':
      return 6 * (period - 1)
  }
}

/** A fresh average; MAMA has no period, its limits are 0.5 and 0.05. */
export function createTalibAverage(kind: TalibAverageKind, period: number): Average {
  if (period === 1) return asItIs
  switch (kind) {
    case 'sma':
      return new RunningTotal(period, period)
    case 'ema':
      return new SeededAverage(period)
    case 'wma':
      return new RisingAverage(period)
    case 'dema':
      return new RepeatedAverage(period, [2, -1])
    case 'tema':
      return new RepeatedAverage(period, [3, -3, 1])
    case 'trima':
      return new TriangularAverage(period)
    case 'kama':
      return new AdaptiveAverage(period)
    case 'mama':
      return new MesaAverage(0.5, 0.05)
    case 't3':
      return new TillsonAverage(period, 0.7)
  }
}

const asItIs: Average = {
  run(input, output, from, to) {
    if (input !== output) output.set(input.subarray(from, to), from)
  },
}

/**
 * TA-Lib's exponential average: starts at the mean of the first `period` values, then (x − previous) · k + previous, in
 * this very order, because differences of two averages show the last digit. Starts again after a gap.
 */
export class SeededAverage implements Average {
  readonly #period: number
  readonly #weight: number
  #average = 0.1
  #seeds = 0

  constructor(period: number, weight = 2 / (period + 1)) {
    this.#period = period
    this.#weight = weight
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const period = this.#period
    const weight = this.#weight
    let average = this.#average
    let seeds = this.#seeds
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      if (value - value !== 0) seeds = 0
      else if (seeds === period) average = (value - average) * weight + average
      else {
        average = seeds === 0 ? value : average + value
        if (++seeds === period) average /= period
      }
      output[i] = seeds === period ? average : Number.NaN
    }
    this.#average = average
    this.#seeds = seeds
  }
}

/** A weighted sum of an exponential average, the average of that average, and so on: DEMA, TEMA. */
export class RepeatedAverage implements Average {
  readonly #averages: readonly Average[]
  readonly #weights: readonly number[]
  readonly #steps: readonly Float64Array[]

  constructor(period: number, weights: readonly number[]) {
    this.#averages = weights.map(() => new SeededAverage(period))
    this.#weights = weights
    this.#steps = weights.map(() => new Float64Array(chunkBars))
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const count = to - from
    let source = input.subarray(from, to)
    this.#averages.forEach((average, index) => {
      const step = this.#steps[index] as Float64Array
      average.run(source, step, 0, count)
      source = step
    })
    output.fill(0, from, to)
    this.#weights.forEach((weight, index) => {
      const step = this.#steps[index] as Float64Array
      for (let i = 0; i < count; i++) output[from + i] = (output[from + i] as number) + weight * (step[i] as number)
    })
  }
}

/** Tillson's T3: six exponential averages one after the other, the last four weighed by the volume factor. */
export class TillsonAverage implements Average {
  readonly #period: number
  readonly #weights: readonly [number, number, number, number]
  readonly #averages = new Float64Array(6)
  readonly #seeds = new Float64Array(6)

  constructor(period: number, factor: number) {
    this.#period = period
    const square = factor * factor
    const c1 = -(square * factor)
    this.#weights = [c1, 3 * (square - c1), -6 * square - 3 * (factor - c1), 1 + 3 * factor - c1 + 3 * square]
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const [c1, c2, c3, c4] = this.#weights
    const averages = this.#averages
    for (let i = from; i < to; i++) {
      // `output` may be `input`
      const isKnown = this.#take(input[i] as number)
      output[i] = Number.NaN
      if (!isKnown) continue
      const tail = c1 * (averages[5] as number) + c2 * (averages[4] as number)
      output[i] = tail + c3 * (averages[3] as number) + c4 * (averages[2] as number)
    }
  }

  /** Hands a value through; true once the last average has its seeds. */
  #take(value: number): boolean {
    const averages = this.#averages
    const seeds = this.#seeds
    const weight = 2 / (this.#period + 1)
    if (value - value !== 0) seeds.fill(0)
    let passed = value
    for (let stage = 0; stage < 6 && passed - passed === 0; stage++) {
      const before = averages[stage] as number
      const count = seeds[stage] as number
      if (count === this.#period) averages[stage] = weight * passed + (1 - weight) * before
      else {
        averages[stage] = count === 0 ? passed : before + passed
        seeds[stage] = count + 1
        if (count + 1 < this.#period) return false
        averages[stage] = (averages[stage] as number) / this.#period
      }
      passed = averages[stage] as number
    }
    return passed - passed === 0
  }
}

/**
 * An average that does not look at the first `bars` values of a stretch. TA-Lib seeds the faster of two averages only
 * where the slower one has its first value (MACD).
 */
export class LateAverage implements Average {
  readonly #average: Average
  readonly #bars: number
  readonly #values = new Float64Array(chunkBars)
  #age = 0

  constructor(average: Average, bars: number) {
    this.#average = average
    this.#bars = bars
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const values = this.#values
    let age = this.#age
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      if (value - value !== 0) age = 0
      else if (age <= this.#bars) age++
      values[i - from] = age > this.#bars ? value : Number.NaN
    }
    this.#age = age
    this.#average.run(values, values, 0, to - from)
    output.set(values.subarray(0, to - from), from)
  }
}
