import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'

type PairParams = { fast: number; slow: number; average: AverageKind }

const pairParams = { fast: periodParam(12), slow: periodParam(26), average: averageParam('ema') }
const overLine = { inputs: ['line'], pane: 'own', group: 'momentum', guides: [0] } as const
const slower = (p: { fast: number; slow: number }) => Math.max(p.fast, p.slow) - 1

export const priceOscillatorDefinition = defineIndicator<PairParams>({
  ...overLine,
  id: 'apo',
  title: { en: 'Absolute price oscillator', zh: '绝对价格振荡指标' },
  params: pairParams,
  outputs: { apo: { warmup: slower } },
  formula: 'average(x, fast) − average(x, slow)',
  source: 'backtrader PriceOscillator (I-107)',
  aliases: {
    backtrader: ['PriceOscillator', 'PriceOsc', 'AbsolutePriceOscillator', 'AbsPriceOsc', 'APO'],
  },
  create(columns, { fast, slow, average }) {
    const fastAverage = createAverage(average, fast)
    const slowAverage = createAverage(average, slow)
    const slows = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) slows[i - from] = values[i] as number
      fastAverage.run(values, out, from, to)
      slowAverage.run(slows, slows, 0, to - from)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (slows[i - from] as number)
    }
  },
})

const bases = ['slow', 'fast'] as const

export const percentPriceOscillatorDefinition = defineIndicator<
  PairParams & { signal: number; base: (typeof bases)[number] }
>({
  ...overLine,
  id: 'ppo',
  title: { en: 'Percentage price oscillator', zh: '百分比价格振荡指标' },
  params: { ...pairParams, signal: periodParam(9), base: { kind: 'choice', default: 'slow', choices: bases } },
  outputs: {
    ppo: { warmup: slower },
    signal: { warmup: (p) => slower(p) + p.signal - 1 },
    histogram: { draw: 'histogram', warmup: (p) => slower(p) + p.signal - 1 },
  },
  formula:
    'ppo = 100 · (average(x, fast) − average(x, slow)) / the average named base, undefined where that is 0; ' +
    'signal = average(ppo, signal); histogram = ppo − signal',
  source: 'backtrader PercentagePriceOscillator and its Short form (I-108, I-109)',
  aliases: {
    backtrader: [
      'PercentagePriceOscillator',
      'PPO',
      'PercPriceOsc',
      'PercentagePriceOscillatorShort',
      'PPOShort',
      'PercPriceOscShort',
    ],
  },
  create(columns, { fast, slow, signal, average, base }) {
    const fastAverage = createAverage(average, fast)
    const slowAverage = createAverage(average, slow)
    const signalAverage = createAverage(average, signal)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const ppo = columnAt(columns.outputs, 0)
      const signals = columnAt(columns.outputs, 1)
      const histogram = columnAt(columns.outputs, 2)
      fastAverage.run(values, signals, from, to)
      slowAverage.run(values, histogram, from, to)
      const divisors = base === 'slow' ? histogram : signals
      for (let i = from; i < to; i++) {
        const divisor = divisors[i] as number
        const difference = (signals[i] as number) - (histogram[i] as number)
        ppo[i] = divisor === 0 ? Number.NaN : (100 * difference) / divisor
      }
      signalAverage.run(ppo, signals, from, to)
      for (let i = from; i < to; i++) histogram[i] = (ppo[i] as number) - (signals[i] as number)
    }
  },
})
