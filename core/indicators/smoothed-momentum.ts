import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { Delay } from './windows.ts'

const ownPane = { inputs: ['line'], pane: 'own', group: 'momentum', guides: [0] } as const

type TrixParams = { period: number; rate: number; signal: number; average: AverageKind }

const trixWarmup = (p: { period: number; rate: number }) => 3 * p.period - 3 + p.rate

export const trixDefinition = defineIndicator<TrixParams>({
  ...ownPane,
  id: 'trix',
  title: { en: 'TRIX', zh: 'TRIX 三重指数平滑变动率' },
  params: { period: periodParam(15), rate: periodParam(1), signal: periodParam(9), average: averageParam('ema') },
  outputs: {
    trix: { warmup: trixWarmup },
    signal: { warmup: (p) => trixWarmup(p) + p.signal - 1 },
  },
  formula:
    'trix = 100 · (e / e rate bars ago − 1) with e = x averaged three times over period, undefined where that is 0; ' +
    'signal = average(trix, signal)',
  source: 'Hutson (1983); backtrader Trix and TrixSignal (I-122, I-123)',
  aliases: { backtrader: ['Trix', 'TRIX', 'TrixSignal'] },
  create(columns, { period, rate, signal, average }) {
    const first = createAverage(average, period)
    const second = createAverage(average, period)
    const third = createAverage(average, period)
    const mean = createAverage(average, signal)
    const delay = new Delay(rate)
    return (from, to) => {
      const trix = columnAt(columns.outputs, 0)
      const signals = columnAt(columns.outputs, 1)
      first.run(columnAt(columns.inputs, 0), trix, from, to)
      second.run(trix, trix, from, to)
      third.run(trix, trix, from, to)
      delay.run(trix, signals, from, to)
      for (let i = from; i < to; i++) {
        const earlier = signals[i] as number
        trix[i] = earlier === 0 ? Number.NaN : 100 * ((trix[i] as number) / earlier - 1)
      }
      mean.run(trix, signals, from, to)
    }
  },
})

type StrengthParams = { first: number; second: number; change: number; average: AverageKind }

export const trueStrengthDefinition = defineIndicator<StrengthParams>({
  ...ownPane,
  id: 'tsi',
  title: { en: 'True strength index', zh: '真实强弱指数' },
  params: { first: periodParam(25), second: periodParam(13), change: periodParam(1), average: averageParam('ema') },
  outputs: { tsi: { warmup: (p) => p.change + p.first + p.second - 2 } },
  guides: [-25, 0, 25],
  formula:
    '100 · average(average(d, first), second) / average(average(|d|, first), second) with d = x − x change bars ago; ' +
    '0 where nothing moved',
  source: 'Blau (1991); backtrader TrueStrengthIndicator (I-124)',
  aliases: { backtrader: ['TrueStrengthIndicator', 'TSI'] },
  create(columns, { first, second, change, average }) {
    const delay = new Delay(change)
    const move = createAverage(average, first)
    const moveTwice = createAverage(average, second)
    const size = createAverage(average, first)
    const sizeTwice = createAverage(average, second)
    const sizes = scratchColumn()
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const moved = (values[i] as number) - (out[i] as number)
        out[i] = moved
        sizes[i - from] = Math.abs(moved)
      }
      move.run(out, out, from, to)
      moveTwice.run(out, out, from, to)
      size.run(sizes, sizes, 0, to - from)
      sizeTwice.run(sizes, sizes, 0, to - from)
      for (let i = from; i < to; i++) {
        const divisor = sizes[i - from] as number
        out[i] = divisor === 0 ? 0 : 100 * ((out[i] as number) / divisor)
      }
    }
  },
})

type SureThingParams = Readonly<
  Record<`rate${1 | 2 | 3 | 4}` | `smooth${1 | 2 | 3 | 4}` | `weight${1 | 2 | 3 | 4}` | 'signal', number>
> & { readonly average: AverageKind; readonly signalAverage: AverageKind }

const numbers = [1, 2, 3, 4] as const
const weightRange = (standard: number) => numberParam(standard, { min: -100, max: 100, step: 0.5 })
const sureThingWarmup = (p: SureThingParams) => Math.max(...numbers.map((n) => p[`rate${n}`] + p[`smooth${n}`])) - 1

/** weight · average(100 · rate of change), added to the output. */
class SmoothedRate {
  readonly #delay: Delay
  readonly #average: ReturnType<typeof createAverage>
  readonly #weight: number
  readonly #rates = scratchColumn()

  constructor(p: SureThingParams, n: (typeof numbers)[number]) {
    this.#delay = new Delay(p[`rate${n}`])
    this.#average = createAverage(p.average, p[`smooth${n}`])
    this.#weight = p[`weight${n}`]
  }

  /** `values` and `output` from index 0. */
  add(values: Float64Array, output: Float64Array, count: number): void {
    const rates = this.#rates
    const weight = this.#weight
    this.#delay.run(values, rates, 0, count)
    for (let i = 0; i < count; i++) {
      const earlier = rates[i] as number
      rates[i] = earlier === 0 ? Number.NaN : 100 * (((values[i] as number) - earlier) / earlier)
    }
    this.#average.run(rates, rates, 0, count)
    for (let i = 0; i < count; i++) output[i] = (output[i] as number) + weight * (rates[i] as number)
  }
}

export const knowSureThingDefinition = defineIndicator<SureThingParams>({
  ...ownPane,
  id: 'kst',
  title: { en: 'Know sure thing', zh: '确知指标 KST' },
  params: {
    rate1: periodParam(10),
    rate2: periodParam(15),
    rate3: periodParam(20),
    rate4: periodParam(30),
    smooth1: periodParam(10),
    smooth2: periodParam(10),
    smooth3: periodParam(10),
    smooth4: periodParam(10),
    signal: periodParam(9),
    weight1: weightRange(1),
    weight2: weightRange(2),
    weight3: weightRange(3),
    weight4: weightRange(4),
    average: averageParam('sma'),
    signalAverage: averageParam('sma'),
  },
  outputs: {
    kst: { warmup: sureThingWarmup },
    signal: { warmup: (p) => sureThingWarmup(p) + p.signal - 1 },
  },
  formula:
    'kst = sum over n = 1 … 4 of weight n · average(100 · rate of change over rate n bars, smooth n); ' +
    'signal = average(kst, signal)',
  source: 'Pring (1992); backtrader KnowSureThing (I-119)',
  aliases: { backtrader: ['KnowSureThing', 'KST'] },
  create(columns, params) {
    const rates = numbers.map((n) => new SmoothedRate(params, n))
    const signalAverage = createAverage(params.signalAverage, params.signal)
    const values = scratchColumn()
    const sums = scratchColumn()
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const kst = columnAt(columns.outputs, 0)
      const count = to - from
      for (let i = 0; i < count; i++) values[i] = input[from + i] as number
      sums.fill(0)
      for (const rate of rates) rate.add(values, sums, count)
      for (let i = 0; i < count; i++) kst[from + i] = sums[i] as number
      signalAverage.run(kst, columnAt(columns.outputs, 1), from, to)
    }
  },
})
