import { createAverage, ExponentialAverage } from './averages.ts'
import { columnAt, defineIndicator, type NumberParam, periodParam, scratchColumn } from './definition.ts'

const gainParam: Omit<NumberParam, 'name'> = { kind: 'integer', default: 50, min: 0, max: 1000, step: 1 }

/**
 * Ehlers' error correction (I-050): α · (ema + g · (x − previous)) + (1 − α) · previous with the gain g out of −limit/10,
 * … , +limit/10 that brings it nearest to x. The distance falls and rises with g, so only the gains around its zero are
 * tried instead of all of them; the smaller gain wins a draw. Starts at the average, again after a gap.
 */
class ErrorCorrection {
  readonly #alpha: number
  readonly #limit: number
  readonly #average: ExponentialAverage
  readonly #state = Float64Array.of(Number.NaN)

  constructor(period: number, limit: number) {
    this.#alpha = 2 / (1 + period)
    this.#limit = limit
    this.#average = new ExponentialAverage(period, this.#alpha)
  }

  /** `output` must not be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    this.#average.run(input, output, from, to)
    const alpha = this.#alpha
    const keep = 1 - alpha
    const limit = this.#limit
    let previous = this.#state[0] as number
    for (let i = from; i < to; i++) {
      const average = output[i] as number
      const value = input[i] as number
      const gap = value - previous
      if (gap - gap !== 0 || average - average !== 0) {
        previous = average
        continue
      }
      const ideal = ((value - keep * previous) / alpha - average) / gap
      const near = ideal - ideal === 0 ? Math.max(-limit, Math.min(limit, Math.floor(ideal * 10))) : 0
      let nearest = Number.POSITIVE_INFINITY
      let best = previous
      for (let gain = Math.max(-limit, near - 1); gain <= Math.min(limit, near + 2); gain++) {
        const candidate = alpha * (average + (gain / 10) * gap) + keep * previous
        const distance = Math.abs(value - candidate)
        if (distance < nearest) {
          nearest = distance
          best = candidate
        }
      }
      previous = best
      output[i] = best
    }
    this.#state[0] = previous
  }
}

const overPrices = { inputs: ['line'], pane: 'price', group: 'average' } as const

export const zeroLagDefinition = defineIndicator<{ period: number; gainLimit: number }>({
  ...overPrices,
  id: 'zero-lag',
  title: { en: 'Zero-lag indicator (error correction)', zh: '零滞后指标（误差修正）' },
  params: { period: periodParam(30), gainLimit: gainParam },
  outputs: { zeroLag: { warmup: (p) => p.period - 1 } },
  formula:
    'a · (ema(x, period) + g · (x − previous)) + (1 − a) · previous, a = 2 / (period + 1), with the gain g of ' +
    '−gainLimit / 10 … gainLimit / 10 in steps of 0.1 that brings it nearest to x',
  source: 'Ehlers and Way, Zero Lag (2010); backtrader ZeroLagIndicator (I-050)',
  aliases: { backtrader: ['ZeroLagIndicator', 'EC', 'ErrorCorrecting', 'ZLInd', 'ZLIndicator'] },
  create(columns, { period, gainLimit }) {
    const correction = new ErrorCorrection(period, gainLimit)
    return (from, to) => correction.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

type DicksonParams = { period: number; gainLimit: number; hullPeriod: number }

const hullWarmup = (period: number) => period + Math.floor(Math.sqrt(period)) - 2

export const dicksonDefinition = defineIndicator<DicksonParams>({
  ...overPrices,
  id: 'dickson',
  title: { en: 'Dickson moving average', zh: 'Dickson 移动平均' },
  params: { period: periodParam(30), gainLimit: gainParam, hullPeriod: periodParam(7, 2) },
  outputs: { dickson: { warmup: (p) => Math.max(p.period - 1, hullWarmup(p.hullPeriod)) } },
  formula: 'mean of the zero-lag indicator over period and the Hull moving average over hullPeriod',
  source: 'Dickson; backtrader DicksonMovingAverage (I-053)',
  aliases: { backtrader: ['DicksonMovingAverage', 'DMA', 'DicksonMA'] },
  create(columns, { period, gainLimit, hullPeriod }) {
    const correction = new ErrorCorrection(period, gainLimit)
    const whole = createAverage('wma', hullPeriod)
    const half = createAverage('wma', Math.floor(hullPeriod / 2))
    const last = createAverage('wma', Math.floor(Math.sqrt(hullPeriod)))
    const hull = scratchColumn()
    const halves = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      for (let i = 0; i < count; i++) halves[i] = values[from + i] as number
      whole.run(halves, hull, 0, count)
      half.run(halves, halves, 0, count)
      for (let i = 0; i < count; i++) hull[i] = 2 * (halves[i] as number) - (hull[i] as number)
      last.run(hull, hull, 0, count)
      correction.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = ((out[i] as number) + (hull[i - from] as number)) / 2
    }
  },
})
