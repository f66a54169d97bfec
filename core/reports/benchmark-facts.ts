import { ReturnFacts, type ReturnSeries, type YearBasis } from './return-facts.ts'
import { correlation, isFlat, mean, sampleDeviation } from './statistics.ts'

/** Returns beside those of a benchmark, over the periods that both have. */
export class BenchmarkFacts {
  readonly own: ReturnFacts
  readonly other: ReturnFacts
  readonly #active: Float64Array

  constructor(own: ReturnSeries, other: ReturnSeries, basis: YearBasis) {
    const [left, right] = paired(own, other)
    this.own = new ReturnFacts(left, basis)
    this.other = new ReturnFacts(right, basis)
    this.#active = left.value.map((value, row) => value - (right.value[row] as number))
  }

  /** Own return less the benchmark's, period by period. */
  get active(): Float64Array {
    return this.#active
  }

  /** Slope of own returns over the benchmark's; NaN when the benchmark does not move. */
  get beta(): number {
    const { own, other } = this
    if (own.count < 2 || isFlat(other.values)) return Number.NaN
    let both = 0
    let squares = 0
    for (let row = 0; row < own.count; row++) {
      const distance = (other.values[row] as number) - other.mean
      both += distance * ((own.values[row] as number) - own.mean)
      squares += distance * distance
    }
    return both / squares
  }

  /** Mean return a period that beta does not explain, over the risk-free rate. */
  get alphaPerPeriod(): number {
    const { own, other } = this
    return own.mean - own.rate - this.beta * (other.mean - other.rate)
  }

  get correlation(): number {
    return correlation(this.own.values, this.other.values)
  }

  /** Mean of the active returns over their sample deviation, a period; NaN when they do not scatter. */
  get information(): number {
    return isFlat(this.active) ? Number.NaN : mean(this.active) / sampleDeviation(this.active)
  }

  /** Yearly growth over the benchmark's, counting only periods in which the benchmark rose or fell. */
  capture(when: (benchmark: number) => boolean): number {
    const keep = (values: Float64Array) => values.filter((_, row) => when(this.other.values[row] as number))
    const basis = { periodsPerYear: this.own.perYear, riskFree: 0 }
    const annual = (values: Float64Array) => new ReturnFacts({ time: values, value: values }, basis).annual
    return annual(keep(this.own.values)) / annual(keep(this.other.values))
  }
}

/** The rows of both series whose times are equal and whose values are defined. */
function paired(a: ReturnSeries, b: ReturnSeries): readonly [ReturnSeries, ReturnSeries] {
  const rows: { left: number; right: number }[] = []
  for (let left = 0, right = 0; left < a.time.length && right < b.time.length; ) {
    const distance = (a.time[left] as number) - (b.time[right] as number)
    if (distance === 0 && !Number.isNaN(a.value[left]) && !Number.isNaN(b.value[right])) rows.push({ left, right })
    if (distance <= 0) left++
    if (distance >= 0) right++
  }
  const pick = (series: ReturnSeries, side: 'left' | 'right'): ReturnSeries => ({
    time: Float64Array.from(rows, (row) => series.time[row[side]] as number),
    value: Float64Array.from(rows, (row) => series.value[row[side]] as number),
  })
  return [pick(a, 'left'), pick(b, 'right')]
}
