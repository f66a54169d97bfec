import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { RollingHighest, RollingLowest } from './windows.ts'

/** Channels and trailing levels around prices, most of them as wide as the true range. */

const overPrices = { inputs: ['high', 'low', 'close'], pane: 'price' } as const
const factorParam = (standard: number) => numberParam(standard, { min: 0, max: 100, step: 0.1 })

type KeltnerParams = {
  period: number
  rangePeriod: number
  factor: number
  average: AverageKind
  rangeAverage: AverageKind
  price: 'close' | 'typical'
}
const keltnerLine = { warmup: (p: KeltnerParams) => Math.max(p.period - 1, p.rangePeriod) }

export const keltnerDefinition = defineIndicator<KeltnerParams>({
  ...overPrices,
  id: 'keltner',
  title: { en: 'Keltner channel', zh: '肯特纳通道' },
  group: 'band',
  params: {
    period: periodParam(20),
    rangePeriod: periodParam(10),
    factor: factorParam(2),
    average: averageParam('ema'),
    rangeAverage: averageParam('smma'),
    price: { kind: 'choice', default: 'close', choices: ['close', 'typical'] },
  },
  outputs: { middle: { warmup: (p) => p.period - 1 }, upper: keltnerLine, lower: keltnerLine },
  formula:
    'middle = average of the price (close, or typical = (high + low + close) / 3) over period; upper, lower = middle ± ' +
    'factor · rangeAverage of the true range over rangePeriod',
  source:
    'Keltner (1960), in Raschke’s form: EMA 20 and ATR 10; his own: average sma, rangeAverage sma, price typical, period 10',
  create(columns, { period, rangePeriod, factor, average, rangeAverage, price }) {
    const mean = createAverage(average, period)
    const range = new TrueRange()
    const meanRange = createAverage(rangeAverage, rangePeriod)
    const ranges = scratchColumn()
    return (from, to) => {
      const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
      const [middle, upper, lower] = columns.outputs as [Float64Array, Float64Array, Float64Array]
      range.run(columns.inputs, [from, to], ranges, 0)
      meanRange.run(ranges, ranges, 0, to - from)
      for (let i = from; i < to; i++) {
        const last = close[i] as number
        middle[i] = price === 'close' ? last : ((high[i] as number) + (low[i] as number) + last) / 3
      }
      mean.run(middle, middle, from, to)
      for (let i = from; i < to; i++) {
        const reach = factor * (ranges[i - from] as number)
        upper[i] = (middle[i] as number) + reach
        lower[i] = (middle[i] as number) - reach
      }
    }
  },
})

const donchianLine = { warmup: (p: { period: number }) => p.period - 1 }

export const donchianDefinition = defineIndicator<{ period: number }>({
  id: 'donchian',
  title: { en: 'Donchian channel', zh: '唐奇安通道' },
  group: 'band',
  inputs: ['high', 'low'],
  pane: 'price',
  params: { period: periodParam(20) },
  outputs: { upper: donchianLine, middle: donchianLine, lower: donchianLine },
  formula:
    'upper = highest high, lower = lowest low of the last period bars, this one included; middle = their mean. For a ' +
    'breakout compare with the channel one bar ago',
  source: 'Donchian (1960)',
  create(columns, { period }) {
    const highest = new RollingHighest(period)
    const lowest = new RollingLowest(period)
    return (from, to) => {
      const [upper, middle, lower] = columns.outputs as [Float64Array, Float64Array, Float64Array]
      highest.run(columnAt(columns.inputs, 0), upper, from, to)
      lowest.run(columnAt(columns.inputs, 1), lower, from, to)
      for (let i = from; i < to; i++) middle[i] = ((upper[i] as number) + (lower[i] as number)) / 2
    }
  },
})

type TrendParams = { period: number; factor: number; average: AverageKind }

/** The level of a supertrend: the lower band while prices rise, the upper one while they fall. */
class TrendLevel {
  readonly #factor: number
  /** Upper band, lower band, close before; the level is the lower one while `#rises`. */
  readonly #state = Float64Array.of(Number.NaN, Number.NaN, Number.NaN)
  #rises = false

