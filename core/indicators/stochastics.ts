import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { RollingHighest, RollingLowest } from './windows.ts'

/** Where the close lies in the range of the last `period` bars, in percent; `flat` where that range is 0. */
class RangePosition {
  readonly #highest: RollingHighest
  readonly #lowest: RollingLowest
  readonly #flat: number
  readonly #lows = scratchColumn()

  constructor(period: number, flat: number) {
    this.#highest = new RollingHighest(period)
    this.#lowest = new RollingLowest(period)
    this.#flat = flat
  }

  /** `bars` = high, low, close; writes the bars [from, to) of `output`. */
  run(bars: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
    const high = columnAt(bars, 0)
    const low = columnAt(bars, 1)
    const close = columnAt(bars, 2)
    const lows = this.#lows
    const flat = this.#flat
    this.#highest.run(high, output, from, to)
    for (let i = from; i < to; i++) lows[i - from] = low[i] as number
    this.#lowest.run(lows, lows, 0, to - from)
    for (let i = from; i < to; i++) {
      const lowest = lows[i - from] as number
      const range = (output[i] as number) - lowest
      output[i] = range === 0 ? flat : 100 * (((close[i] as number) - lowest) / range)
    }
  }
}

type FastParams = { period: number; smooth: number; average: AverageKind; flat: number }
type SlowParams = FastParams & { smoothSlow: number }

const fastParams = {
  period: periodParam(14),
  smooth: periodParam(3),
  average: averageParam('sma'),
  flat: numberParam(0, { min: -1e9, max: 1e9, step: 1 }),
}
const slowParams = { ...fastParams, smoothSlow: periodParam(3) }
const ofBars = { inputs: ['high', 'low', 'close'], pane: 'own', group: 'momentum', guides: [20, 80] } as const
const position = '100 · (close − lowest low) / (highest high − lowest low) over period, flat where that range is 0'

export const stochasticFastDefinition = defineIndicator<FastParams>({
  ...ofBars,
  id: 'stochastic-fast',
  title: { en: 'Stochastic, fast', zh: '快速随机指标' },
  params: fastParams,
  outputs: { k: { warmup: (p) => p.period - 1 }, d: { warmup: (p) => p.period + p.smooth - 2 } },
  formula: `k = ${position}; d = average(k, smooth)`,
  source: 'Lane (1984); backtrader StochasticFast (I-100)',
  aliases: { backtrader: ['StochasticFast'] },
  create(columns, { period, smooth, average, flat }) {
    const place = new RangePosition(period, flat)
    const mean = createAverage(average, smooth)
    return (from, to) => {
      const k = columnAt(columns.outputs, 0)
      place.run(columns.inputs, k, from, to)
      mean.run(k, columnAt(columns.outputs, 1), from, to)
    }
  },
})

export const stochasticDefinition = defineIndicator<SlowParams>({
  ...ofBars,
  id: 'stochastic',
  title: { en: 'Stochastic, slow', zh: '慢速随机指标' },
  params: slowParams,
  outputs: {
    k: { warmup: (p) => p.period + p.smooth - 2 },
    d: { warmup: (p) => p.period + p.smooth + p.smoothSlow - 3 },
  },
  formula: `raw = ${position}; k = average(raw, smooth); d = average(k, smoothSlow)`,
  source: 'Lane (1984); backtrader Stochastic (I-101)',
  aliases: { backtrader: ['Stochastic', 'StochasticSlow'] },
  create(columns, { period, smooth, smoothSlow, average, flat }) {
    const place = new RangePosition(period, flat)
    const mean = createAverage(average, smooth)
    const slowMean = createAverage(average, smoothSlow)
    return (from, to) => {
      const k = columnAt(columns.outputs, 0)
      place.run(columns.inputs, k, from, to)
      mean.run(k, k, from, to)
      slowMean.run(k, columnAt(columns.outputs, 1), from, to)
    }
  },
})

export const stochasticFullDefinition = defineIndicator<SlowParams>({
  ...ofBars,
  id: 'stochastic-full',
  title: { en: 'Stochastic, full', zh: '完整随机指标' },
  params: slowParams,
  outputs: {
    k: { warmup: (p) => p.period - 1 },
    d: { warmup: (p) => p.period + p.smooth - 2 },
    slowD: { warmup: (p) => p.period + p.smooth + p.smoothSlow - 3 },
  },
  formula: `k = ${position}; d = average(k, smooth); slowD = average(d, smoothSlow)`,
  source: 'Lane (1984); backtrader StochasticFull (I-102)',
  aliases: { backtrader: ['StochasticFull'] },
  create(columns, { period, smooth, smoothSlow, average, flat }) {
    const place = new RangePosition(period, flat)
    const mean = createAverage(average, smooth)
    const slowMean = createAverage(average, smoothSlow)
    return (from, to) => {
      const k = columnAt(columns.outputs, 0)
      const d = columnAt(columns.outputs, 1)
      place.run(columns.inputs, k, from, to)
      mean.run(k, d, from, to)
      slowMean.run(d, columnAt(columns.outputs, 2), from, to)
    }
  },
})

export const williamsRDefinition = defineIndicator<{ period: number }>({
  ...ofBars,
  id: 'williams-r',
  title: { en: 'Williams %R', zh: '威廉指标' },
  params: { period: periodParam(14) },
  outputs: { percentR: { warmup: (p) => p.period - 1 } },
  guides: [-80, -20],
  formula: '−100 · (highest high − close) / (highest high − lowest low) over period; −100 where that range is 0',
  source: 'Williams (1973); backtrader WilliamsR (I-103)',
  aliases: { backtrader: ['WilliamsR'] },
  create(columns, { period }) {
    const highest = new RollingHighest(period)
    const lowest = new RollingLowest(period)
    const lows = scratchColumn()
    return (from, to) => {
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) lows[i - from] = low[i] as number
      highest.run(columnAt(columns.inputs, 0), out, from, to)
      lowest.run(lows, lows, 0, to - from)
      for (let i = from; i < to; i++) {
        const top = out[i] as number
        const range = top - (lows[i - from] as number)
        out[i] = range === 0 ? -100 : (100 * ((close[i] as number) - top)) / range
      }
    }
  },
})
