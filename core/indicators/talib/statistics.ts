import { type IndicatorDefinition, type KernelColumns, numberParam, periodParam } from '../definition.ts'
import { defineTalib, timed } from './define.ts'
import {
  inputAt,
  isNothing,
  isNothingOrLess,
  outputAt,
  type Stretch,
  stretchKernel,
  windowKernel,
} from './stretches.ts'

type Period = { period: number }
type Deviations = { period: number; deviations: number }

const full = { warmup: (p: Period) => p.period - 1 }
const ofLine = { group: 'statistic', inputs: ['line'], paramNames: timed } as const
const ofPair = { group: 'statistic', inputs: ['line', 'line'], sources: ['high', 'low'], paramNames: timed } as const
const deviationNames = { ...timed, nbdev: 'deviations' }
const anyNumber = { min: -1e6, max: 1e6, step: 0.1 }

/**
 * Variance as mean of squares less square of the mean, from sums that run along: TA-Lib's rounding, which decides
 * whether flat prices have a deviation at all. Several kernels finish it in their own way.
 */
export class RunningVariance implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  readonly #deviations: number | null
  #sum = 0.1
  #squares = 0.1

  /** `deviations`: what multiplies the standard deviation; null for the variance itself. */
  constructor(columns: KernelColumns, period: number, deviations: number | null) {
    this.#columns = columns
    this.#period = period
    this.#deviations = deviations
  }

  restart(): void {
    this.#sum = 0
    this.#squares = 0
  }

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    const out = outputAt(this.#columns)
    const period = this.#period
    for (let i = from; i < to; i++) {
      const value = values[i] as number
      this.#sum += value
      this.#squares += value * value
      if (age + i - from < period - 1) continue
      const mean = this.#sum / period
      const meanSquare = this.#squares / period
      const leaving = values[i - period + 1] as number
      this.#sum -= leaving
      this.#squares -= leaving * leaving
      out[i] = this.#finished(meanSquare - mean * mean)
    }
  }

  #finished(variance: number): number {
    if (this.#deviations === null) return variance
    return isNothingOrLess(variance) ? 0 : Math.sqrt(variance) * this.#deviations
  }
}

/** Sums of x, y, x², xy and y² of a window, as they run along. */
abstract class PairSums implements Stretch {
  protected readonly columns: KernelColumns
  protected readonly period: number
  protected x = 0.1
  protected y = 0.1
  protected xx = 0.1
  protected xy = 0.1
  protected yy = 0.1

  constructor(columns: KernelColumns, period: number) {
    this.columns = columns
    this.period = period
  }

  restart(): void {
    this.x = 0
    this.y = 0
    this.xx = 0
    this.xy = 0
    this.yy = 0
  }

  abstract run(from: number, to: number, age: number): void

  protected add(x: number, y: number, sign: number): void {
    this.x += sign * x
    this.xx += sign * (x * x)
    this.xy += sign * (x * y)
    this.y += sign * y
    this.yy += sign * (y * y)
  }
}

class Correlation extends PairSums {
  run(from: number, to: number, age: number): void {
    const first = inputAt(this.columns, 0)
    const second = inputAt(this.columns, 1)
    const out = outputAt(this.columns)
    const period = this.period
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars >= period) this.add(first[i - period] as number, second[i - period] as number, -1)
      this.add(first[i] as number, second[i] as number, 1)
      if (bars < period - 1) continue
      const spread = (this.xx - (this.x * this.x) / period) * (this.yy - (this.y * this.y) / period)
      out[i] = isNothingOrLess(spread) ? 0 : (this.xy - (this.x * this.y) / period) / Math.sqrt(spread)
    }
  }
}

class Beta extends PairSums {
  run(from: number, to: number, age: number): void {
    const first = inputAt(this.columns, 0)
    const second = inputAt(this.columns, 1)
    const out = outputAt(this.columns)
    const period = this.period
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      this.add(change(first, i), change(second, i), 1)
      if (bars < period) continue
      const spread = period * this.xx - this.x * this.x
      out[i] = isNothing(spread) ? 0 : (period * this.xy - this.x * this.y) / spread
      const leaving = i - period + 1
      this.add(change(first, leaving), change(second, leaving), -1)
    }
  }
}

/** The change against the bar before as a fraction; 0 after 0. */
function change(values: Float64Array, index: number): number {
  const before = values[index - 1] as number
  return isNothing(before) ? 0 : ((values[index] as number) - before) / before
}

/**
 * Writes for one bar what is shown of a regression line: `line` holds its value at the oldest bar and its slope. Writing
 * instead of returning keeps numbers off the heap.
 */
type RegressionView = (line: Float64Array, out: Float64Array, index: number, period: number) => void

const regressionViews = {
  line: (line, out, index, period) => {
    out[index] = (line[0] as number) + (line[1] as number) * (period - 1)
  },
  forecast: (line, out, index, period) => {
    out[index] = (line[0] as number) + (line[1] as number) * period
  },
  start: (line, out, index) => {
    out[index] = line[0] as number
  },
  slope: (line, out, index) => {
    out[index] = line[1] as number
  },
  angle: (line, out, index) => {
    out[index] = Math.atan(line[1] as number) * (180 / Math.PI)
  },
} as const satisfies Readonly<Record<string, RegressionView>>

