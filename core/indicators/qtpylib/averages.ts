import { type Average, WeightedAverage } from '../averages.ts'
import { hmaDefinition } from '../compound-averages.ts'
import {
  columnAt,
  defineIndicator,
  type IndicatorDefinition,
  type Kernel,
  type KernelColumns,
  periodParam,
  scratchColumn,
} from '../definition.ts'
import { Delay } from '../windows.ts'
import {
  leastOf,
  minPeriodsName,
  minPeriodsParam,
  RollingMoments,
  type UpstreamRule,
  upstreamRule,
  WeightedMean,
} from './blocks.ts'

type Windowed = { window: number; minPeriods: number }
type Ruled = Windowed & { rule: UpstreamRule }

const overPrices = { inputs: ['line'], pane: 'price', group: 'average', paramNames: minPeriodsName } as const
const windowParams = (window: number) => ({ window: periodParam(window), minPeriods: minPeriodsParam })

export const rollingMeanDefinition = defineIndicator<Windowed>({
  ...overPrices,
  id: 'qtpylib-rolling-mean',
  title: { en: 'Rolling mean (qtpylib)', zh: '滚动均值（qtpylib）' },
  params: windowParams(200),
  outputs: { mean: { warmup: (p) => leastOf(p) - 1 } },
  formula: 'mean of those of the last window values that exist, once minPeriods (0: all) of them do',
  source: 'qtpylib rolling_mean, sma, numpy_rolling_mean',
  aliases: { qtpylib: ['rolling_mean', 'sma', 'numpy_rolling_mean'] },
  create(columns, params) {
    const moments = new RollingMoments(params.window, leastOf(params))
    return (from, to) =>
      moments.run(columnAt(columns.inputs, 0), { means: columnAt(columns.outputs, 0), deviations: null }, from, to)
  },
})

const weightedFormula =
  'mean of all values so far, the one k bars ago weighing (1 − a)ᵏ, a = 2 / (window + 1); from the window-th value on, ' +
  'or the minPeriods-th'

