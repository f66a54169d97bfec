import {
  columnAt,
  defineIndicator,
  type Kernel,
  type KernelColumns,
  periodParam,
  scratchColumn,
} from '../definition.ts'
import { Delay } from '../windows.ts'
import { leastOf, minPeriodsName, minPeriodsParam, RollingMoments, WeightedMean } from './blocks.ts'

type Windowed = { window: number; minPeriods: number }
const ofLine = { inputs: ['line'] } as const

export const rollingStdDefinition = defineIndicator<Windowed>({
  ...ofLine,
  id: 'qtpylib-rolling-std',
  title: { en: 'Rolling deviation (qtpylib)', zh: '滚动标准差（qtpylib）' },
  group: 'statistic',
  pane: 'own',
  params: { window: periodParam(200, 2), minPeriods: minPeriodsParam },
  paramNames: minPeriodsName,
  outputs: { std: { warmup: (p) => Math.max(2, leastOf(p)) - 1 } },
  formula:
    'sample deviation (n − 1) of those of the last window values that exist, once minPeriods (0: all) of them do',
  source: 'qtpylib rolling_std, numpy_rolling_std',
  aliases: { qtpylib: ['rolling_std', 'numpy_rolling_std'] },
  create(columns, params) {
    const moments = new RollingMoments(params.window, leastOf(params))
    return (from, to) =>
      moments.run(columnAt(columns.inputs, 0), { means: null, deviations: columnAt(columns.outputs, 0) }, from, to)
  },
})

type BandParams = { window: number; stds: number }
const bandParams = {
  window: periodParam(20, 2),
  stds: { kind: 'number', default: 2, min: 0, max: 100, step: 0.1 },
} as const

/** Spreads the outputs upper, mid, lower: the deviations are in `lower`. */
function spread(outputs: readonly Float64Array[], stds: number, from: number, to: number): void {
  const [upper, mid, lower] = outputs as readonly [Float64Array, Float64Array, Float64Array]
  for (let i = from; i < to; i++) {
    const reach = (lower[i] as number) * stds
    upper[i] = (mid[i] as number) + reach
    lower[i] = (mid[i] as number) - reach
  }
}

export const qtpylibBollingerDefinition = defineIndicator<BandParams>({
  ...ofLine,
  id: 'qtpylib-bollinger',
  title: { en: 'Bollinger bands (qtpylib)', zh: '布林带（qtpylib）' },
  group: 'band',
  pane: 'price',
  params: bandParams,
  outputs: { upper: { warmup: () => 1 }, mid: { warmup: () => 0 }, lower: { warmup: () => 1 } },
  formula:
    'mid ± stds sample deviations; mean and deviation of the last window values, from the first bars on of those there are',
  source: 'qtpylib bollinger_bands: sample deviation, min_periods 1',
  aliases: { qtpylib: ['bollinger_bands'] },
  create(columns, { window, stds }) {
    const moments = new RollingMoments(window, 1)
    return (from, to) => {
      const outputs = { means: columnAt(columns.outputs, 1), deviations: columnAt(columns.outputs, 2) }
      moments.run(columnAt(columns.inputs, 0), outputs, from, to)
      spread(columns.outputs, stds, from, to)
    }
  },
})

const fullWindow = { warmup: (p: BandParams) => p.window - 1 }

export const weightedBollingerDefinition = defineIndicator<BandParams>({
  ...ofLine,
  id: 'qtpylib-weighted-bollinger',
  title: { en: 'Weighted Bollinger bands (qtpylib)', zh: '加权布林带（qtpylib）' },
  group: 'band',
  pane: 'price',
  params: bandParams,
  outputs: { upper: fullWindow, mid: fullWindow, lower: fullWindow },
  formula:
    'mid = exponentially weighted mean of all values so far; upper, lower = mid ± stds sample deviations over window',
  source: 'qtpylib weighted_bollinger_bands',
  aliases: { qtpylib: ['weighted_bollinger_bands'] },
  create(columns, { window, stds }) {
    const mean = new WeightedMean(window, window)
    const moments = new RollingMoments(window, window)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      mean.run(values, columnAt(columns.outputs, 1), from, to)
      moments.run(values, { means: null, deviations: columnAt(columns.outputs, 2) }, from, to)
      spread(columns.outputs, stds, from, to)
    }
  },
})

