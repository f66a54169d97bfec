import type { Average } from '../averages.ts'
import { type IndicatorDefinition, type Kernel, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import {
  averageLookback,
  createTalibAverage,
  LateAverage,
  SeededAverage,
  type TalibAverageKind,
  talibAverageParam,
} from './averages.ts'
import { defineTalib } from './define.ts'
import { inputAt, isNothing, outputAt } from './stretches.ts'

type Pair = { fast: number; slow: number; average: TalibAverageKind }
type Macd = { fast: number; slow: number; signal: number }
type MacdKinds = { fastAverage: TalibAverageKind; slowAverage: TalibAverageKind; signalAverage: TalibAverageKind }
type MacdExt = Macd & MacdKinds

const ofLine = { group: 'momentum', inputs: ['line'] } as const
const pairNames = { fastperiod: 'fast', slowperiod: 'slow' } as const
const macdNames = { ...pairNames, signalperiod: 'signal' } as const

/** An average of one of the two lines, and how long it takes. */
interface Leg {
  readonly average: Average
  readonly lookback: number
}

function leg(kind: TalibAverageKind, period: number): Leg {
  return { average: createTalibAverage(kind, period), lookback: averageLookback(kind, period) }
}

/** The average of a leg, begun so that it has its first value with the slower of the two. */
function aligned({ average, lookback }: Leg, other: Leg): Average {
  return lookback < other.lookback ? new LateAverage(average, other.lookback - lookback) : average
}

function oscillatorKernel(columns: KernelColumns, { fast, slow, average }: Pair, isPercent: boolean): Kernel {
  const quick = createTalibAverage(average, Math.min(fast, slow))
  const lazy = createTalibAverage(average, Math.max(fast, slow))
  const values = scratchColumn()
  return (from, to) => {
    const out = outputAt(columns)
    values.set(inputAt(columns, 0).subarray(from, to))
    quick.run(values, values, 0, to - from)
    lazy.run(inputAt(columns, 0), out, from, to)
    for (let i = from; i < to; i++) {
      const base = out[i] as number
      const difference = (values[i - from] as number) - base
      if (isPercent) out[i] = isNothing(base) ? 0 : (difference / base) * 100
      else out[i] = difference
    }
  }
}

/** MACD of two legs: the line and its signal wait for each other, as all of TA-Lib's outputs begin together. */
function macdKernel(columns: KernelColumns, [fast, slow]: readonly [Leg, Leg], signal: Average): Kernel {
  const fastAverage = aligned(fast, slow)
  const slowAverage = aligned(slow, fast)
  return (from, to) => {
    const macd = outputAt(columns, 0)
    const signals = outputAt(columns, 1)
    const histogram = outputAt(columns, 2)
    const values = inputAt(columns, 0)
    fastAverage.run(values, macd, from, to)
    slowAverage.run(values, histogram, from, to)
    for (let i = from; i < to; i++) macd[i] = (macd[i] as number) - (histogram[i] as number)
    signal.run(macd, signals, from, to)
    for (let i = from; i < to; i++) {
      const difference = (macd[i] as number) - (signals[i] as number)
      histogram[i] = difference
      if (difference - difference !== 0) macd[i] = Number.NaN
    }
  }
}

/** The faster leg first, whatever order the periods came in. */
function ordered(p: MacdExt): readonly [Leg, Leg] {
  const legs = [leg(p.fastAverage, p.fast), leg(p.slowAverage, p.slow)] as const
  return p.slow < p.fast ? [legs[1], legs[0]] : legs
}

const macdWarmup = (p: Macd) => Math.max(p.fast, p.slow) - 1 + p.signal - 1
const macdOutputs = {
  macd: { warmup: macdWarmup },
  signal: { warmup: macdWarmup },
  histogram: { warmup: macdWarmup, draw: 'histogram' },
} as const

const extWarmup = (p: MacdExt) =>
  Math.max(averageLookback(p.fastAverage, p.fast), averageLookback(p.slowAverage, p.slow)) +
  averageLookback(p.signalAverage, p.signal)
const fixWarmup = (p: { signal: number }) => 25 + p.signal - 1

/** The two fixed averages of MACDFIX are 0.15 and 0.075 fast, where 12 and 26 bars would mean 2 / 13 and 2 / 27. */
const fixedLegs = (): readonly [Leg, Leg] => [
  { average: new SeededAverage(12, 0.15), lookback: 11 },
  { average: new SeededAverage(26, 0.075), lookback: 25 },
]

const pairParams = { fast: periodParam(12, 2), slow: periodParam(26, 2), average: talibAverageParam() }
const pairOutput = {
  warmup: (p: Pair) => averageLookback(p.average, Math.max(p.fast, p.slow)),
}
const seeds = 'both averages begin where the slower has its first value'

/** TA-Lib's differences of two averages. */
export const oscillatorDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Pair>({
    ...ofLine,
    name: 'APO',
    en: 'Absolute price oscillator',
    zh: '绝对价格摆动指标',
    paramNames: { ...pairNames, matype: 'average' },
    params: pairParams,
    outputs: { apo: pairOutput },
    formula: 'average(x, fast) − average(x, slow), simple unless told otherwise',
    create: (columns, params) => oscillatorKernel(columns, params, false),
  }),
  defineTalib<Pair>({
    ...ofLine,
    name: 'PPO',
    en: 'Percentage price oscillator',
    zh: '百分比价格摆动指标',
    paramNames: { ...pairNames, matype: 'average' },
    params: pairParams,
    outputs: { ppo: pairOutput },
    formula: '100 · (average(x, fast) − average(x, slow)) / average(x, slow), simple unless told otherwise',
    create: (columns, params) => oscillatorKernel(columns, params, true),
  }),
  defineTalib<Macd>({
    ...ofLine,
    name: 'MACD',
    en: 'Moving average convergence/divergence',
    zh: '指数平滑异同移动平均',
    paramNames: macdNames,
    params: { fast: periodParam(12, 2), slow: periodParam(26, 2), signal: periodParam(9) },
    outputs: macdOutputs,
    formula: `EMA(x, fast) − EMA(x, slow), its EMA over signal bars, and their difference; ${seeds}`,
    create(columns, p) {
      const kinds = { fastAverage: 'ema', slowAverage: 'ema', signalAverage: 'ema' } as const
      return macdKernel(columns, ordered({ ...p, ...kinds }), createTalibAverage('ema', p.signal))
    },
  }),
  defineTalib<MacdExt>({
    ...ofLine,
    name: 'MACDEXT',
    en: 'MACD with chosen averages',
    zh: '可选均线 MACD',
    paramNames: { ...macdNames, fastmatype: 'fastAverage', slowmatype: 'slowAverage', signalmatype: 'signalAverage' },
    params: {
      fast: periodParam(12, 2),
      fastAverage: talibAverageParam(),
      slow: periodParam(26, 2),
      slowAverage: talibAverageParam(),
      signal: periodParam(9),
      signalAverage: talibAverageParam(),
    },
    outputs: {
      macd: { warmup: extWarmup },
      signal: { warmup: extWarmup },
      histogram: { warmup: extWarmup, draw: 'histogram' },
    },
    formula: `as MACD, with an average of its own for each of the three; ${seeds}`,
    create: (columns, p) => macdKernel(columns, ordered(p), createTalibAverage(p.signalAverage, p.signal)),
  }),
  defineTalib<{ signal: number }>({
    ...ofLine,
    name: 'MACDFIX',
    en: 'MACD with fixed 12/26',
    zh: '固定 12/26 的 MACD',
    paramNames: { signalperiod: 'signal' },
    params: { signal: periodParam(9) },
    outputs: {
      macd: { warmup: fixWarmup },
      signal: { warmup: fixWarmup },
      histogram: { warmup: fixWarmup, draw: 'histogram' },
    },
    formula: `as MACD with weights 0.15 and 0.075, seeded by 12 and 26 bars; ${seeds}`,
    create: (columns, { signal }) => macdKernel(columns, fixedLegs(), createTalibAverage('ema', signal)),
  }),
]
