import { columnAt, defineIndicator, periodParam, scratchColumn } from '../definition.ts'
import { RollingSum } from '../rolling-sum.ts'
import { RollingHighest, RollingLowest } from '../windows.ts'
import { PandasTrueRange, typicalPrices, WeightedMean } from './blocks.ts'

const ofRange = { inputs: ['high', 'low', 'close'] } as const

export const qtpylibAtrDefinition = defineIndicator<{ window: number; exp: boolean }>({
  ...ofRange,
  id: 'qtpylib-atr',
  title: { en: 'Average true range (qtpylib)', zh: '平均真实波幅（qtpylib）' },
  group: 'volatility',
  pane: 'own',
  params: { window: periodParam(14), exp: { kind: 'flag', default: false } },
  outputs: { atr: { warmup: (p) => p.window - 1 } },
  formula: 'mean of the true range over window bars; exp: its exponentially weighted mean',
  source: 'qtpylib atr: a simple mean, not Wilder’s',
  aliases: { qtpylib: ['atr'] },
  create(columns, { window, exp }) {
    const range = new PandasTrueRange()
    const mean = exp ? new WeightedMean(window, window) : new RollingSum(window, window)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      range.run(columns.inputs, out.subarray(from, to), from, to)
      mean.run(out, out, from, to)
    }
  },
})

export const qtpylibKeltnerDefinition = defineIndicator<{ window: number; atrs: number }>({
  ...ofRange,
  id: 'qtpylib-keltner',
  title: { en: 'Keltner channel (qtpylib)', zh: '肯特纳通道（qtpylib）' },
  group: 'band',
  pane: 'price',
  params: { window: periodParam(14), atrs: { kind: 'number', default: 2, min: 0, max: 100, step: 0.1 } },
  outputs: {
    upper: { warmup: (p) => p.window - 1 },
    mid: { warmup: (p) => p.window - 1 },
    lower: { warmup: (p) => p.window - 1 },
  },
  formula:
    'mid = mean of (high + low + close) / 3; upper, lower = mid ± atrs · mean of the true range, all over window',
  source: 'qtpylib keltner_channel',
  aliases: { qtpylib: ['keltner_channel'] },
  create(columns, { window, atrs }) {
    const range = new PandasTrueRange()
    const meanRange = new RollingSum(window, window)
    const meanPrice = new RollingSum(window, window)
    return (from, to) => {
      const upper = columnAt(columns.outputs, 0)
      const mid = columnAt(columns.outputs, 1)
      const lower = columnAt(columns.outputs, 2)
      typicalPrices(columns.inputs, mid.subarray(from, to), from, to)
      meanPrice.run(mid, mid, from, to)
      range.run(columns.inputs, lower.subarray(from, to), from, to)
      meanRange.run(lower, lower, from, to)
      for (let i = from; i < to; i++) {
        const reach = (lower[i] as number) * atrs
        upper[i] = (mid[i] as number) + reach
        lower[i] = (mid[i] as number) - reach
      }
    }
  },
})

export const chopinessDefinition = defineIndicator<{ window: number }>({
  ...ofRange,
  id: 'qtpylib-chopiness',
  title: { en: 'Choppiness (qtpylib)', zh: '震荡指数（qtpylib）' },
  group: 'volatility',
  pane: 'own',
  params: { window: periodParam(14, 2) },
  outputs: { chopiness: { warmup: (p) => p.window - 1 } },
  guides: [38.2, 61.8],
  formula:
    '100 · log(sum of the true range over window / (highest high − lowest low)) / log(window); undefined in a flat market',
  source: 'Dreiss; qtpylib chopiness, the first bar counting with high − low',
  aliases: { qtpylib: ['chopiness'] },
  create(columns, { window }) {
    const range = new PandasTrueRange()
    const sum = new RollingSum(window)
    const highest = new RollingHighest(window)
    const lowest = new RollingLowest(window)
    const highs = scratchColumn()
    const lows = scratchColumn()
    const scale = 100 / Math.log10(window)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      range.run(columns.inputs, out.subarray(from, to), from, to)
      sum.run(out, out, from, to)
      highest.run(columnAt(columns.inputs, 0).subarray(from, to), highs, 0, to - from)
      lowest.run(columnAt(columns.inputs, 1).subarray(from, to), lows, 0, to - from)
      for (let i = from; i < to; i++) {
        const span = (highs[i - from] as number) - (lows[i - from] as number)
        const share = span === 0 ? Number.NaN : (out[i] as number) / span
        out[i] = share > 0 ? scale * Math.log10(share) : Number.NaN
      }
    }
  },
})

type Stochastic = { window: number; d: number; k: number; fast: boolean }

export const qtpylibStochasticDefinition = defineIndicator<Stochastic>({
  ...ofRange,
  id: 'qtpylib-stoch',
  title: { en: 'Stochastic (qtpylib)', zh: '随机指标（qtpylib）' },
  group: 'momentum',
  pane: 'own',
  params: { window: periodParam(14), d: periodParam(3), k: periodParam(3), fast: { kind: 'flag', default: false } },
  outputs: {
    k: { warmup: (p) => p.window - 1 + (p.fast ? 0 : p.k - 1) },
    d: { warmup: (p) => p.window + p.d - 2 + (p.fast ? 0 : p.k - 1) },
  },
  guides: [20, 80],
  formula:
    'fast: k = 100 · (close − lowest low) / (highest high − lowest low) over window, d = mean of k over d bars; slow: k = ' +
    'mean of the fast k over k bars. Undefined while high = low over the whole window',
  source: 'Lane; qtpylib stoch',
  aliases: { qtpylib: ['stoch'] },
  create(columns, { window, d, k, fast }) {
    const highest = new RollingHighest(window)
    const lowest = new RollingLowest(window)
    const smoothK = new RollingSum(fast ? 1 : k, fast ? 1 : k)
    const smoothD = new RollingSum(d, d)
    return (from, to) => {
      const close = columnAt(columns.inputs, 2)
      const ks = columnAt(columns.outputs, 0)
      const ds = columnAt(columns.outputs, 1)
      highest.run(columnAt(columns.inputs, 0), ks, from, to)
      lowest.run(columnAt(columns.inputs, 1), ds, from, to)
      for (let i = from; i < to; i++) {
        const span = (ks[i] as number) - (ds[i] as number)
        ks[i] = span === 0 ? Number.NaN : (100 * ((close[i] as number) - (ds[i] as number))) / span
      }
      if (!fast) smoothK.run(ks, ks, from, to)
      smoothD.run(ks, ds, from, to)
    }
  },
})
