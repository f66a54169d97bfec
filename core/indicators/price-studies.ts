import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { Delay } from './windows.ts'

const ownPane = { pane: 'own', group: 'momentum', guides: [0] } as const

/** How far back the average of the detrended price is taken: half the period less one, at least the present bar. */
const detrendShift = (period: number) => Math.ceil(period / 2) - 1

export const dpoDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...ownPane,
  id: 'dpo',
  title: { en: 'Detrended price oscillator', zh: '去趋势价格振荡指标' },
  inputs: ['line'],
  params: { period: periodParam(20), average: averageParam('sma') },
  outputs: { dpo: { warmup: (p) => p.period - 1 + detrendShift(p.period) } },
  formula: 'x − average(x, period) of ⌈period / 2⌉ − 1 bars ago',
  source: 'backtrader DetrendedPriceOscillator (I-118)',
  aliases: { backtrader: ['DetrendedPriceOscillator', 'DPO'] },
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    const delay = new Delay(detrendShift(period))
    const means = scratchColumn()
    const earlier = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      for (let i = 0; i < count; i++) means[i] = values[from + i] as number
      mean.run(means, means, 0, count)
      delay.run(means, earlier, 0, count)
      for (let i = from; i < to; i++) out[i] = (values[i] as number) - (earlier[i - from] as number)
    }
  },
})

export const prettyGoodDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...ownPane,
  id: 'pgo',
  title: { en: 'Pretty good oscillator', zh: 'PGO 振荡指标' },
  inputs: ['high', 'low', 'close'],
  params: { period: periodParam(14), average: averageParam('sma') },
  outputs: { pgo: { warmup: (p) => p.period } },
  formula: '(close − average(close, period)) / average true range (Wilder) over period; 0 while there is no range',
  source: 'Johnson; backtrader PrettyGoodOscillator (I-126)',
  aliases: { backtrader: ['PrettyGoodOscillator', 'PGO', 'PrettyGoodOsc'] },
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    const range = new TrueRange()
    const meanRange = createAverage('smma', period)
    const ranges = scratchColumn()
    return (from, to) => {
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      range.run(columns.inputs, [from, to], ranges, 0)
      meanRange.run(ranges, ranges, 0, to - from)
      mean.run(close, out, from, to)
      for (let i = from; i < to; i++) {
        const height = ranges[i - from] as number
        const distance = (close[i] as number) - (out[i] as number)
        out[i] = height === 0 ? 0 : distance / height
      }
    }
  },
})

type AwesomeParams = { fast: number; slow: number; average: AverageKind }

export const awesomeDefinition = defineIndicator<AwesomeParams>({
  ...ownPane,
  id: 'awesome',
  title: { en: 'Awesome oscillator', zh: '动量震荡指标 AO' },
  inputs: ['high', 'low'],
  params: { fast: periodParam(5), slow: periodParam(34), average: averageParam('sma') },
  outputs: { awesome: { draw: 'histogram', warmup: (p) => Math.max(p.fast, p.slow) - 1 } },
  formula: 'average(m, fast) − average(m, slow) with m = (high + low) / 2',
  source: 'Bill Williams; backtrader AwesomeOscillator (I-127)',
  aliases: { backtrader: ['AwesomeOscillator', 'AO', 'AwesomeOsc'] },
  create(columns, { fast, slow, average }) {
    const fastAverage = createAverage(average, fast)
    const slowAverage = createAverage(average, slow)
    const slows = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      middles(columns.inputs, out, from, to)
      for (let i = from; i < to; i++) slows[i - from] = out[i] as number
      fastAverage.run(out, out, from, to)
      slowAverage.run(slows, slows, 0, to - from)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (slows[i - from] as number)
    }
  },
})

/** (high + low) / 2 of each bar; `bars` = high, low. */
function middles(bars: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const high = columnAt(bars, 0)
  const low = columnAt(bars, 1)
  for (let i = from; i < to; i++) output[i] = ((high[i] as number) + (low[i] as number)) / 2
}

export const accelerationDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...ownPane,
  id: 'acceleration',
  title: { en: 'Acceleration/deceleration oscillator', zh: '加速/减速振荡指标' },
  inputs: ['high', 'low'],
  params: { period: periodParam(5), average: averageParam('sma') },
  outputs: { acceleration: { draw: 'histogram', warmup: (p) => 33 + p.period - 1 } },
  formula: 'ao − average(ao, period) with ao the awesome oscillator over 5 and 34 bars',
  source: 'Bill Williams; backtrader AccelerationDecelerationOscillator (I-128)',
  aliases: { backtrader: ['AccelerationDecelerationOscillator', 'AccDeOsc'] },
  create(columns, { period, average }) {
    const fastAverage = createAverage('sma', 5)
    const slowAverage = createAverage('sma', 34)
    const mean = createAverage(average, period)
    const slows = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      middles(columns.inputs, out, from, to)
      for (let i = 0; i < count; i++) slows[i] = out[from + i] as number
      fastAverage.run(out, out, from, to)
      slowAverage.run(slows, slows, 0, count)
      for (let i = 0; i < count; i++) {
        slows[i] = (out[from + i] as number) - (slows[i] as number)
        out[from + i] = slows[i] as number
      }
      mean.run(slows, slows, 0, count)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (slows[i - from] as number)
    }
  },
})