/** Least squares through the last `period` values against 0 … period − 1, added up anew for every bar. */
function regressionKernel(columns: KernelColumns, period: number, view: keyof typeof regressionViews) {
  const sumX = period * (period - 1) * 0.5
  const sumXX = (period * (period - 1) * (2 * period - 1)) / 6
  const divisor = sumX * sumX - period * sumXX
  const show: RegressionView = regressionViews[view]
  const line = new Float64Array(2)
  return windowKernel(columns, period, (index) => {
    const values = inputAt(columns, 0)
    let sumY = 0
    let sumXY = 0
    for (let ago = period - 1; ago >= 0; ago--) {
      const value = values[index - ago] as number
      sumY += value
      sumXY += ago * value
    }
    const slope = (period * sumXY - sumX * sumY) / divisor
    line[0] = (sumY - slope * sumX) / period
    line[1] = slope
    show(line, outputAt(columns), index, period)
  })
}

function regression(
  name: string,
  [en, zh]: readonly [string, string],
  view: keyof typeof regressionViews,
  how: string,
) {
  const isPrice = view === 'line' || view === 'forecast' || view === 'start'
  return defineTalib<Period>({
    ...ofLine,
    name,
    en,
    zh,
    pane: isPrice ? 'price' : 'own',
    params: { period: periodParam(14, 2) },
    outputs: { [view]: full },
    formula: `least squares through the last period values: ${how}`,
    create: (columns, { period }) => regressionKernel(columns, period, view),
  })
}

/** TA-Lib's statistics. */
export const statisticDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Deviations>({
    ...ofLine,
    name: 'STDDEV',
    en: 'Standard deviation',
    zh: '标准差',
    paramNames: deviationNames,
    params: { period: periodParam(5, 2), deviations: numberParam(1, anyNumber) },
    outputs: { stddev: full },
    formula: 'deviations · √(mean of x² − square of the mean of x); 0 where that is no more than 10⁻¹⁴',
    create: (columns, { period, deviations }) =>
      stretchKernel(columns, period - 1, new RunningVariance(columns, period, deviations)),
  }),
  defineTalib<Deviations>({
    ...ofLine,
    name: 'VAR',
    en: 'Variance',
    zh: '方差',
    paramNames: deviationNames,
    params: { period: periodParam(5), deviations: numberParam(1, anyNumber) },
    outputs: { variance: full },
    formula: 'mean of x² − square of the mean of x; deviations changes nothing, as in TA-Lib',
    create: (columns, { period }) => stretchKernel(columns, period - 1, new RunningVariance(columns, period, null)),
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'AVGDEV',
    en: 'Average deviation',
    zh: '平均偏差',
    params: { period: periodParam(14, 2) },
    outputs: { deviation: full },
    formula: 'mean of |x − mean| over the last period values',
    create: (columns, { period }) =>
      windowKernel(columns, period, (index) => {
        const values = inputAt(columns, 0)
        let sum = 0
        for (let ago = 0; ago < period; ago++) sum += values[index - ago] as number
        let deviation = 0
        for (let ago = 0; ago < period; ago++) deviation += Math.abs((values[index - ago] as number) - sum / period)
        outputAt(columns)[index] = deviation / period
      }),
  }),
  defineTalib<Period>({
    ...ofPair,
    name: 'BETA',
    en: 'Beta of two lines',
    zh: '贝塔系数',
    params: { period: periodParam(5) },
    outputs: { beta: { warmup: (p) => p.period } },
    formula: 'slope of the changes of the second line against those of the first over period changes; 0 without spread',
    create: (columns, { period }) => stretchKernel(columns, period, new Beta(columns, period)),
  }),
  defineTalib<Period>({
    ...ofPair,
    name: 'CORREL',
    en: 'Correlation of two lines',
    zh: '相关系数',
    params: { period: periodParam(30) },
    outputs: { correlation: full },
    formula: 'Pearson’s correlation of two lines over period bars; 0 without spread',
    create: (columns, { period }) => stretchKernel(columns, period - 1, new Correlation(columns, period)),
  }),
  regression('LINEARREG', ['Linear regression', '线性回归'], 'line', 'its value at the newest bar'),
  regression('LINEARREG_ANGLE', ['Linear regression angle', '线性回归角度'], 'angle', 'arctan of its slope in degrees'),
  regression(
    'LINEARREG_INTERCEPT',
    ['Linear regression intercept', '线性回归截距'],
    'start',
    'its value at the oldest bar',
  ),
  regression('LINEARREG_SLOPE', ['Linear regression slope', '线性回归斜率'], 'slope', 'its slope per bar'),
  regression('TSF', ['Time series forecast', '时间序列预测'], 'forecast', 'its value one bar ahead'),
]
