import { type AverageKind, createAverage } from './averages.ts'
import { columnAt, defineIndicator, type Kernel, type KernelColumns, periodParam } from './definition.ts'

function averageKernel(kind: AverageKind, columns: KernelColumns, period: number): Kernel {
  const average = createAverage(kind, period)
  return (from, to) => average.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
}

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
  paramNames: { timeperiod: 'period' },
  create: (columns, { period }) => averageKernel('sma', columns, period),
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
  paramNames: { timeperiod: 'period' },
  create: (columns, { period }) => averageKernel('ema', columns, period),
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
  create: (columns, { period }) => averageKernel('smma', columns, period),
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
  paramNames: { timeperiod: 'period' },
  create: (columns, { period }) => averageKernel('wma', columns, period),
})
