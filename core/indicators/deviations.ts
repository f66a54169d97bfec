import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'

/** Population deviation as backtrader defines it: √|average(x²) − average(x)²| (I-060). */
function deviation(mean: number, meanOfSquares: number): number {
  return Math.sqrt(Math.abs(meanOfSquares - mean * mean))
}

type DeviationParams = { period: number; average: AverageKind }

export const stddevDefinition = defineIndicator<DeviationParams>({
  id: 'stddev',
  title: { en: 'Standard deviation', zh: '标准差' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(20), average: averageParam('sma') },
  outputs: { stddev: { warmup: (p) => p.period - 1 } },
  formula: '√|average(x²) − average(x)²|: population (divides by period)',
  source: 'backtrader StandardDeviation (I-060)',
  aliases: { backtrader: ['StandardDeviation', 'StdDev'] },
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    const meanOfSquares = createAverage(average, period)
    const means = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        means[i - from] = value
        out[i] = value * value
      }
      mean.run(means, means, 0, to - from)
      meanOfSquares.run(out, out, from, to)
      for (let i = from; i < to; i++) out[i] = deviation(means[i - from] as number, out[i] as number)
    }
  },
})

export const meandevDefinition = defineIndicator<DeviationParams>({
  id: 'meandev',
  title: { en: 'Mean deviation (rolling means)', zh: '平均偏差（滚动均值）' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(20), average: averageParam('sma') },
  outputs: { meandev: { warmup: (p) => 2 * p.period - 2 } },
  formula: 'average of |x − average(x)|, where each bar is measured from its own rolling mean',
  source: 'backtrader MeanDeviation (I-061); others measure the whole window from its present mean',
  aliases: { backtrader: ['MeanDeviation', 'MeanDev'] },
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    const meanDistance = createAverage(average, period)
    const means = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) means[i - from] = values[i] as number
      mean.run(means, means, 0, to - from)
      for (let i = from; i < to; i++) out[i] = Math.abs((values[i] as number) - (means[i - from] as number))
      meanDistance.run(out, out, from, to)
    }
  },
})

const bandParams = {
  period: periodParam(20),
  width: numberParam(2, { min: 0, max: 100, step: 0.1 }),
  average: averageParam('sma'),
}
type BandParams = { period: number; width: number; average: AverageKind }

export const bollingerDefinition = defineIndicator<BandParams>({
  id: 'bollinger',
  title: { en: 'Bollinger bands', zh: '布林带' },
  group: 'band',
  inputs: ['line'],
  pane: 'price',
  params: bandParams,
  outputs: {
    middle: { warmup: (p) => p.period - 1 },
    upper: { warmup: (p) => p.period - 1 },
    lower: { warmup: (p) => p.period - 1 },
  },
  formula: 'middle = average(x); upper, lower = middle ± width · population deviation',
  source: 'Bollinger on Bollinger Bands (2001); backtrader BollingerBands (I-058)',
  aliases: { backtrader: ['BollingerBands', 'BBands'] },
  create(columns, { period, width, average }) {
    const mean = createAverage(average, period)
    const meanOfSquares = createAverage(average, period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const middle = columnAt(columns.outputs, 0)
      const upper = columnAt(columns.outputs, 1)
      const lower = columnAt(columns.outputs, 2)
      for (let i = from; i < to; i++) upper[i] = (values[i] as number) * (values[i] as number)
      mean.run(values, middle, from, to)
      meanOfSquares.run(upper, upper, from, to)
      for (let i = from; i < to; i++) {
        const center = middle[i] as number
        const reach = width * deviation(center, upper[i] as number)
        upper[i] = center + reach
        lower[i] = center - reach
      }
    }
  },
})

export const percentBDefinition = defineIndicator<BandParams>({
  id: 'percent-b',
  title: { en: 'Bollinger %B', zh: '布林 %B' },
  group: 'band',
  inputs: ['line'],
  pane: 'own',
  params: bandParams,
  outputs: { percentB: { warmup: (p) => p.period - 1 } },
  guides: [0, 1],
  formula: '(x − lower) / (upper − lower) of the Bollinger bands; 0.5 where the bands meet',
  source: 'backtrader BollingerBandsPct (I-059)',
  create(columns, { period, width, average }) {
    const mean = createAverage(average, period)
    const meanOfSquares = createAverage(average, period)
    const means = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        means[i - from] = value
        out[i] = value * value
      }
      mean.run(means, means, 0, to - from)
      meanOfSquares.run(out, out, from, to)
      for (let i = from; i < to; i++) {
        const center = means[i - from] as number
        const reach = width * deviation(center, out[i] as number)
        const upper = center + reach
        const lower = center - reach
        out[i] = upper === lower ? 0.5 : ((values[i] as number) - lower) / (upper - lower)
      }
    }
  },
})
