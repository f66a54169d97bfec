import { type AverageKind, averageParam } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { bollingerDefinition } from './deviations.ts'
import { OrderedWindow } from './ordered-window.ts'

/** Bands read in another way, and bands around a straight line. */

type WidthParams = { period: number; width: number; average: AverageKind }

export const bandWidthDefinition = defineIndicator<WidthParams>({
  id: 'bollinger-width',
  title: { en: 'Bollinger band width', zh: '布林带宽' },
  group: 'volatility',
  inputs: ['line'],
  pane: 'own',
  params: {
    period: periodParam(20),
    width: numberParam(2, { min: 0, max: 100, step: 0.1 }),
    average: averageParam('sma'),
  },
  outputs: { width: { warmup: (p) => p.period - 1 } },
  formula: '(upper − lower) / middle of the Bollinger bands; undefined where the middle is 0',
  source: 'Bollinger on Bollinger Bands (2001)',
  create(columns, params) {
    const values = scratchColumn()
    const bands = [scratchColumn(), scratchColumn(), scratchColumn()] as const
    const kernel = bollingerDefinition.create({ inputs: [values], outputs: [...bands] }, params)
    const [middle, upper, lower] = bands
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      values.set(columnAt(columns.inputs, 0).subarray(from, to))
      kernel(0, to - from)
      for (let i = 0; i < to - from; i++) {
        const center = middle[i] as number
        out[from + i] = center === 0 ? Number.NaN : ((upper[i] as number) - (lower[i] as number)) / center
      }
    }
  },
})

const fullWindow = { warmup: (p: { period: number }) => p.period - 1 }

export const regressionChannelDefinition = defineIndicator<{ period: number; width: number }>({
  id: 'regression-channel',
  title: { en: 'Regression channel', zh: '线性回归通道' },
  group: 'band',
  inputs: ['line'],
  pane: 'price',
  params: { period: periodParam(100, 2), width: numberParam(2, { min: 0, max: 100, step: 0.1 }) },
  outputs: { middle: fullWindow, upper: fullWindow, lower: fullWindow },
  formula:
    'middle = the end of the straight line through the last period values with the least squares; upper, lower = middle ± ' +
    'width · root of the mean square of their distances from that line. Each bar has the end of a line of its own',
  source: 'Raff (1991), with deviations instead of the largest distance',
  create(columns, { period, width }) {
    const window = new OrderedWindow(period)
    const center = (period - 1) / 2
    const spread = (period * (period * period - 1)) / 12
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const [middle, upper, lower] = columns.outputs as [Float64Array, Float64Array, Float64Array]
      for (let i = from; i < to; i++) {
        const isFull = window.push(input[i] as number)
        const { values, start } = window
        // Around the first value, so that large prices cost no digits
        const base = isFull ? (values[start] as number) : Number.NaN
        let sum = 0
        let product = 0
        for (let k = 0; isFull && k < period; k++) {
          const value = (values[start + k] as number) - base
          sum += value
          product += (k - center) * value
        }
        const slope = product / spread
        const mean = sum / period
        let squares = 0
        for (let k = 0; isFull && k < period; k++)
          squares += ((values[start + k] as number) - base - mean - slope * (k - center)) ** 2
        const reach = width * Math.sqrt(squares / period)
        const end = base + mean + slope * center
        middle[i] = end
        upper[i] = end + reach
        lower[i] = end - reach
      }
    }
  },
})
