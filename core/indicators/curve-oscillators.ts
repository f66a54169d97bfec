import { createAverage, ExponentialAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay, RollingHighest, RollingLowest } from './windows.ts'

/** Oscillators that bend the price through several stages. */

const oscillates = { group: 'momentum', pane: 'own' } as const

type CoppockParams = { first: number; second: number; smooth: number }

export const coppockDefinition = defineIndicator<CoppockParams>({
  ...oscillates,
  id: 'coppock',
  title: { en: 'Coppock curve', zh: '估波曲线' },
  inputs: ['line'],
  guides: [0],
  params: { first: periodParam(14), second: periodParam(11), smooth: periodParam(10) },
  outputs: { coppock: { warmup: (p) => Math.max(p.first, p.second) + p.smooth - 1 } },
  formula: 'weighted average over smooth bars of 100 · (x / x first bars ago − 1) + 100 · (x / x second bars ago − 1)',
  source: 'Coppock (1962); meant for months',
  create(columns, { first, second, smooth }) {
    const early = new Delay(first)
    const late = new Delay(second)
    const mean = createAverage('wma', smooth)
    const others = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      early.run(values, out, from, to)
      late.run(values.subarray(from, to), others, 0, to - from)
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        const change = value / (out[i] as number) + value / (others[i - from] as number) - 2
        out[i] = Number.isFinite(change) ? 100 * change : Number.NaN
      }
      mean.run(out, out, from, to)
    }
  },
})

/** Where values lie between the lowest and highest of a window, 0 … 1; `flat` where the window has no range. */
class Place {
  readonly #highest: RollingHighest
  readonly #lowest: RollingLowest
  readonly #lows = scratchColumn()
  readonly #highs = scratchColumn()
  readonly #flat: number

  constructor(period: number, flat: number) {
    this.#highest = new RollingHighest(period)
    this.#lowest = new RollingLowest(period)
    this.#flat = flat
  }

  /** In place. */
  run(values: Float64Array, from: number, to: number): void {
    const input = values.subarray(from, to)
    const highs = this.#highs
    const lows = this.#lows
    this.#highest.run(input, highs, 0, to - from)
    this.#lowest.run(input, lows, 0, to - from)
    for (let i = 0; i < to - from; i++) {
      const range = (highs[i] as number) - (lows[i] as number)
      input[i] = range === 0 ? this.#flat : ((input[i] as number) - (lows[i] as number)) / range
    }
  }
}

export const fisherDefinition = defineIndicator<{ period: number }>({
  ...oscillates,
  id: 'fisher',
  title: { en: 'Fisher transform', zh: '费舍尔变换' },
  inputs: ['high', 'low'],
  guides: [-1.5, 0, 1.5],
  params: { period: periodParam(10) },
  outputs: { fisher: { warmup: (p) => p.period - 1 }, trigger: { warmup: (p) => p.period } },
  formula:
    'v = 0.66 · (place − 0.5) + 0.67 · previous v, held within ±0.999, place = place of (high + low) / 2 between its lowest ' +
    'and highest of period bars; fisher = ln((1 + v) / (1 − v)) / 2 + previous fisher / 2; trigger = fisher one bar ago',
  source: 'Ehlers, Using the Fisher Transform (2002); both begin at 0',
  create(columns, { period }) {
    const place = new Place(period, 0.5)
    const before = new Delay(1)
    const state = new Float64Array(2)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const fisher = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) fisher[i] = ((high[i] as number) + (low[i] as number)) / 2
      place.run(fisher, from, to)
      for (let i = from; i < to; i++) {
        const raw = 0.66 * ((fisher[i] as number) - 0.5) + 0.67 * (state[0] as number)
        const v = Math.max(-0.999, Math.min(0.999, raw))
        const bent = 0.5 * Math.log((1 + v) / (1 - v)) + 0.5 * (state[1] as number)
        fisher[i] = bent
        // After a gap both begin again
        state[0] = bent - bent === 0 ? v : 0
        state[1] = bent - bent === 0 ? bent : 0
      }
      before.run(fisher, columnAt(columns.outputs, 1), from, to)
    }
  },
})

type SchaffParams = { fast: number; slow: number; cycle: number; factor: number }

