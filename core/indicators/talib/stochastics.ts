import type { Average } from '../averages.ts'
import { type IndicatorDefinition, type Kernel, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import { RollingHighest, RollingLowest } from '../windows.ts'
import { averageLookback, createTalibAverage, type TalibAverageKind, talibAverageParam } from './averages.ts'
import { defineTalib, timed } from './define.ts'
import { inputAt, outputAt, stretchKernel } from './stretches.ts'
import { GainsAndLosses } from './wilder.ts'

type Slow = { k: number; slowK: number; slowKAverage: TalibAverageKind; d: number; dAverage: TalibAverageKind }
type Fast = { k: number; d: number; dAverage: TalibAverageKind }
type OfRsi = Fast & { period: number }

/** Where the last value lies in the range of a window: 0 at its low, 100 at its high, 0 without a range. */
class RawStochastic {
  readonly #highest: RollingHighest
  readonly #lowest: RollingLowest
  readonly #highs = scratchColumn()
  readonly #lows = scratchColumn()

  constructor(period: number) {
    this.#highest = new RollingHighest(period)
    this.#lowest = new RollingLowest(period)
  }

  run(bars: readonly [Float64Array, Float64Array, Float64Array], out: Float64Array, from: number, to: number): void {
    const [high, low, close] = bars
    const highs = this.#highs
    const lows = this.#lows
    highs.set(high.subarray(from, to))
    lows.set(low.subarray(from, to))
    this.#highest.run(highs, highs, 0, to - from)
    this.#lowest.run(lows, lows, 0, to - from)
    for (let i = from; i < to; i++) {
      const top = highs[i - from] as number
      const bottom = lows[i - from] as number
      const share = (top - bottom) / 100
      const value = close[i] as number
      const position = share === 0 ? 0 * value : (value - bottom) / share
      out[i] = position - position === 0 ? position : Number.NaN
    }
  }
}

/** k and d begin together, as all outputs of TA-Lib do. */
function smoothed(k: Float64Array, d: Float64Array, average: Average, [from, to]: readonly [number, number]): void {
  average.run(k, d, from, to)
  for (let i = from; i < to; i++) {
    const value = d[i] as number
    if (value - value !== 0) k[i] = Number.NaN
  }
}

function barsOf(columns: KernelColumns): readonly [Float64Array, Float64Array, Float64Array] {
  return [inputAt(columns, 0), inputAt(columns, 1), inputAt(columns, 2)]
}

function rsiStochasticKernel(columns: KernelColumns, p: OfRsi): Kernel {
  const strengths = { inputs: columns.inputs, outputs: [] as Float64Array[] }
  const rsi = stretchKernel(strengths, p.period, new GainsAndLosses(strengths, p.period, 0))
  const raw = new RawStochastic(p.k)
  const average = createTalibAverage(p.dAverage, p.d)
  return (from, to) => {
    const k = outputAt(columns, 0)
    strengths.outputs[0] = k
    rsi(from, to)
    raw.run([k, k, k], k, from, to)
    smoothed(k, outputAt(columns, 1), average, [from, to])
  }
}

const slowWarmup = (p: Slow) => p.k - 1 + averageLookback(p.slowKAverage, p.slowK) + averageLookback(p.dAverage, p.d)
const fastWarmup = (p: Fast) => p.k - 1 + averageLookback(p.dAverage, p.d)
const rsiWarmup = (p: OfRsi) => p.period + fastWarmup(p)
const fastNames = { fastk_period: 'k', fastd_period: 'd', fastd_matype: 'dAverage' } as const
const fastParams = { k: periodParam(5), d: periodParam(3), dAverage: talibAverageParam() }
const raw = '100 · (close − lowest low) / (highest high − lowest low) over k bars, 0 without range'

/** TA-Lib's stochastics. */
export const stochasticDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Slow>({
    name: 'STOCH',
    en: 'Stochastic',
    zh: '随机指标',
    group: 'momentum',
    inputs: ['high', 'low', 'close'],
    guides: [20, 80],
    paramNames: {
      fastk_period: 'k',
      slowk_period: 'slowK',
      slowk_matype: 'slowKAverage',
      slowd_period: 'd',
      slowd_matype: 'dAverage',
    },
    params: {
      k: periodParam(5),
      slowK: periodParam(3),
      slowKAverage: talibAverageParam(),
      d: periodParam(3),
      dAverage: talibAverageParam(),
    },
    outputs: { slowK: { warmup: slowWarmup }, slowD: { warmup: slowWarmup } },
    formula: `average over slowK bars of ${raw}; slowD its average over d bars`,
    create(columns, p) {
      const fast = new RawStochastic(p.k)
      const slow = createTalibAverage(p.slowKAverage, p.slowK)
      const average = createTalibAverage(p.dAverage, p.d)
      return (from, to) => {
        const k = outputAt(columns, 0)
        fast.run(barsOf(columns), k, from, to)
        slow.run(k, k, from, to)
        smoothed(k, outputAt(columns, 1), average, [from, to])
      }
    },
  }),
  defineTalib<Fast>({
    name: 'STOCHF',
    en: 'Stochastic fast',
    zh: '快速随机指标',
    group: 'momentum',
    inputs: ['high', 'low', 'close'],
    guides: [20, 80],
    paramNames: fastNames,
    params: fastParams,
    outputs: { fastK: { warmup: fastWarmup }, fastD: { warmup: fastWarmup } },
    formula: `${raw}; fastD its average over d bars`,
    create(columns, p) {
      const fast = new RawStochastic(p.k)
      const average = createTalibAverage(p.dAverage, p.d)
      return (from, to) => {
        const k = outputAt(columns, 0)
        fast.run(barsOf(columns), k, from, to)
        smoothed(k, outputAt(columns, 1), average, [from, to])
      }
    },
  }),
  defineTalib<OfRsi>({
    name: 'STOCHRSI',
    en: 'Stochastic of the relative strength index',
    zh: '随机相对强弱指数',
    group: 'momentum',
    inputs: ['line'],
    guides: [20, 80],
    paramNames: { ...timed, ...fastNames },
    params: { period: periodParam(14, 2), ...fastParams },
    outputs: { fastK: { warmup: rsiWarmup }, fastD: { warmup: rsiWarmup } },
    formula: 'STOCHF of the RSI over period bars, which is high, low and close at once',
    create: rsiStochasticKernel,
  }),
  defineTalib<{ period: number }>({
    name: 'WILLR',
    en: 'Williams’ %R',
    zh: '威廉指标',
    group: 'momentum',
    inputs: ['high', 'low', 'close'],
    guides: [-80, -20],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { percentR: { warmup: (p) => p.period - 1 } },
    formula: '−100 · (highest high − close) / (highest high − lowest low); 0 without range',
    create(columns, { period }) {
      const highest = new RollingHighest(period)
      const lowest = new RollingLowest(period)
      const highs = scratchColumn()
      const lows = scratchColumn()
      return (from, to) => {
        const [high, low, close] = barsOf(columns)
        const out = outputAt(columns)
        highs.set(high.subarray(from, to))
        lows.set(low.subarray(from, to))
        highest.run(highs, highs, 0, to - from)
        lowest.run(lows, lows, 0, to - from)
        for (let i = from; i < to; i++) {
          const top = highs[i - from] as number
          const share = (top - (lows[i - from] as number)) / -100
          const position = share === 0 ? 0 * (close[i] as number) : (top - (close[i] as number)) / share
          out[i] = position - position === 0 ? position : Number.NaN
        }
      }
    },
  }),
]
