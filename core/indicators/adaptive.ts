import { ExponentialAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay } from './windows.ts'

/**
 * previous · (1 − a) + value · a with an `a` of its own on every bar, starting at the mean of the last `period` values
 * as soon as `a` is defined (I-020). After a gap in either it starts again in the same way.
 */
export class DynamicAverage {
  readonly #mean: RollingSum
  readonly #means = scratchColumn()
  readonly #state = Float64Array.of(Number.NaN)

  constructor(period: number) {
    this.#mean = new RollingSum(period, period)
  }

  /** The weights are in `output`, bar by bar; the averages take their place. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const means = this.#means
    const count = to - from
    for (let i = 0; i < count; i++) means[i] = input[from + i] as number
    this.#mean.run(means, means, 0, count)
    let average = this.#state[0] as number
    for (let i = from; i < to; i++) {
      const weight = output[i] as number
      const next = average * (1 - weight) + (input[i] as number) * weight
      if (next - next === 0) average = next
      else average = weight - weight === 0 ? (means[i - from] as number) : Number.NaN
      output[i] = average
    }
    this.#state[0] = average
  }
}

const overPrices = { pane: 'price', group: 'average' } as const

export const kamaDefinition = defineIndicator<{ period: number; fast: number; slow: number }>({
  ...overPrices,
  inputs: ['line'],
  id: 'kama',
  title: { en: 'Kaufman adaptive moving average', zh: '考夫曼自适应移动平均' },
  params: { period: periodParam(30), fast: periodParam(2), slow: periodParam(30) },
  outputs: { kama: { warmup: (p) => p.period } },
  formula:
    'previous · (1 − a) + x · a with a = (e · (f − s) + s)², e = |x − x period bars ago| / sum of |x − previous x|, ' +
    'f = 2 / (fast + 1), s = 2 / (slow + 1); e = 0 where nothing moved; starts at the mean of the last period values',
  source: 'Kaufman, Smarter Trading (1995); backtrader AdaptiveMovingAverage (I-041)',
  aliases: { backtrader: ['AdaptiveMovingAverage', 'KAMA', 'MovingAverageAdaptive'] },
  create(columns, { period, fast, slow }) {
    const quick = 2 / (fast + 1)
    const lazy = 2 / (slow + 1)
    const before = new Delay(1)
    const earlier = new Delay(period)
    const path = new RollingSum(period)
    const average = new DynamicAverage(period)
    const moves = scratchColumn()
    const values = scratchColumn()
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      for (let i = 0; i < count; i++) values[i] = input[from + i] as number
      before.run(values, moves, 0, count)
      for (let i = 0; i < count; i++) moves[i] = Math.abs((values[i] as number) - (moves[i] as number))
      path.run(moves, moves, 0, count)
      earlier.run(input, out, from, to)
      for (let i = from; i < to; i++) {
        const length = moves[i - from] as number
        const way = Math.abs((input[i] as number) - (out[i] as number))
        const weight = (length === 0 ? 0 : way / length) * (quick - lazy) + lazy
        out[i] = length - length === 0 ? weight * weight : Number.NaN
      }
      average.run(input, out, from, to)
    }
  },
})

export const exponentialSmoothingDefinition = defineIndicator<{ period: number; alpha: number }>({
  ...overPrices,
  inputs: ['line'],
  id: 'exponential-smoothing',
  title: { en: 'Exponential smoothing', zh: '指数平滑' },
  params: { period: periodParam(1), alpha: numberParam(0, { min: 0, max: 1, step: 0.01 }) },
  outputs: { average: { warmup: (p) => p.period - 1 } },
  formula: 'previous · (1 − alpha) + x · alpha, starting at the mean of period values; alpha 0 means 2 / (period + 1)',
  source: 'backtrader ExponentialSmoothing (I-019)',
  aliases: { backtrader: ['ExponentialSmoothing', 'ExpSmoothing'] },
  create(columns, { period, alpha }) {
    const average = new ExponentialAverage(period, alpha === 0 ? 2 / (1 + period) : alpha)
    return (from, to) => average.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const dynamicSmoothingDefinition = defineIndicator<{ period: number }>({
  ...overPrices,
  inputs: ['line', 'line'],
  id: 'dynamic-smoothing',
  title: { en: 'Exponential smoothing with a weight line', zh: '动态权重指数平滑' },
  params: { period: periodParam(1) },
  outputs: { average: { warmup: (p) => p.period - 1 } },
  formula: 'previous · (1 − a) + x · a with a, the second line, on every bar; starts at the mean of period values',
  source: 'backtrader ExponentialSmoothingDynamic (I-020)',
  aliases: { backtrader: ['ExponentialSmoothingDynamic', 'ExpSmoothingDynamic'] },
  create(columns, { period }) {
    const average = new DynamicAverage(period)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      out.set(columnAt(columns.inputs, 1).subarray(from, to), from)
      average.run(columnAt(columns.inputs, 0), out, from, to)
    }
  },
})