  constructor(factor: number) {
    this.#factor = factor
  }

  get rises(): boolean {
    return this.#rises
  }

  /** A bar without a range begins anew. */
  next(high: number, low: number, close: number, range: number): number {
    const state = this.#state
    const middle = (high + low) / 2
    const reach = this.#factor * range
    const [upper, lower, before] = state as unknown as readonly [number, number, number]
    const ceiling = middle + reach < upper || before > upper || Number.isNaN(upper) ? middle + reach : upper
    const floor = middle - reach > lower || before < lower || Number.isNaN(lower) ? middle - reach : lower
    if (!Number.isFinite(ceiling - floor + close)) {
      state.fill(Number.NaN)
      this.#rises = false
      return Number.NaN
    }
    this.#rises = this.#rises ? close >= floor : close > ceiling
    state[0] = ceiling
    state[1] = floor
    state[2] = close
    return this.#rises ? floor : ceiling
  }
}

export const supertrendDefinition = defineIndicator<TrendParams>({
  ...overPrices,
  id: 'supertrend',
  title: { en: 'Supertrend', zh: '超级趋势' },
  group: 'direction',
  params: { period: periodParam(10), factor: factorParam(3), average: averageParam('smma') },
  outputs: {
    supertrend: { warmup: (p) => p.period },
    rising: { sparse: true, warmup: (p) => p.period },
    falling: { sparse: true, warmup: (p) => p.period },
  },
  formula:
    'bands (high + low) / 2 ± factor · ATR(period); the lower one never falls while the close before stayed above it, the ' +
    'upper one never rises while it stayed below. The level is the lower band from a close above the upper one until a ' +
    'close below it, else the upper band. rising, falling: the level on bars of that trend',
  source: 'Seban (2009); begins as falling',
  create(columns, { period, factor, average }) {
    const range = new TrueRange()
    const mean = createAverage(average, period)
    const level = new TrendLevel(factor)
    return (from, to) => {
      const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
      const [out, rising, falling] = columns.outputs as [Float64Array, Float64Array, Float64Array]
      range.run(columns.inputs, [from, to], out, from)
      mean.run(out, out, from, to)
      for (let i = from; i < to; i++) {
        const value = level.next(high[i] as number, low[i] as number, close[i] as number, out[i] as number)
        out[i] = value
        rising[i] = level.rises ? value : Number.NaN
        falling[i] = level.rises ? Number.NaN : value
      }
    }
  },
})

const chandelierLine = { warmup: (p: TrendParams) => p.period }

export const chandelierDefinition = defineIndicator<TrendParams>({
  ...overPrices,
  id: 'chandelier-exit',
  title: { en: 'Chandelier exit', zh: '吊灯止损' },
  group: 'direction',
  params: { period: periodParam(22), factor: factorParam(3), average: averageParam('smma') },
  outputs: { long: chandelierLine, short: chandelierLine },
  formula: 'long = highest high − factor · ATR, short = lowest low + factor · ATR, all over period',
  source: 'LeBeau; Elder, Come Into My Trading Room (2002)',
  create(columns, { period, factor, average }) {
    const range = new TrueRange()
    const mean = createAverage(average, period)
    const highest = new RollingHighest(period)
    const lowest = new RollingLowest(period)
    const ranges = scratchColumn()
    return (from, to) => {
      const long = columnAt(columns.outputs, 0)
      const short = columnAt(columns.outputs, 1)
      range.run(columns.inputs, [from, to], ranges, 0)
      mean.run(ranges, ranges, 0, to - from)
      highest.run(columnAt(columns.inputs, 0), long, from, to)
      lowest.run(columnAt(columns.inputs, 1), short, from, to)
      for (let i = from; i < to; i++) {
        const reach = factor * (ranges[i - from] as number)
        long[i] = (long[i] as number) - reach
        short[i] = (short[i] as number) + reach
      }
    }
  },
})