/** A function of each value and the one `bars` earlier; what is not finite is undefined. */
function changeKernel(columns: KernelColumns, bars: number, change: (now: number, before: number) => number): Kernel {
  const delay = new Delay(bars)
  return (from, to) => {
    const values = columnAt(columns.inputs, 0)
    const out = columnAt(columns.outputs, 0)
    delay.run(values, out, from, to)
    for (let i = from; i < to; i++) {
      const value = change(values[i] as number, out[i] as number)
      out[i] = value - value === 0 ? value : Number.NaN
    }
  }
}

const logReturn = (now: number, before: number) => Math.log(now / before)

export const returnsDefinition = defineIndicator<Record<string, never>>({
  ...ofLine,
  id: 'qtpylib-returns',
  title: { en: 'Returns', zh: '收益率' },
  group: 'statistic',
  pane: 'own',
  params: {},
  outputs: { returns: { draw: 'histogram', warmup: () => 1 } },
  formula: 'x / previous x − 1; undefined after 0',
  source: 'qtpylib returns',
  aliases: { qtpylib: ['returns'] },
  create: (columns) => changeKernel(columns, 1, (now, before) => now / before - 1),
})

export const logReturnsDefinition = defineIndicator<Record<string, never>>({
  ...ofLine,
  id: 'qtpylib-log-returns',
  title: { en: 'Logarithmic returns', zh: '对数收益率' },
  group: 'statistic',
  pane: 'own',
  params: {},
  outputs: { returns: { draw: 'histogram', warmup: () => 1 } },
  formula: 'ln(x / previous x); undefined where that is no number',
  source: 'qtpylib log_returns',
  aliases: { qtpylib: ['log_returns'] },
  create: (columns) => changeKernel(columns, 1, logReturn),
})

export const qtpylibRocDefinition = defineIndicator<{ window: number }>({
  ...ofLine,
  id: 'qtpylib-roc',
  title: { en: 'Rate of change (qtpylib)', zh: '变动率（qtpylib）' },
  group: 'momentum',
  pane: 'own',
  params: { window: periodParam(14) },
  outputs: { roc: { warmup: (p) => p.window } },
  guides: [0],
  formula: '(x − x window bars ago) / x window bars ago; undefined after 0',
  source: 'qtpylib roc',
  aliases: { qtpylib: ['roc'] },
  create: (columns, { window }) => changeKernel(columns, window, (now, before) => (now - before) / before),
})

export const impliedVolatilityDefinition = defineIndicator<{ window: number }>({
  ...ofLine,
  id: 'qtpylib-implied-volatility',
  title: { en: 'Historical volatility (qtpylib)', zh: '历史波动率（qtpylib）' },
  group: 'volatility',
  pane: 'own',
  params: { window: periodParam(252, 2) },
  outputs: { volatility: { warmup: (p) => p.window } },
  formula: 'sample deviation of ln(x / previous x) over window bars · √window',
  source: 'qtpylib implied_volatility; nothing in it is implied by an option’s price',
  aliases: { qtpylib: ['implied_volatility'] },
  create(columns, { window }) {
    const returns = changeKernel(columns, 1, logReturn)
    const moments = new RollingMoments(window, window)
    const scale = Math.sqrt(window)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      returns(from, to)
      moments.run(out, { means: null, deviations: out }, from, to)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) * scale
    }
  },
})

export const zScoreDefinition = defineIndicator<BandParams>({
  ...ofLine,
  id: 'qtpylib-zscore',
  title: { en: 'Z-score (qtpylib)', zh: '标准分数（qtpylib）' },
  group: 'statistic',
  pane: 'own',
  params: { window: periodParam(20, 2), stds: { kind: 'number', default: 1, min: 0.01, max: 100, step: 0.1 } },
  outputs: { zscore: { warmup: (p) => p.window - 1 } },
  guides: [-2, 0, 2],
  formula: '(x − mean) / (sample deviation · stds) over window; undefined where all values are equal',
  source: 'qtpylib zscore',
  aliases: { qtpylib: ['zscore'] },
  create(columns, { window, stds }) {
    const moments = new RollingMoments(window, window)
    const deviations = scratchColumn()
    const values = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      values.set(columnAt(columns.inputs, 0).subarray(from, to))
      moments.run(values, { means: out.subarray(from, to), deviations }, 0, to - from)
      for (let i = from; i < to; i++) {
        const reach = (deviations[i - from] as number) * stds
        out[i] = reach === 0 ? Number.NaN : ((values[i - from] as number) - (out[i] as number)) / reach
      }
    }
  },
})
