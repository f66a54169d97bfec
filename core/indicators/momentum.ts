import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { Delay } from './windows.ts'

const ratio = { min: -1e9, max: 1e9, step: 1 }

export const rsiDefinition = defineIndicator<{
  period: number
  average: AverageKind
  lookback: number
  onlyGains: number
  noMoves: number
}>({
  id: 'rsi',
  title: { en: 'Relative strength index', zh: '相对强弱指数' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: {
    period: periodParam(14),
    average: averageParam('smma'),
    lookback: periodParam(1),
    onlyGains: numberParam(100, ratio),
    noMoves: numberParam(50, ratio),
  },
  outputs: { rsi: { warmup: (p) => p.period + p.lookback - 1 } },
  guides: [30, 70],
  formula:
    '100 − 100 / (1 + average(gains) / average(losses)) of x − x lookback bars ago; onlyGains without losses, ' +
    'noMoves without either. average sma = Cutler, lookback > 1 = relative momentum index',
  source: 'Wilder (1978); backtrader RelativeStrengthIndex with safediv (I-094 … I-098, X-08)',
  aliases: {
    backtrader: [
      'RelativeStrengthIndex',
      'RSI',
      'RSI_SMMA',
      'RSI_Wilder',
      'RSI_Safe',
      'RSI_SMA',
      'RSI_Cutler',
      'RSI_EMA',
      'RelativeMomentumIndex',
      'RMI',
    ],
  },
  create(columns, { period, average, lookback, onlyGains, noMoves }) {
    const delay = new Delay(lookback)
    const meanGain = createAverage(average, period)
    const meanLoss = createAverage(average, period)
    const losses = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const move = (values[i] as number) - (out[i] as number)
        out[i] = Math.max(move, 0)
        losses[i - from] = Math.max(-move, 0)
      }
      meanGain.run(out, out, from, to)
      meanLoss.run(losses, losses, 0, to - from)
      for (let i = from; i < to; i++) {
        const gain = out[i] as number
        const loss = losses[i - from] as number
        if (loss === 0) out[i] = gain === 0 ? noMoves : onlyGains
        else out[i] = 100 - 100 / (1 + gain / loss)
      }
    }
  },
})

export const macdDefinition = defineIndicator<{ fast: number; slow: number; signal: number; average: AverageKind }>({
  id: 'macd',
  title: { en: 'Moving average convergence divergence', zh: '指数平滑异同移动平均' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: { fast: periodParam(12), slow: periodParam(26), signal: periodParam(9), average: averageParam('ema') },
  outputs: {
    macd: { warmup: (p) => Math.max(p.fast, p.slow) - 1 },
    signal: { warmup: (p) => Math.max(p.fast, p.slow) + p.signal - 2 },
    histogram: { draw: 'histogram', warmup: (p) => Math.max(p.fast, p.slow) + p.signal - 2 },
  },
  guides: [0],
  formula: 'macd = average(fast) − average(slow); signal = average(macd, signal); histogram = macd − signal',
  source: 'Appel (1979); backtrader MACDHisto (I-110, I-111)',
  aliases: { backtrader: ['MACD', 'MACDHisto', 'MACDHistogram'] },
  create(columns, { fast, slow, signal, average }) {
    const fastAverage = createAverage(average, fast)
    const slowAverage = createAverage(average, slow)
    const signalAverage = createAverage(average, signal)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const macd = columnAt(columns.outputs, 0)
      const signals = columnAt(columns.outputs, 1)
      const histogram = columnAt(columns.outputs, 2)
      fastAverage.run(values, macd, from, to)
      slowAverage.run(values, histogram, from, to)
      for (let i = from; i < to; i++) macd[i] = (macd[i] as number) - (histogram[i] as number)
      signalAverage.run(macd, signals, from, to)
      for (let i = from; i < to; i++) histogram[i] = (macd[i] as number) - (signals[i] as number)
    }
  },
})

export const cciDefinition = defineIndicator<{ period: number; factor: number; average: AverageKind }>({
  id: 'cci',
  title: { en: 'Commodity channel index', zh: '顺势指标' },
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  params: {
    period: periodParam(20),
    factor: numberParam(0.015, { min: 1e-6, max: 1e6, step: 0.005 }),
    average: averageParam('sma'),
  },
  outputs: { cci: { warmup: (p) => 2 * p.period - 2 } },
  guides: [-100, 100],
  formula:
    '(tp − average(tp)) / (factor · mean deviation of tp), tp = (high + low + close) / 3; each bar deviates from its ' +
    'own rolling mean; 0 where the deviation is 0',
  source: 'Lambert (1980); backtrader CommodityChannelIndex (I-105), which differs from TA-Lib’s',
  aliases: { backtrader: ['CommodityChannelIndex', 'CCI'] },
  create(columns, { period, factor, average }) {
    const mean = createAverage(average, period)
    const meanDistance = createAverage(average, period)
    const distances = scratchColumn()
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const typical = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
        out[i] = typical
        distances[i - from] = typical
      }
      mean.run(distances, distances, 0, to - from)
      for (let i = from; i < to; i++) {
        const distance = (out[i] as number) - (distances[i - from] as number)
        distances[i - from] = distance
        out[i] = Math.abs(distance)
      }
      meanDistance.run(out, out, from, to)
      for (let i = from; i < to; i++) {
        const deviation = out[i] as number
        out[i] = deviation === 0 ? 0 : (distances[i - from] as number) / (factor * deviation)
      }
    }
  },
})
