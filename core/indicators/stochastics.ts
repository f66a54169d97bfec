import type { AverageKind } from './averages.ts'
import { averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam } from './definition.ts'
import { RollingHighest, RollingLowest } from './windows.ts'

/** Where the close lies in the range of the last `period` bars, in percent; `flat` where that range is 0. */
class RangePosition {
  readonly #highest: RollingHighest
  readonly #lowest: RollingLowest
  readonly #flat: number

  constructor(period: number, flat: number) {
    this.#highest = new RollingHighest(period)
    this.#lowest = new RollingLowest(period)
    this.#flat = flat
  }

  step(high: number, low: number, close: number): number {
    const lowest = this.#lowest.step(low)
    const range = this.#highest.step(high) - lowest
    return range === 0 ? this.#flat : 100 * ((close - lowest) / range)
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
    const means = createAverage(average, smooth)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const k = columnAt(columns.outputs, 0)
      const d = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        const raw = place.step(high[i] as number, low[i] as number, close[i] as number)
        k[i] = raw
        d[i] = means.step(raw)
      }
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
    const means = createAverage(average, smooth)
    const slowMeans = createAverage(average, smoothSlow)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const k = columnAt(columns.outputs, 0)
      const d = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        const mean = means.step(place.step(high[i] as number, low[i] as number, close[i] as number))
        k[i] = mean
        d[i] = slowMeans.step(mean)
      }
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
    const means = createAverage(average, smooth)
    const slowMeans = createAverage(average, smoothSlow)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const k = columnAt(columns.outputs, 0)
      const d = columnAt(columns.outputs, 1)
      const slowD = columnAt(columns.outputs, 2)
      for (let i = from; i < to; i++) {
        const raw = place.step(high[i] as number, low[i] as number, close[i] as number)
        const mean = means.step(raw)
        k[i] = raw
        d[i] = mean
        slowD[i] = slowMeans.step(mean)
      }
    }
  },
})
