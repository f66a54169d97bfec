import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { Delay } from './windows.ts'

type CompoundParams = { period: number; average: AverageKind }

const overPrices = { inputs: ['line'], pane: 'price', group: 'average' } as const

export const demaDefinition = defineIndicator<CompoundParams>({
  ...overPrices,
  id: 'dema',
  title: { en: 'Double exponential moving average', zh: '双重指数移动平均' },
  params: { period: periodParam(30), average: averageParam('ema') },
  outputs: { dema: { warmup: (p) => 2 * p.period - 2 } },
  formula: '2 · e1 − e2 with e1 = average(x), e2 = average(e1)',
  source: 'Mulloy (1994); backtrader DoubleExponentialMovingAverage (I-035)',
  aliases: {
    backtrader: ['DoubleExponentialMovingAverage', 'DEMA', 'MovingAverageDoubleExponential'],
    talib: ['DEMA'],
  },
  paramNames: { timeperiod: 'period' },
  create(columns, { period, average }) {
    const first = createAverage(average, period)
    const second = createAverage(average, period)
    const twice = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      first.run(columnAt(columns.inputs, 0), out, from, to)
      for (let i = from; i < to; i++) twice[i - from] = out[i] as number
      second.run(twice, twice, 0, to - from)
      for (let i = from; i < to; i++) out[i] = 2 * (out[i] as number) - (twice[i - from] as number)
    }
  },
})

export const temaDefinition = defineIndicator<CompoundParams>({
  ...overPrices,
  id: 'tema',
  title: { en: 'Triple exponential moving average', zh: '三重指数移动平均' },
  params: { period: periodParam(30), average: averageParam('ema') },
  outputs: { tema: { warmup: (p) => 3 * p.period - 3 } },
  formula: '3 · e1 − 3 · e2 + e3 with e1 = average(x), e2 = average(e1), e3 = average(e2)',
  source: 'Mulloy (1994); backtrader TripleExponentialMovingAverage (I-038)',
  aliases: {
    backtrader: ['TripleExponentialMovingAverage', 'TEMA', 'MovingAverageTripleExponential'],
    talib: ['TEMA'],
  },
  paramNames: { timeperiod: 'period' },
  create(columns, { period, average }) {
    const first = createAverage(average, period)
    const second = createAverage(average, period)
    const third = createAverage(average, period)
    const twice = scratchColumn()
    const thrice = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      first.run(columnAt(columns.inputs, 0), out, from, to)
      for (let i = from; i < to; i++) twice[i - from] = out[i] as number
      second.run(twice, twice, 0, to - from)
      third.run(twice, thrice, 0, to - from)
      for (let i = from; i < to; i++) {
        out[i] = 3 * (out[i] as number) - 3 * (twice[i - from] as number) + (thrice[i - from] as number)
      }
    }
  },
})

export const hmaDefinition = defineIndicator<CompoundParams>({
  ...overPrices,
  id: 'hma',
  title: { en: 'Hull moving average', zh: '赫尔移动平均' },
  params: { period: periodParam(30, 2), average: averageParam('wma') },
  outputs: { hma: { warmup: (p) => p.period + Math.floor(Math.sqrt(p.period)) - 2 } },
  formula: 'average(2 · average(x, ⌊period / 2⌋) − average(x, period), ⌊√period⌋)',
  source: 'Hull (2005); backtrader HullMovingAverage (I-047)',
  aliases: { backtrader: ['HullMovingAverage', 'HMA', 'HullMA'] },
  create(columns, { period, average }) {
    const whole = createAverage(average, period)
    const half = createAverage(average, Math.floor(period / 2))
    const last = createAverage(average, Math.floor(Math.sqrt(period)))
    const halves = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) halves[i - from] = values[i] as number
      whole.run(values, out, from, to)
      half.run(halves, halves, 0, to - from)
      for (let i = from; i < to; i++) out[i] = 2 * (halves[i - from] as number) - (out[i] as number)
      last.run(out, out, from, to)
    }
  },
})

export const zlemaDefinition = defineIndicator<CompoundParams>({
  ...overPrices,
  id: 'zlema',
  title: { en: 'Zero-lag exponential moving average', zh: '零滞后指数移动平均' },
  params: { period: periodParam(30), average: averageParam('ema') },
  outputs: { zlema: { warmup: (p) => p.period - 1 + Math.floor((p.period - 1) / 2) } },
  formula: 'average(2 · x − x lag bars ago, period) with lag = ⌊(period − 1) / 2⌋',
  source: 'Ehlers and Way (2010); backtrader ZeroLagExponentialMovingAverage (I-044)',
  aliases: { backtrader: ['ZeroLagExponentialMovingAverage', 'ZLEMA', 'ZeroLagEma'] },
  create(columns, { period, average }) {
    const delay = new Delay(Math.floor((period - 1) / 2))
    const mean = createAverage(average, period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = 2 * (values[i] as number) - (out[i] as number)
      mean.run(out, out, from, to)
    }
  },
})