/** previous + factor · (value − previous), starting at the first value. */
class Smoothing {
  readonly #factor: number
  #last = Number.NaN

  constructor(factor: number) {
    this.#factor = factor
  }

  run(values: Float64Array, from: number, to: number): void {
    let last = this.#last
    for (let i = from; i < to; i++) {
      const value = values[i] as number
      const next = last + this.#factor * (value - last)
      last = next - next === 0 ? next : value
      values[i] = last
    }
    this.#last = last
  }
}

export const schaffDefinition = defineIndicator<SchaffParams>({
  ...oscillates,
  id: 'schaff',
  title: { en: 'Schaff trend cycle', zh: '沙夫趋势周期' },
  inputs: ['line'],
  guides: [25, 75],
  params: {
    fast: periodParam(23),
    slow: periodParam(50),
    cycle: periodParam(10),
    factor: numberParam(0.5, { min: 0.01, max: 1, step: 0.05 }),
  },
  outputs: { schaff: { warmup: (p) => Math.max(p.fast, p.slow) - 1 + 2 * (p.cycle - 1) } },
  formula:
    'twice over: place of the value between its lowest and highest of cycle bars, 0 … 100, smoothed by previous + factor · ' +
    '(value − previous); at first of ema(fast) − ema(slow). Where there is no range, 50',
  source: 'Schaff (1999)',
  create(columns, { fast, slow, cycle, factor }) {
    const quick = new ExponentialAverage(fast, 2 / (1 + fast))
    const lazy = new ExponentialAverage(slow, 2 / (1 + slow))
    const stages = [0, 1].map(() => ({ place: new Place(cycle, 0.5), smooth: new Smoothing(factor) }))
    const slows = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      lazy.run(values.subarray(from, to), slows, 0, to - from)
      quick.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (slows[i - from] as number)
      for (const { place, smooth } of stages) {
        place.run(out, from, to)
        for (let i = from; i < to; i++) out[i] = 100 * (out[i] as number)
        smooth.run(out, from, to)
      }
    }
  },
})

/** (x + 2 · x one bar ago + 2 · x two bars ago + x three bars ago) / 6. */
class SymmetricMean {
  readonly #last = new Float64Array(3).fill(Number.NaN)

  /** `output` may be `input`. */
  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    let [first, second, third] = this.#last as unknown as [number, number, number]
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      output[i] = (value + 2 * first + 2 * second + third) / 6
      third = second
      second = first
      first = value
    }
    this.#last.set([first, second, third])
  }
}

export const relativeVigorDefinition = defineIndicator<{ period: number }>({
  ...oscillates,
  id: 'relative-vigor',
  title: { en: 'Relative vigor index', zh: '相对活力指数' },
  inputs: ['open', 'high', 'low', 'close'],
  guides: [0],
  params: { period: periodParam(10) },
  outputs: { rvi: { warmup: (p) => p.period + 2 }, signal: { warmup: (p) => p.period + 5 } },
  formula:
    'sum of s(close − open) / sum of s(high − low) over period bars, 0 without range; signal = s(rvi); s(x) = (x + 2 · x ' +
    'one bar ago + 2 · x two bars ago + x three bars ago) / 6',
  source: 'Ehlers (2002)',
  create(columns, { period }) {
    const bodies = new SymmetricMean()
    const ranges = new SymmetricMean()
    const signals = new SymmetricMean()
    const bodySum = new RollingSum(period)
    const rangeSum = new RollingSum(period)
    const spans = scratchColumn()
    return (from, to) => {
      const [open, high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array, Float64Array]
      const rvi = columnAt(columns.outputs, 0)
      const count = to - from
      for (let i = from; i < to; i++) {
        rvi[i] = (close[i] as number) - (open[i] as number)
        spans[i - from] = (high[i] as number) - (low[i] as number)
      }
      bodies.run(rvi, rvi, from, to)
      ranges.run(spans, spans, 0, count)
      bodySum.run(rvi, rvi, from, to)
      rangeSum.run(spans, spans, 0, count)
      for (let i = from; i < to; i++) {
        const span = spans[i - from] as number
        rvi[i] = span === 0 ? 0 * (rvi[i] as number) : (rvi[i] as number) / span
      }
      signals.run(rvi, columnAt(columns.outputs, 1), from, to)
    }
  },
})
