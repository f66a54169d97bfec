import { civilDate, civilTime, monthNumber } from './civil-date.ts'
import { type Drawdown, drawdownColumn, drawdownsOf } from './drawdowns.ts'
import {
  correlation,
  isFlat,
  kurtosis,
  maximum,
  mean,
  sampleDeviation,
  sampleExcessKurtosis,
  sampleSkewness,
  skewness,
  sortedQuantile,
} from './statistics.ts'

/** Simple returns, one a period (a day, as a rule), ascending by time. */
export interface ReturnSeries {
  readonly time: Float64Array
  readonly value: Float64Array
}

/** How returns are brought to a year. */
export interface YearBasis {
  /** Periods of the series in a year: 252 for trading days. */
  readonly periodsPerYear: number
  /** Risk-free rate a year, ratio. */
  readonly riskFree: number
}

export const tradingDays: YearBasis = { periodsPerYear: 252, riskFree: 0 }

/** What several metrics ask of the same returns; each answer is computed once, when it is first asked for. */
export class ReturnFacts {
  readonly time: Float64Array
  readonly values: Float64Array
  readonly count: number
  readonly perYear: number
  /** A year, as given. */
  readonly riskFree: number
  /** A period: (1 + yearly)^(1 / periods) − 1. */
  readonly rate: number
  readonly #known = new Map<string, unknown>()

  constructor(series: ReturnSeries, basis: YearBasis = tradingDays) {
    this.time = series.time
    this.values = series.value
    this.count = series.value.length
    this.perYear = basis.periodsPerYear
    this.riskFree = basis.riskFree
    this.rate = basis.riskFree === 0 ? 0 : (1 + basis.riskFree) ** (1 / basis.periodsPerYear) - 1
  }

  #once<Value>(name: string, compute: () => Value): Value {
    if (!this.#known.has(name)) this.#known.set(name, compute())
    return this.#known.get(name) as Value
  }

  get mean(): number {
    return this.#once('mean', () => mean(this.values))
  }

  /** Sample deviation; NaN where the returns do not scatter. */
  get deviation(): number {
    return this.#once('deviation', () => (isFlat(this.values) ? Number.NaN : sampleDeviation(this.values)))
  }

  /** Returns less the risk-free rate of a period. */
  get excess(): Float64Array {
    return this.#once('excess', () => (this.rate === 0 ? this.values : this.values.map((value) => value - this.rate)))
  }

  get sorted(): Float64Array {
    return this.#once('sorted', () => this.values.toSorted())
  }

  quantile(share: number): number {
    return sortedQuantile(this.sorted, share)
  }

  get skew(): number {
    return this.#once('skew', () => skewness(this.values))
  }

  /** Raw: 3 for a normal distribution. */
  get kurtosis(): number {
    return this.#once('kurtosis', () => kurtosis(this.values))
  }

  get sampleSkew(): number {
    return this.#once('sampleSkew', () => sampleSkewness(this.values))
  }

  get sampleExcessKurtosis(): number {
    return this.#once('sampleExcessKurtosis', () => sampleExcessKurtosis(this.values))
  }

  get gains(): Float64Array {
    return this.#once('gains', () => this.values.filter((value) => value > 0))
  }

  get losses(): Float64Array {
    return this.#once('losses', () => this.values.filter((value) => value < 0))
  }

  /** Growth of 1 up to and including each period. */
  get wealth(): Float64Array {
    return this.#once('wealth', () => {
      let value = 1
      return this.values.map((change) => (value *= 1 + change))
    })
  }

  /** Growth of 1 over the whole series; NaN when empty. */
  get growth(): number {
    return this.wealth.at(-1) ?? Number.NaN
  }

  /** Compound growth a year by the number of periods; −1 when all was lost, NaN beyond that. */
  get annual(): number {
    return this.growth ** (this.perYear / this.count) - 1
  }

  /** Depth below the highest wealth so far, ratio ≥ 0. */
  get drawdown(): Float64Array {
    return this.#once('drawdown', () => drawdownColumn(this.wealth, 1))
  }

  get maxDrawdown(): number {
    return this.#once('maxDrawdown', () => maximum(this.drawdown))
  }

  get drawdowns(): readonly Drawdown[] {
    return this.#once('drawdowns', () => drawdownsOf(this.time, this.wealth, 1))
  }

  /** Compound returns of the calendar months that have a period, or of blocks of months (3: quarters, 12: years). */
  compounded(months: 1 | 3 | 6 | 12): Float64Array {
    return this.#once(`compounded${months}`, () => this.#blocks(months, (total, value) => total * (1 + value), 1))
  }

  /** Plain sums of the returns in calendar blocks of months. */
  summed(months: 1 | 3 | 6 | 12): Float64Array {
    return this.#once(`summed${months}`, () => this.#blocks(months, (total, value) => total + value, 0))
  }

  #blocks(months: number, add: (total: number, value: number) => number, start: 0 | 1): Float64Array {
    const blocks: number[] = []
    let current = Number.NaN
    for (let row = 0; row < this.count; row++) {
      const block = Math.floor(monthNumber(this.time[row] as number) / months)
      if (block !== current) blocks.push(start)
      current = block
      blocks.push(add(blocks.pop() as number, this.values[row] as number))
    }
    return Float64Array.from(blocks, (total) => total - start)
  }

  /** Growth from a moment on; NaN when the series does not reach back to it. */
  growthSince(moment: number): number {
    const first = this.time[0] ?? Number.NaN
    if (!(first <= moment)) return Number.NaN
    let value = 1
    for (let row = this.count - 1; row >= 0 && (this.time[row] as number) > moment; row--) {
      value *= 1 + (this.values[row] as number)
    }
    return value
  }

  /** The moment so many months before the last period. */
  monthsBack(months: number): number {
    const { year, month, day } = civilDate(this.time.at(-1) ?? Number.NaN)
    return civilTime(year, month - months, day)
  }

  /**
   * Factor by which the deviation grows when returns follow each other: √(1 + 2 Σ (n − k)/n · |ρ|^k), ρ the correlation
   * of consecutive returns.
   */
  get autocorrelationPenalty(): number {
    return this.#once('penalty', () => autocorrelationPenalty(this.values))
  }
}

function autocorrelationPenalty(values: Float64Array): number {
  const n = values.length
  const rho = Math.abs(correlation(values.subarray(0, n - 1), values.subarray(1)))
  if (Number.isNaN(rho)) return 1
  let total = 0
  let power = 1
  for (let lag = 1; lag < n && power > 0; lag++) {
    power *= rho
    total += ((n - lag) / n) * power
  }
  return Math.sqrt(1 + 2 * total)
}
