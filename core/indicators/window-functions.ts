import { columnAt, defineIndicator, type IndicatorDefinition } from './definition.ts'
import { OrderedWindow } from './ordered-window.ts'

/**
 * A definition that gives the last `period` values, oldest first, to a function of the strategy's own and shows what it
 * answers (backtrader's ApplyN and ReduceN, I-004, I-007). The array is reused: the function must not keep it. NaN while
 * the window is not full of finite values.
 */
export function windowFunction(period: number, answer: (values: Float64Array) => number): IndicatorDefinition {
  return defineIndicator<Record<string, never>>({
    id: 'window-function',
    title: { en: 'Function of the last values', zh: '窗口函数' },
    group: 'statistic',
    inputs: ['line'],
    pane: 'own',
    params: {},
    outputs: { value: { warmup: () => period - 1 } },
    formula: `a function of the last ${period} values`,
    source: 'backtrader ApplyN and ReduceN (I-004, I-007)',
    aliases: { backtrader: ['ApplyN', 'ReduceN'] },
    create(columns) {
      const window = new OrderedWindow(period)
      const values = new Float64Array(period)
      return (from, to) => {
        const input = columnAt(columns.inputs, 0)
        const out = columnAt(columns.outputs, 0)
        for (let i = from; i < to; i++) {
          out[i] = Number.NaN
          if (!window.push(input[i] as number)) continue
          values.set(window.values.subarray(window.start, window.start + period))
          out[i] = answer(values)
        }
      }
    },
  })
}

/** coefficient · sum of weight · value over as many bars as there are weights, oldest first (I-021). */
export function weightedSum(weights: readonly number[], coefficient: number): IndicatorDefinition {
  return defineIndicator<Record<string, never>>({
    id: 'weighted-average',
    title: { en: 'Average with own weights', zh: '自定义权重平均' },
    group: 'average',
    inputs: ['line'],
    pane: 'price',
    params: {},
    outputs: { average: { warmup: () => weights.length - 1 } },
    formula: `${coefficient} · sum of value · weight, weights ${weights.join(', ')} from the oldest to the newest`,
    source: 'backtrader WeightedAverage (I-021)',
    aliases: { backtrader: ['WeightedAverage', 'AverageWeighted'] },
    create(columns) {
      const period = weights.length
      const factors = Float64Array.from(weights)
      const window = new OrderedWindow(period)
      return (from, to) => {
        const input = columnAt(columns.inputs, 0)
        const out = columnAt(columns.outputs, 0)
        for (let i = from; i < to; i++) {
          out[i] = Number.NaN
          if (!window.push(input[i] as number)) continue
          const { values, start } = window
          let sum = 0
          for (let k = 0; k < period; k++) sum += (factors[k] as number) * (values[start + k] as number)
          out[i] = coefficient * sum
        }
      }
    },
  })
}
