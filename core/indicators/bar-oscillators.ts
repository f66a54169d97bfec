import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay } from './windows.ts'

const ofBars = { inputs: ['high', 'low', 'close'], pane: 'own' } as const

/** Buying pressure over range, both summed over one window; 0 while there is no range. */
class PressureShare {
  readonly #pressure: RollingSum
  readonly #range: RollingSum
  readonly #sums = scratchColumn()
  readonly #ranges = scratchColumn()

  constructor(period: number) {
    this.#pressure = new RollingSum(period)
    this.#range = new RollingSum(period)
  }

  /** Adds `weight` times the share to the output; all columns from index 0. */
  add(
    bars: readonly [pressure: Float64Array, range: Float64Array],
    weight: number,
    output: Float64Array,
    count: number,
  ): void {
    const sums = this.#sums
    const ranges = this.#ranges
    this.#pressure.run(bars[0], sums, 0, count)
    this.#range.run(bars[1], ranges, 0, count)
    for (let i = 0; i < count; i++) {
      const range = ranges[i] as number
      output[i] = (output[i] as number) + (range === 0 ? 0 : weight * ((sums[i] as number) / range))
    }
  }
}

type UltimateParams = { short: number; middle: number; long: number }

export const ultimateDefinition = defineIndicator<UltimateParams>({
  ...ofBars,
  id: 'ultimate',
  title: { en: 'Ultimate oscillator', zh: '终极振荡指标' },
  group: 'momentum',
  params: { short: periodParam(7), middle: periodParam(14), long: periodParam(28) },
  outputs: { ultimate: { warmup: (p) => Math.max(p.short, p.middle, p.long) } },
  guides: [30, 70],
  formula:
    '100 · (4 · a(short) + 2 · a(middle) + a(long)) / 7 with a(n) = sum of (close − true low) / sum of true range over ' +
    'n bars, 0 while there is no range',
  source: 'Larry Williams (1985); backtrader UltimateOscillator (I-125)',
  aliases: { backtrader: ['UltimateOscillator'] },
  create(columns, { short, middle, long }) {
    const range = new TrueRange()
    const before = new Delay(1)
    const shares = [new PressureShare(short), new PressureShare(middle), new PressureShare(long)] as const
    const pressures = scratchColumn()
    const ranges = scratchColumn()
    const sums = scratchColumn()
    return (from, to) => {
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      range.run(columns.inputs, [from, to], ranges, 0)
      before.run(close, out, from, to)
      for (let i = from; i < to; i++) {
        pressures[i - from] = (close[i] as number) - Math.min(low[i] as number, out[i] as number)
      }
      sums.fill(0)
      shares[0].add([pressures, ranges], 4, sums, count)
      shares[1].add([pressures, ranges], 2, sums, count)
      shares[2].add([pressures, ranges], 1, sums, count)
      for (let i = from; i < to; i++) out[i] = (100 / 7) * (sums[i - from] as number)
    }
  },
})

export const vortexDefinition = defineIndicator<{ period: number }>({
  ...ofBars,
  id: 'vortex',
  title: { en: 'Vortex', zh: '涡旋指标' },
  group: 'direction',
  params: { period: periodParam(14) },
  outputs: { plus: { warmup: (p) => p.period }, minus: { warmup: (p) => p.period } },
  guides: [1],
  formula:
    'plus = sum of |high − previous low| / sum of true range over period; minus = sum of |low − previous high| / the ' +
    'same; 0 while there is no range',
  source: 'Botes and Siepman (2010); backtrader Vortex (I-089)',
  aliases: { backtrader: ['Vortex'] },
  create(columns, { period }) {
    const range = new TrueRange()
    const rangeSum = new RollingSum(period)
    const plusSum = new RollingSum(period)
    const minusSum = new RollingSum(period)
    const lowBefore = new Delay(1)
    const highBefore = new Delay(1)
    const ranges = scratchColumn()
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const plus = columnAt(columns.outputs, 0)
      const minus = columnAt(columns.outputs, 1)
      range.run(columns.inputs, [from, to], ranges, 0)
      rangeSum.run(ranges, ranges, 0, to - from)
      lowBefore.run(low, plus, from, to)
      highBefore.run(high, minus, from, to)
      for (let i = from; i < to; i++) {
        plus[i] = Math.abs((high[i] as number) - (plus[i] as number))
        minus[i] = Math.abs((low[i] as number) - (minus[i] as number))
      }
      plusSum.run(plus, plus, from, to)
      minusSum.run(minus, minus, from, to)
      for (let i = from; i < to; i++) {
        const sum = ranges[i - from] as number
        plus[i] = sum === 0 ? 0 : (plus[i] as number) / sum
        minus[i] = sum === 0 ? 0 : (minus[i] as number) / sum
      }
    }
  },
})
