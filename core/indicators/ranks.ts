import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam } from './definition.ts'

/** The share of the last `period` values, the present one included, that are below the present one: 0 … 1 (I-117). */
export class PercentRank {
  readonly #window: Float64Array
  #slot = 0
  #known = 0

  constructor(period: number) {
    this.#window = new Float64Array(period)
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const window = this.#window
    const period = window.length
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      window[this.#slot] = value
      this.#slot = this.#slot + 1 === period ? 0 : this.#slot + 1
      this.#known = Number.isNaN(value) ? 0 : Math.min(this.#known + 1, period)
      if (this.#known < period) {
        output[i] = Number.NaN
        continue
      }
      let below = 0
      for (let k = 0; k < period; k++) below += (window[k] as number) < value ? 1 : 0
      output[i] = below / period
    }
  }
}

export const percentRankDefinition = defineIndicator<{ period: number }>({
  id: 'percent-rank',
  title: { en: 'Percent rank', zh: '百分位排名' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(50) },
  outputs: { rank: { warmup: (p) => p.period - 1 } },
  guides: [0.5],
  formula: 'share of the last period values, this one included, that are below this one: 0 … 1',
  source: 'backtrader PercentRank (I-117)',
  aliases: { backtrader: ['PercentRank', 'PctRank'] },
  create(columns, { period }) {
    const rank = new PercentRank(period)
    return (from, to) => rank.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const dv2Definition = defineIndicator<{ period: number; smooth: number; average: AverageKind }>({
  id: 'dv2',
  title: { en: 'DV2', zh: 'DV2 均值回归指标' },
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  params: { period: periodParam(252), smooth: periodParam(2), average: averageParam('sma') },
  outputs: { dv2: { warmup: (p) => p.period + p.smooth - 2 } },
  guides: [50],
  formula:
    '100 · percent rank over period of average(close / ((high + low) / 2), smooth); undefined where the middle of a bar ' +
    'is 0',
  source: 'Varadi; backtrader DV2 (I-129)',
  aliases: { backtrader: ['DV2'] },
  create(columns, { period, smooth, average }) {
    const mean = createAverage(average, smooth)
    const rank = new PercentRank(period)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const middle = ((high[i] as number) + (low[i] as number)) / 2
        out[i] = middle === 0 ? Number.NaN : (close[i] as number) / middle
      }
      mean.run(out, out, from, to)
      rank.run(out, out, from, to)
      for (let i = from; i < to; i++) out[i] = 100 * (out[i] as number)
    }
  },
})
