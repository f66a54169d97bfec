import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay, RollingHighest, RollingLowest } from './windows.ts'

/** Studies that Chinese traders look at first. */

const oscillates = { group: 'momentum', pane: 'own' } as const

/** previous + (x − previous) / bars, beginning at 50, again after a gap. */
class FromFifty {
  readonly #bars: number
  #last = 50

  constructor(bars: number) {
    this.#bars = bars
  }

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    let last = this.#last
    for (let i = from; i < to; i++) {
      const next = last + ((input[i] as number) - last) / this.#bars
      const isKnown = next - next === 0
      last = isKnown ? next : 50
      output[i] = isKnown ? next : Number.NaN
    }
    this.#last = last
  }
}

type KdjParams = { period: number; smoothK: number; smoothD: number }
const kdjLine = { warmup: (p: KdjParams) => p.period - 1 }

export const kdjDefinition = defineIndicator<KdjParams>({
  ...oscillates,
  id: 'kdj',
  title: { en: 'KDJ', zh: 'KDJ 随机指标' },
  inputs: ['high', 'low', 'close'],
  guides: [20, 80],
  params: { period: periodParam(9), smoothK: periodParam(3), smoothD: periodParam(3) },
  outputs: { k: kdjLine, d: kdjLine, j: kdjLine },
  formula:
    'r = 100 · (close − lowest low) / (highest high − lowest low) over period, 50 without range; k = previous k + (r − ' +
    'previous k) / smoothK, d = previous d + (k − previous d) / smoothD, both from 50 on; j = 3 · k − 2 · d',
  source: 'Lane, in the form of Chinese charts; both begin at 50',
  create(columns, { period, smoothK, smoothD }) {
    const highest = new RollingHighest(period)
    const lowest = new RollingLowest(period)
    const first = new FromFifty(smoothK)
    const second = new FromFifty(smoothD)
    return (from, to) => {
      const close = columnAt(columns.inputs, 2)
      const [k, d, j] = columns.outputs as [Float64Array, Float64Array, Float64Array]
      highest.run(columnAt(columns.inputs, 0), k, from, to)
      lowest.run(columnAt(columns.inputs, 1), d, from, to)
      for (let i = from; i < to; i++) {
        const range = (k[i] as number) - (d[i] as number)
        const known = (close[i] as number) - (close[i] as number)
        k[i] = range === 0 ? 50 + known : (100 * ((close[i] as number) - (d[i] as number))) / range
      }
      first.run(k, k, from, to)
      second.run(k, d, from, to)
      for (let i = from; i < to; i++) j[i] = 3 * (k[i] as number) - 2 * (d[i] as number)
    }
  },
})

export const biasDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...oscillates,
  id: 'bias',
  title: { en: 'Bias', zh: '乖离率' },
  inputs: ['line'],
  guides: [0],
  params: { period: periodParam(6), average: averageParam('sma') },
  outputs: { bias: { warmup: (p) => p.period - 1 } },
  formula: '100 · (x − average) / average; undefined where the average is 0',
  source: 'as on Chinese charts',
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      mean.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const center = out[i] as number
        out[i] = center === 0 ? Number.NaN : (100 * ((values[i] as number) - center)) / center
      }
    }
  },
})

export const psychologicalDefinition = defineIndicator<{ period: number }>({
  ...oscillates,
  id: 'psychological-line',
  title: { en: 'Psychological line', zh: '心理线' },
  inputs: ['line'],
  guides: [25, 75],
  params: { period: periodParam(12) },
  outputs: { share: { warmup: (p) => p.period } },
  formula: '100 · share of the last period bars on which x rose',
  source: 'as on Japanese and Chinese charts',
  create(columns, { period }) {
    const before = new Delay(1)
    const share = new RollingSum(period, period)
    const rises = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      before.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const move = (values[i] as number) - (out[i] as number)
        rises[i - from] = Number.isNaN(move) ? Number.NaN : move > 0 ? 100 : 0
      }
      share.run(rises, rises, 0, to - from)
      out.set(rises.subarray(0, to - from), from)
    }
  },
})
