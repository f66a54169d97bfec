import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { LeastSquares } from './least-squares.ts'
import { cointegrationPValue, type Trend, trends } from './mackinnon.ts'

/** Residuals below this share of the variance are rounding: one series is a multiple of the other. */
const sameSeries = 100 * Math.sqrt(Number.EPSILON)

/** Schwert's rule for the most lags of a Dickey–Fuller regression, as far as the window can bear them. */
function mostLags(period: number): number {
  const schwert = Math.ceil(12 * Math.sqrt(Math.sqrt(period / 100)))
  return Math.min(Math.floor(period / 2) - 1, schwert)
}

/** The last `period` pairs and the statistic of their Engle–Granger test. */
class CointegrationWindow {
  readonly #period: number
  readonly #a: Float64Array
  readonly #b: Float64Array
  /** Columns of the trend: 1, t, t². */
  readonly #terms: readonly Float64Array[]
  readonly #residuals: Float64Array
  readonly #changes: Float64Array
  readonly #fit: LeastSquares
  readonly #mostLags: number
  #known = 0

  constructor(period: number, trend: Trend) {
    this.#period = period
    this.#a = new Float64Array(period)
    this.#b = new Float64Array(period)
    const powers = trend === 'n' ? [] : Array.from(trend, (_, power) => power)
    this.#terms = powers.map((power) => Float64Array.from({ length: period }, (_, k) => (k + 1) ** power))
    this.#residuals = new Float64Array(period)
    this.#changes = new Float64Array(period - 1)
    this.#mostLags = mostLags(period)
    this.#fit = new LeastSquares(period, Math.max(this.#mostLags + 1, powers.length + 1))
  }

  /** Takes the next pair; the statistic, NaN where the window has a gap or a regression of nothing. */
  push(a: number, b: number): number {
    this.#a.copyWithin(0, 1)
    this.#b.copyWithin(0, 1)
    this.#a[this.#period - 1] = a
    this.#b[this.#period - 1] = b
    this.#known = Number.isFinite(a) && Number.isFinite(b) ? Math.min(this.#known + 1, this.#period) : 0
    if (this.#known < this.#period) return Number.NaN
    const unexplained = this.#regress()
    return unexplained > sameSeries ? this.#statistic(this.#bestLags()) : Number.NaN
  }

  /** Regresses a on b and the trend, keeps residuals and their changes; the unexplained share of the variance. */
  #regress(): number {
    const fit = this.#fit
    fit.start(this.#a, 0, this.#period)
    const size = fit.rest()
    let total = size
    this.#terms.forEach((term, power) => {
      fit.take(term, 0)
      if (power === 0) total = fit.rest()
    })
    if (!(total > size * Number.EPSILON ** 2)) return Number.NaN
    fit.take(this.#b, 0)
    this.#residuals.set(fit.left)
    for (let k = 0; k + 1 < this.#period; k++) {
      this.#changes[k] = (this.#residuals[k + 1] as number) - (this.#residuals[k] as number)
    }
    return fit.rest() / total
  }

  /** The lags with the lowest AIC, all judged by the rows that the longest leaves. */
  #bestLags(): number {
    const most = this.#mostLags
    const rows = this.#period - 1 - most
    const fit = this.#fit
    fit.start(this.#changes, most, rows)
    fit.take(this.#residuals, most)
    let best = 0
    let lowest = Number.POSITIVE_INFINITY
    for (let lags = 0; lags <= most; lags++) {
      if (lags > 0) fit.take(this.#changes, most - lags)
      // As many columns as rows leave no residual but rounding
      const fitted = fit.rank >= rows ? Number.NEGATIVE_INFINITY : rows * Math.log(fit.rest() / rows)
      const criterion = fitted + 2 * fit.rank
      if (criterion < lowest) {
        lowest = criterion
        best = lags
      }
    }
    return best
  }

  /** t of the level in the regression of the changes on the level before and their own lags. */
  #statistic(lags: number): number {
    const fit = this.#fit
    const rows = this.#period - 1 - lags
    fit.start(this.#changes, lags, rows)
    for (let lag = 1; lag <= lags; lag++) fit.take(this.#changes, lags - lag)
    const component = fit.take(this.#residuals, lags)
    const freedom = rows - fit.rank
    // No freedom: an infinite standard error, so nothing is known of the level
    return freedom > 0 ? component / Math.sqrt(fit.rest() / freedom) : 0
  }
}

export const cointegrationDefinition = defineIndicator<{ period: number; trend: string }>({
  inputs: ['line', 'line'],
  pane: 'own',
  group: 'statistic',
  id: 'cointegration',
  title: { en: 'Cointegration of two lines (Engle–Granger)', zh: '两线协整检验（恩格尔-格兰杰）' },
  params: {
    period: { ...periodParam(100, 5), max: 5_000 },
    trend: { kind: 'choice', default: 'c', choices: trends },
  },
  outputs: {
    score: { warmup: (p) => p.period - 1, sparse: true },
    pvalue: { warmup: (p) => p.period - 1, sparse: true },
  },
  guides: [0.05],
  formula:
    'residuals of least squares a ~ b + trend (n none, c constant, ct with t, ctt with t²) over period bars; score = t of ' +
    'e(t−1) in Δe(t) ~ e(t−1) + Δe(t−1) … Δe(t−lags), without constant, lags ≤ min(period/2 − 1, ⌈12·(period/100)^¼⌉) ' +
    'by AIC; pvalue of MacKinnon’s surface for two series. In even periods up to 20 the AIC takes all lags, which leaves ' +
    'no freedom: score 0 always. Undefined where a stands still or is b times a number (statsmodels: −∞, with a warning)',
  source:
    'Engle & Granger 1987; MacKinnon 1994, 2010; as statsmodels coint, which backtrader CointN (I-142, there period 10) calls',
  aliases: { backtrader: ['CointN'] },
  create(columns, { period, trend }) {
    const window = new CointegrationWindow(period, trend as Trend)
    return (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const score = columnAt(columns.outputs, 0)
      const pvalue = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        const statistic = window.push(a[i] as number, b[i] as number)
        score[i] = statistic
        pvalue[i] = cointegrationPValue(statistic, trend as Trend)
      }
    }
  },
})
