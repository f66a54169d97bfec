import type { NumberParam } from '../definition.ts'
import { maxPeriod } from '../definition.ts'

/** The arithmetic of pandas, on which qtpylib's functions stand; see README.md. */

/**
 * pandas' ewm(span, adjust=True): the mean of all values so far, the one k bars ago weighing (1 − a)ᵏ, a = 2 / (span + 1).
 * A gap is undefined and ages the values before it. NaN until `least` values have come.
 */
export class WeightedMean {
  readonly #keep: number
  readonly #least: number
  /** The mean so far, NaN before the first value, and its weight. */
  readonly #state = Float64Array.of(Number.NaN, 0)
  #seen = 0

  constructor(span: number, least: number) {
    this.#keep = 1 - 2 / (span + 1)
    this.#least = least
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const keep = this.#keep
    const least = this.#least
    let mean = this.#state[0] as number
    let weight = this.#state[1] as number
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      weight *= keep
      output[i] = Number.NaN
      if (value - value !== 0) continue
      const next = (weight * mean + value) / (weight + 1)
      mean = next - next === 0 ? next : value
      weight += 1
      if (++this.#seen >= least) output[i] = mean
    }
    this.#state[0] = mean
    this.#state[1] = weight
  }
}

/** The last values that exist, in any order: slots without one hold NaN. */
class ExistingValues {
  readonly slots: Float64Array
  count = 0
  #slot = 0

  constructor(window: number) {
    this.slots = new Float64Array(window).fill(Number.NaN)
  }

  push(value: number): void {
    const { slots } = this
    const leaving = slots[this.#slot] as number
    const finite = value - value === 0 ? value : Number.NaN
    this.count += (Number.isNaN(finite) ? 0 : 1) - (Number.isNaN(leaving) ? 0 : 1)
    slots[this.#slot] = finite
    this.#slot = this.#slot + 1 === slots.length ? 0 : this.#slot + 1
  }
}

/** Mean and deviation, extreme of the last `window` values; those of a gap are left out, NaN while fewer than `least` exist. */
export class RollingMoments {
  readonly #values: ExistingValues
  readonly #least: number

  constructor(window: number, least: number) {
    this.#values = new ExistingValues(window)
    this.#least = Math.max(1, Math.min(least, window))
  }

  /** Means into `means`, sample deviations (divided by n − 1) into `deviations`, which may be null; either may be `input`. */
  run(
    input: Float64Array,
    { means, deviations }: { readonly means: Float64Array | null; readonly deviations: Float64Array | null },
    from: number,
    to: number,
  ): void {
    const values = this.#values
    for (let i = from; i < to; i++) {
      values.push(input[i] as number)
      const isDefined = values.count >= this.#least
      const mean = isDefined ? meanOf(values.slots, values.count) : Number.NaN
      const deviation = isDefined && deviations !== null ? deviationOf(values.slots, values.count, mean) : Number.NaN
      if (means !== null) means[i] = mean
      if (deviations !== null) deviations[i] = deviation
    }
  }
}

/** Lowest or highest of the last `window` values; as RollingMoments. */
export class RollingExtreme {
  readonly #values: ExistingValues
  readonly #least: number
  readonly #sign: 1 | -1

  constructor(window: number, least: number, which: 'lowest' | 'highest') {
    this.#values = new ExistingValues(window)
    this.#least = Math.max(1, Math.min(least, window))
    this.#sign = which === 'lowest' ? 1 : -1
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const sign = this.#sign
    const { slots } = this.#values
    for (let i = from; i < to; i++) {
      this.#values.push(input[i] as number)
      let least = Number.POSITIVE_INFINITY
      for (let k = 0; k < slots.length; k++) {
        const value = sign * (slots[k] as number)
        if (value < least) least = value
      }
      output[i] = this.#values.count >= this.#least ? sign * least : Number.NaN
    }
  }
}

/** As differences from one of them, so that equal values have exactly that mean. */
function meanOf(slots: Float64Array, count: number): number {
  let base = Number.NaN
  let sum = 0
  for (let k = 0; k < slots.length; k++) {
    const value = slots[k] as number
    if (Number.isNaN(value)) continue
    if (Number.isNaN(base)) base = value
    sum += value - base
  }
  return base + sum / count
}

function deviationOf(slots: Float64Array, count: number, mean: number): number {
  if (count < 2) return Number.NaN
  let squares = 0
  for (let k = 0; k < slots.length; k++) {
    const distance = (slots[k] as number) - mean
    if (!Number.isNaN(distance)) squares += distance * distance
  }
  return Math.sqrt(squares / (count - 1))
}

/** True range as qtpylib has it: the first bar's is high − low. Undefined on a bar with a gap. */
export class PandasTrueRange {
  #close = Number.NaN

  /** `bars` = high, low, close; `output` from index 0 on. */
  run(bars: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
    const [high, low, close] = bars as readonly [Float64Array, Float64Array, Float64Array]
    let before = this.#close
    for (let i = from; i < to; i++) {
      const top = high[i] as number
      const bottom = low[i] as number
      const range = top - bottom
      output[i - from] = Number.isNaN(before)
        ? range
        : Math.max(range, Math.abs(top - before), Math.abs(bottom - before))
      before = close[i] as number
    }
    this.#close = before
  }
}

/** (high + low + close) / 3 into `output` from index 0 on. */
export function typicalPrices(bars: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const [high, low, close] = bars as readonly [Float64Array, Float64Array, Float64Array]
  for (let i = from; i < to; i++)
    output[i - from] = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
}

/** How many values of the window must exist; 0: all of them. */
export const minPeriodsParam: Omit<NumberParam, 'name'> = {
  kind: 'integer',
  default: 0,
  min: 0,
  max: maxPeriod,
  step: 1,
}

/** `min_periods` of a call: all of the window unless told, never more. */
export function leastOf({ window, minPeriods }: { readonly window: number; readonly minPeriods: number }): number {
  return minPeriods === 0 ? window : Math.min(minPeriods, window)
}

/** qtpylib's word for it. */
export const minPeriodsName = { min_periods: 'minPeriods' } as const

/** Which numbers a function gives whose upstream has a defect: the corrected ones, or upstream's. */
export const upstreamRule = { kind: 'choice', default: 'corrected', choices: ['corrected', 'qtpylib'] } as const
export type UpstreamRule = 'corrected' | 'qtpylib'
