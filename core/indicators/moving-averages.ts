import { ExponentialAverage, SimpleAverage, WeightedAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam } from './definition.ts'

const overCloses = { inputs: ['line'], pane: 'price', group: 'average' } as const

export const smaDefinition = defineIndicator<{ period: number }>({
  ...overCloses,
  id: 'sma',
  title: { en: 'Simple moving average', zh: '简单移动平均' },
  params: { period: periodParam(30) },
  outputs: { sma: { warmup: (p) => p.period - 1 } },
  formula: 'sum of the last period values / period',
  source: 'backtrader MovingAverageSimple (I-023)',
  aliases: { backtrader: ['MovingAverageSimple', 'SMA', 'SimpleMovingAverage'], talib: ['SMA'] },
  create(columns, { period }) {
    const average = new SimpleAverage(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = average.step(values[i] as number)
    }
  },
})

export const emaDefinition = defineIndicator<{ period: number }>({
  ...overCloses,
  id: 'ema',
  title: { en: 'Exponential moving average', zh: '指数移动平均' },
  params: { period: periodParam(30) },
  outputs: { ema: { warmup: (p) => p.period - 1 } },
  formula: 'previous · (1 − a) + value · a with a = 2 / (period + 1); starts at the mean of the first period values',
  source: 'backtrader ExponentialMovingAverage (I-026)',
  aliases: { backtrader: ['ExponentialMovingAverage', 'EMA', 'MovingAverageExponential'], talib: ['EMA'] },
  create(columns, { period }) {
    const average = new ExponentialAverage(period, 2 / (1 + period))
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = average.step(values[i] as number)
    }
  },
})

export const smmaDefinition = defineIndicator<{ period: number }>({
  ...overCloses,
  id: 'smma',
  title: { en: 'Smoothed moving average (Wilder)', zh: '平滑移动平均（Wilder）' },
  params: { period: periodParam(30) },
  outputs: { smma: { warmup: (p) => p.period - 1 } },
  formula: 'previous · (1 − a) + value · a with a = 1 / period; starts at the mean of the first period values',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978); backtrader SmoothedMovingAverage (I-029)',
  aliases: {
    backtrader: [
      'SmoothedMovingAverage',
      'SMMA',
      'WilderMA',
      'MovingAverageSmoothed',
      'MovingAverageWilder',
      'ModifiedMovingAverage',
    ],
  },
  create(columns, { period }) {
    const average = new ExponentialAverage(period, 1 / period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = average.step(values[i] as number)
    }
  },
})

export const wmaDefinition = defineIndicator<{ period: number }>({
  ...overCloses,
  id: 'wma',
  title: { en: 'Weighted moving average', zh: '加权移动平均' },
  params: { period: periodParam(30) },
  outputs: { wma: { warmup: (p) => p.period - 1 } },
  formula: 'sum of (weight · value) · 2 / (period · (period + 1)), weights 1 … period from the oldest to the newest',
  source: 'backtrader WeightedMovingAverage (I-032)',
  aliases: { backtrader: ['WeightedMovingAverage', 'WMA', 'MovingAverageWeighted'], talib: ['WMA'] },
  create(columns, { period }) {
    const average = new WeightedAverage(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = average.step(values[i] as number)
    }
  },
})