export const rollingWeightedMeanDefinition = defineIndicator<Windowed>({
  ...overPrices,
  id: 'qtpylib-rolling-weighted-mean',
  title: { en: 'Exponentially weighted mean (qtpylib)', zh: '指数加权均值（qtpylib）' },
  params: windowParams(200),
  outputs: { mean: { warmup: (p) => (p.minPeriods === 0 ? p.window : p.minPeriods) - 1 } },
  formula: weightedFormula,
  source: 'qtpylib rolling_weighted_mean, ema: pandas ewm(span=window, adjust=True)',
  aliases: { qtpylib: ['rolling_weighted_mean', 'ema'] },
  create(columns, { window, minPeriods }) {
    const mean = new WeightedMean(window, minPeriods === 0 ? window : minPeriods)
    return (from, to) => mean.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const qtpylibWmaDefinition = defineIndicator<Ruled>({
  ...overPrices,
  id: 'qtpylib-wma',
  title: { en: 'Weighted moving average (qtpylib)', zh: '加权移动平均（qtpylib）' },
  params: { ...windowParams(200), rule: upstreamRule },
  outputs: {
    wma: { warmup: (p) => (p.rule === 'corrected' || p.minPeriods === 0 ? p.window : p.minPeriods) - 1 },
  },
  formula: `weights 1 … window, the newest weighs most; rule qtpylib: ${weightedFormula}`,
  source: 'qtpylib wma, which is exponential, not linear (X-20); rule qtpylib keeps its numbers',
  aliases: { qtpylib: ['wma'] },
  create(columns, { window, minPeriods, rule }) {
    const average: Average =
      rule === 'corrected'
        ? new WeightedAverage(window)
        : new WeightedMean(window, minPeriods === 0 ? window : minPeriods)
    return (from, to) => average.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

/** The hull average of exponential means, with spans that are no whole numbers, as qtpylib computes it. */
function upstreamHull(window: number, least: number): Average {
  const half = new WeightedMean(window / 2, least)
  const whole = new WeightedMean(window, least)
  const last = new WeightedMean(Math.sqrt(window), least)
  const halves = scratchColumn()
  return {
    run(input, output, from, to) {
      const count = to - from
      for (let i = 0; i < count; i++) halves[i] = input[from + i] as number
      whole.run(input, output, from, to)
      half.run(halves, halves, 0, count)
      for (let i = from; i < to; i++) output[i] = 2 * (halves[i - from] as number) - (output[i] as number)
      last.run(output, output, from, to)
    },
  }
}

/** Runs an average as the kernel of a definition. */
function kernelOf(columns: KernelColumns, average: Average): Kernel {
  return (from, to) => average.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
}

export const qtpylibHullDefinition = defineIndicator<Ruled>({
  ...overPrices,
  id: 'qtpylib-hma',
  title: { en: 'Hull moving average (qtpylib)', zh: '赫尔移动平均（qtpylib）' },
  params: { window: periodParam(200, 2), minPeriods: minPeriodsParam, rule: upstreamRule },
  outputs: {
    hma: {
      warmup: (p) =>
        p.rule === 'corrected'
          ? hmaDefinition.warmup({ period: p.window })
          : 2 * ((p.minPeriods === 0 ? p.window : p.minPeriods) - 1),
    },
  },
  formula: `${hmaDefinition.formula}; rule qtpylib: m(2 · m(x, window / 2) − m(x, window), √window) with m the exponentially weighted mean`,
  source: 'Hull (2005); qtpylib hull_moving_average, hma, which uses exponential means (X-20); rule qtpylib keeps them',
  aliases: { qtpylib: ['hull_moving_average', 'hma'] },
  create(columns, { window, minPeriods, rule }) {
    if (rule === 'corrected') return hmaDefinition.create(columns, { period: window, average: 'wma' })
    return kernelOf(columns, upstreamHull(window, minPeriods === 0 ? window : minPeriods))
  },
})

const zeroLagKinds = ['ema', 'sma', 'hma'] as const
type ZeroLagKind = (typeof zeroLagKinds)[number]

const lagOf = (window: number) => Math.floor((window - 1) / 2)

/** Values less their lag, then averaged over `lag` bars; upstream waits for `window` of them. */
function zeroLagKernel(columns: KernelColumns, params: Windowed, kind: ZeroLagKind): Kernel {
  const lag = lagOf(params.window)
  const least = params.minPeriods === 0 ? params.window : params.minPeriods
  const delay = new Delay(lag)
  const average = zeroLagAverage(kind, lag, least)
  return (from, to) => {
    const values = columnAt(columns.inputs, 0)
    const out = columnAt(columns.outputs, 0)
    delay.run(values, out, from, to)
    for (let i = from; i < to; i++) out[i] = 2 * (values[i] as number) - (out[i] as number)
    average.run(out, out, from, to)
  }
}

function zeroLagAverage(kind: ZeroLagKind, lag: number, least: number): Average {
  if (kind === 'ema') return new WeightedMean(lag, least)
  if (kind === 'hma') return upstreamHull(lag, least)
  // Upstream raises when it waits for more values than it averages, as it does unless told
  const moments = new RollingMoments(lag, Math.min(least, lag))
  return {
    run: (input, output, from, to) => moments.run(input, { means: output, deviations: null }, from, to),
  }
}

function zeroLagWarmup({ window, minPeriods }: Windowed, kind: ZeroLagKind): number {
  const lag = lagOf(window)
  const least = minPeriods === 0 ? window : minPeriods
  if (kind === 'sma') return lag + Math.min(least, lag) - 1
  return lag + (kind === 'ema' ? 1 : 2) * (least - 1)
}

/** A Hull average of fewer than two bars is none. */
const zeroLagParams = { window: periodParam(20, 5), minPeriods: minPeriodsParam }
const zeroLagFormula = 'average over lag bars of 2 · x − x lag bars ago, lag = ⌊(window − 1) / 2⌋'

export const qtpylibZeroLagDefinition = defineIndicator<Windowed & { kind: ZeroLagKind }>({
  ...overPrices,
  id: 'qtpylib-zlma',
  title: { en: 'Zero-lag moving average (qtpylib)', zh: '零滞后移动平均（qtpylib）' },
  params: { ...zeroLagParams, kind: { kind: 'choice', default: 'ema', choices: zeroLagKinds } },
  outputs: { zlma: { warmup: (p) => zeroLagWarmup(p, p.kind) } },
  formula: `${zeroLagFormula}; kind says which average: exponentially weighted, simple, or Hull of exponential ones`,
  source: 'Ehlers; qtpylib zlma. Kind sma averages lag bars, where upstream raises (X-20)',
  aliases: { qtpylib: ['zlma'] },
  create: (columns, params) => zeroLagKernel(columns, params, params.kind),
})

/** One of the forms that have a name of their own. */
function zeroLagOf(
  kind: ZeroLagKind,
  names: readonly string[],
  title: IndicatorDefinition['title'],
): IndicatorDefinition {
  const id = `zl${kind}` as const
  return defineIndicator<Windowed>({
    ...overPrices,
    id: `qtpylib-${id}`,
    title,
    params: zeroLagParams,
    outputs: { [id]: { warmup: (p: Windowed) => zeroLagWarmup(p, kind) } },
    formula: zeroLagFormula,
    source: `Ehlers; qtpylib ${names.join(', ')}: zlma of kind ${kind}`,
    aliases: { qtpylib: names },
    create: (columns, params) => zeroLagKernel(columns, params, kind),
  })
}

export const qtpylibZeroLagForms: readonly IndicatorDefinition[] = [
  zeroLagOf('ema', ['zlema', 'zlwma'], { en: 'Zero-lag EMA (qtpylib)', zh: '零滞后指数移动平均（qtpylib）' }),
  zeroLagOf('sma', ['zlsma'], { en: 'Zero-lag SMA (qtpylib)', zh: '零滞后简单移动平均（qtpylib）' }),
  zeroLagOf('hma', ['zlhma'], { en: 'Zero-lag Hull average (qtpylib)', zh: '零滞后赫尔移动平均（qtpylib）' }),
]
