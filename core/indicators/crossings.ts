import { columnAt, defineIndicator } from './definition.ts'

/**
 * Difference of two lines that remembers its last side: on a touch (difference 0) it repeats the previous value (I-062).
 * `before` is the value of the bar before, NaN while there is none. A gap (NaN) leaves the memory untouched.
 */
class NonZeroDifference {
  #memory = Number.NaN
  before = Number.NaN

  step(a: number, b: number): number {
    this.before = this.#memory
    const difference = a - b
    if (Number.isNaN(difference)) return Number.NaN
    if (difference !== 0 || Number.isNaN(this.#memory)) this.#memory = difference
    return this.#memory
  }
}

const ofTwoLines = { inputs: ['line', 'line'], pane: 'own', group: 'crossing', params: {} } as const
type NoParams = Record<string, never>

export const nonZeroDifferenceDefinition = defineIndicator<NoParams>({
  ...ofTwoLines,
  id: 'non-zero-difference',
  title: { en: 'Difference with memory', zh: '带记忆的差值' },
  outputs: { difference: { warmup: () => 0 } },
  formula: 'a − b; where that is 0, the previous value',
  source: 'backtrader NonZeroDifference (I-062)',
  aliases: { backtrader: ['NonZeroDifference', 'NZD'] },
  create(columns) {
    const side = new NonZeroDifference()
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = side.step(a[i] as number, b[i] as number)
    }
  },
})

/** 1 on a crossing, 0 otherwise, NaN while one of the lines or the side before is unknown. */
function crossed(difference: number, before: number, direction: 1 | -1): number {
  if (Number.isNaN(difference) || Number.isNaN(before)) return Number.NaN
  return before * direction < 0 && difference * direction > 0 ? 1 : 0
}

export const crossUpDefinition = defineIndicator<NoParams>({
  ...ofTwoLines,
  id: 'cross-up',
  title: { en: 'Cross up', zh: '上穿' },
  outputs: { cross: { draw: 'histogram', warmup: () => 1 } },
  formula: '1 when a was last below b and is now above it, else 0; touching in between does not reset the side',
  source: 'backtrader CrossUp (I-064)',
  aliases: { backtrader: ['CrossUp'] },
  create(columns) {
    const side = new NonZeroDifference()
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = crossed(side.step(a[i] as number, b[i] as number), side.before, 1)
    }
  },
})

export const crossDownDefinition = defineIndicator<NoParams>({
  ...ofTwoLines,
  id: 'cross-down',
  title: { en: 'Cross down', zh: '下穿' },
  outputs: { cross: { draw: 'histogram', warmup: () => 1 } },
  formula: '1 when a was last above b and is now below it, else 0; touching in between does not reset the side',
  source: 'backtrader CrossDown (I-065)',
  aliases: { backtrader: ['CrossDown'] },
  create(columns) {
    const side = new NonZeroDifference()
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = crossed(side.step(a[i] as number, b[i] as number), side.before, -1)
    }
  },
})

export const crossOverDefinition = defineIndicator<NoParams>({
  ...ofTwoLines,
  id: 'cross-over',
  title: { en: 'Crossover', zh: '交叉' },
  outputs: { cross: { draw: 'histogram', warmup: () => 1 } },
  formula: '1 when a crosses above b, −1 when it crosses below, else 0; touching in between does not reset the side',
  source: 'backtrader CrossOver (I-066)',
  aliases: { backtrader: ['CrossOver'] },
  create(columns) {
    const side = new NonZeroDifference()
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const difference = side.step(a[i] as number, b[i] as number)
        out[i] = crossed(difference, side.before, 1) - crossed(difference, side.before, -1)
      }
    }
  },
})
