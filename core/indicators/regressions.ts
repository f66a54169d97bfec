import { createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'

/** The straight line through the last `period` pairs, by least squares; `slope` and `intercept` after `push`. */
class RollingRegression {
  readonly #a: Float64Array
  readonly #b: Float64Array
  #slot = 0
  #known = 0
  slope = Number.NaN
  intercept = Number.NaN

  constructor(period: number) {
    this.#a = new Float64Array(period)
    this.#b = new Float64Array(period)
  }

  /** Takes the next pair a ~ b; slope and intercept are NaN while the window has a gap or all its b are equal. */
  push(a: number, b: number): void {
    const period = this.#a.length
    this.#a[this.#slot] = a
    this.#b[this.#slot] = b
    this.#slot = this.#slot + 1 === period ? 0 : this.#slot + 1
    this.#known = Number.isFinite(a) && Number.isFinite(b) ? Math.min(this.#known + 1, period) : 0
    this.slope = Number.NaN
    this.intercept = Number.NaN
    if (this.#known === period) this.#fit()
  }

  /** Two passes over the window: deviations from the means lose no digits to the size of the prices. */
  #fit(): void {
    const period = this.#a.length
    let sumA = 0
    let sumB = 0
    for (let k = 0; k < period; k++) {
      sumA += this.#a[k] as number
      sumB += this.#b[k] as number
    }
    const meanA = sumA / period
    const meanB = sumB / period
    let together = 0
    let squares = 0
    for (let k = 0; k < period; k++) {
      const distance = (this.#b[k] as number) - meanB
      together += distance * ((this.#a[k] as number) - meanA)
      squares += distance * distance
    }
    if (squares === 0) return
    this.slope = together / squares
    this.intercept = meanA - this.slope * meanB
  }
}

const ofTwoLines = { inputs: ['line', 'line'], pane: 'own', group: 'statistic' } as const

export const regressionDefinition = defineIndicator<{ period: number }>({
  ...ofTwoLines,
  id: 'regression',
  title: { en: 'Rolling regression of two lines', zh: '两线滚动回归' },
  params: { period: periodParam(10, 3) },
  outputs: { slope: { warmup: (p) => p.period - 1 }, intercept: { warmup: (p) => p.period - 1 } },
  formula: 'least squares a = intercept + slope · b over the last period bars; undefined where all b are equal',
  source: 'backtrader OLS_Slope_InterceptN (I-139); its slope is what OLS_BetaN was meant to give (I-141, X-07)',
  aliases: { backtrader: ['OLS_Slope_InterceptN', 'OLS_BetaN'] },
  create(columns, { period }) {
    const regression = new RollingRegression(period)
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const slope = columnAt(columns.outputs, 0)
      const intercept = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        regression.push(a[i] as number, b[i] as number)
        slope[i] = regression.slope
        intercept[i] = regression.intercept
      }
    }
  },
})

type SpreadParams = { period: number; fit: number }

const spreadWarmup = (p: SpreadParams) => p.fit + p.period - 2

export const pairSpreadDefinition = defineIndicator<SpreadParams>({
  ...ofTwoLines,
  id: 'pair-spread',
  title: { en: 'Pair spread and z-score', zh: '配对价差与 Z 分数' },
  params: { period: periodParam(10, 3), fit: periodParam(10, 3) },
  outputs: {
    spread: { warmup: (p) => p.fit - 1 },
    mean: { warmup: spreadWarmup },
    deviation: { warmup: spreadWarmup },
    zScore: { warmup: spreadWarmup },
  },
  guides: [-2, 0, 2],
  formula:
    'spread = a − (slope · b + intercept) of the regression over fit bars; mean and population deviation of the spread ' +
    'over period; zScore = (spread − mean) / deviation, 0 where there is none',
  source: 'backtrader OLS_TransformationN (I-140), whose regression always spans 10 bars',
  aliases: { backtrader: ['OLS_TransformationN'] },
  create(columns, { period, fit }) {
    const regression = new RollingRegression(fit)
    const mean = createAverage('sma', period)
    const meanOfSquares = createAverage('sma', period)
    const squares = scratchColumn()
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const spread = columnAt(columns.outputs, 0)
      const means = columnAt(columns.outputs, 1)
      const deviation = columnAt(columns.outputs, 2)
      const zScore = columnAt(columns.outputs, 3)
      for (let i = from; i < to; i++) {
        regression.push(a[i] as number, b[i] as number)
        const rest = (a[i] as number) - (regression.slope * (b[i] as number) + regression.intercept)
        spread[i] = rest
        squares[i - from] = rest * rest
      }
      mean.run(spread, means, from, to)
      meanOfSquares.run(squares, squares, 0, to - from)
      for (let i = from; i < to; i++) {
        const center = means[i] as number
        const wide = Math.sqrt(Math.abs((squares[i - from] as number) - center * center))
        deviation[i] = wide
        zScore[i] = wide === 0 ? 0 : ((spread[i] as number) - center) / wide
      }
    }
  },
})
