import type { Average } from '../averages.ts'
import { columnAt, defineIndicator, type IndicatorDefinition, periodParam, scratchColumn } from '../definition.ts'
import { RollingSum } from '../rolling-sum.ts'
import { RollingMoments, typicalPrices, type UpstreamRule, upstreamRule, WeightedMean } from './blocks.ts'
import { SeededRsi } from './seeded-rsi.ts'

export const weightedAwesomeDefinition = defineIndicator<{
  weighted: boolean
  fast: number
  slow: number
  rule: UpstreamRule
}>({
  id: 'qtpylib-awesome',
  title: { en: 'Awesome oscillator (qtpylib)', zh: '动量震荡指标（qtpylib）' },
  group: 'momentum',
  inputs: ['high', 'low'],
  pane: 'own',
  params: {
    weighted: { kind: 'flag', default: false },
    fast: periodParam(5),
    slow: periodParam(34),
    rule: upstreamRule,
  },
  outputs: {
    ao: { draw: 'histogram', warmup: (p) => (p.weighted && p.rule === 'qtpylib' ? 0 : Math.max(p.fast, p.slow) - 1) },
  },
  guides: [0],
  formula:
    'mean of (high + low) / 2 over fast less that over slow bars; weighted: exponentially weighted means, a = 2 / (n + 1); ' +
    'rule qtpylib: a = 1 / (n + 1), from the first bar on',
  source: 'Williams; qtpylib awesome_oscillator, which takes the spans of its weighted form for centres of mass (X-20)',
  aliases: { qtpylib: ['awesome_oscillator'] },
  create(columns, { weighted, fast, slow, rule }) {
    const meanOf = (bars: number): Average => {
      if (!weighted) return new RollingSum(bars, bars)
      return rule === 'corrected' ? new WeightedMean(bars, bars) : new WeightedMean(2 * bars + 1, 0)
    }
    const quick = meanOf(fast)
    const lazy = meanOf(slow)
    const slows = scratchColumn()
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const middle = ((high[i] as number) + (low[i] as number)) / 2
        out[i] = middle
        slows[i - from] = middle
      }
      quick.run(out, out, from, to)
      lazy.run(slows, slows, 0, to - from)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (slows[i - from] as number)
    }
  },
})

export const qtpylibRsiDefinition = defineIndicator<{ window: number }>({
  id: 'qtpylib-rsi',
  title: { en: 'RSI (qtpylib)', zh: '相对强弱指数（qtpylib）' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: { window: periodParam(14) },
  outputs: { rsi: { warmup: (p) => p.window + 1 } },
  guides: [30, 70],
  formula:
    '100 − 100 / (1 + up / down); up and down start as the sums of the first window + 1 changes / window, then follow ' +
    '(previous · (window − 1) + change) / window, the last two of those changes once more; 0 / 0 is undefined',
  source:
    'Wilder (1978); qtpylib rsi, which also fills the first window + 1 bars, with a value that later bars decide (X-20); ' +
    'ours begins where it is known',
  aliases: { qtpylib: ['rsi'] },
  create(columns, { window }) {
    const rsi = new SeededRsi(window)
    return (from, to) => rsi.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

type TdiParams = { rsiLookback: number; rsiSmooth: number; rsiSignal: number; bbLookback: number; bbStd: number }

export const tdiDefinition = defineIndicator<TdiParams>({
  id: 'qtpylib-tdi',
  title: { en: 'Traders dynamic index', zh: '交易者动态指数' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: {
    rsiLookback: periodParam(13),
    rsiSmooth: periodParam(2),
    rsiSignal: periodParam(7),
    bbLookback: periodParam(34, 2),
    bbStd: { kind: 'number', default: 1.6185, min: 0, max: 100, step: 0.1 },
  },
  paramNames: {
    rsi_lookback: 'rsiLookback',
    rsi_smooth_len: 'rsiSmooth',
    rsi_signal_len: 'rsiSignal',
    bb_lookback: 'bbLookback',
    bb_std: 'bbStd',
    rsi_len: 'rsiLookback',
    rsi_smoothing: 'rsiSmooth',
    bollinger_len: 'bbLookback',
    bollinger_std: 'bbStd',
  },
  outputs: {
    rsi: { warmup: (p) => p.rsiLookback + 1 },
    signal: { warmup: (p) => p.rsiLookback + p.rsiSignal },
    smooth: { warmup: (p) => p.rsiLookback + p.rsiSmooth },
    upper: { warmup: (p) => p.rsiLookback + 2 },
    lower: { warmup: (p) => p.rsiLookback + 2 },
    mid: { warmup: (p) => p.rsiLookback + 1 },
  },
  guides: [32, 50, 68],
  formula:
    'rsi as in rsi (qtpylib); signal, smooth = its means over rsiSignal and rsiSmooth bars; mid, upper, lower = mean ± ' +
    'bbStd sample deviations over the last bbLookback values there are',
  source: 'Malone; qtpylib tdi, whose first values stand on a padded RSI (X-20)',
  aliases: { qtpylib: ['tdi'] },
  create(columns, { rsiLookback, rsiSmooth, rsiSignal, bbLookback, bbStd }) {
    const strength = new SeededRsi(rsiLookback)
    const signals = new RollingSum(rsiSignal, rsiSignal)
    const smooths = new RollingSum(rsiSmooth, rsiSmooth)
    const moments = new RollingMoments(bbLookback, 1)
    return (from, to) => {
      const rsi = columnAt(columns.outputs, 0)
      const upper = columnAt(columns.outputs, 3)
      const lower = columnAt(columns.outputs, 4)
      const mid = columnAt(columns.outputs, 5)
      strength.run(columnAt(columns.inputs, 0), rsi, from, to)
      signals.run(rsi, columnAt(columns.outputs, 1), from, to)
      smooths.run(rsi, columnAt(columns.outputs, 2), from, to)
      moments.run(rsi, { means: mid, deviations: lower }, from, to)
      for (let i = from; i < to; i++) {
        const reach = (lower[i] as number) * bbStd
        upper[i] = (mid[i] as number) + reach
        lower[i] = (mid[i] as number) - reach
      }
    }
  },
})

export const qtpylibMacdDefinition = defineIndicator<{ fast: number; slow: number; smooth: number }>({
  id: 'qtpylib-macd',
  title: { en: 'MACD (qtpylib)', zh: '平滑异同移动平均（qtpylib）' },
  group: 'momentum',
  inputs: ['line'],
  pane: 'own',
  params: { fast: periodParam(3), slow: periodParam(10), smooth: periodParam(16) },
  outputs: {
    macd: { warmup: (p) => Math.max(p.fast, p.slow) - 1 },
    signal: { warmup: (p) => Math.max(p.fast, p.slow) + p.smooth - 2 },
    histogram: { draw: 'histogram', warmup: (p) => Math.max(p.fast, p.slow) + p.smooth - 2 },
  },
  guides: [0],
  formula:
    'macd = m(x, fast) − m(x, slow), signal = m(macd, smooth), histogram = macd − signal; m = exponentially weighted mean ' +
    'of all values so far',
  source: 'Appel (1979); qtpylib macd, by default 3, 10, 16',
  aliases: { qtpylib: ['macd'] },
  create(columns, { fast, slow, smooth }) {
    const quick = new WeightedMean(fast, fast)
    const lazy = new WeightedMean(slow, slow)
    const signals = new WeightedMean(smooth, smooth)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const macd = columnAt(columns.outputs, 0)
      const signal = columnAt(columns.outputs, 1)
      const histogram = columnAt(columns.outputs, 2)
      quick.run(values, macd, from, to)
      lazy.run(values, signal, from, to)
      for (let i = from; i < to; i++) macd[i] = (macd[i] as number) - (signal[i] as number)
      signals.run(macd, signal, from, to)
      for (let i = from; i < to; i++) histogram[i] = (macd[i] as number) - (signal[i] as number)
    }
  },
})

export const qtpylibCciDefinition = defineIndicator<{ window: number }>({
  id: 'qtpylib-cci',
  title: { en: 'Commodity channel index (qtpylib)', zh: '顺势指标（qtpylib）' },
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  params: { window: periodParam(14) },
  outputs: { cci: { warmup: (p) => p.window - 1 } },
  guides: [-100, 100],
  formula:
    '(p − mean of p) / (0.015 · mean distance of p from that mean), p = (high + low + close) / 3, all over window; 0 where ' +
    'nothing moved',
  source:
    'Lambert (1980); qtpylib cci divides by the deviation of the whole series instead, later bars included (X-20): those ' +
    'numbers cannot be had without looking ahead',
  aliases: { qtpylib: ['cci'] },
  create(columns, { window }) {
    const ring = new Float64Array(window).fill(Number.NaN)
    const means = new RollingSum(window, window)
    const prices = scratchColumn()
    let slot = 0
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      typicalPrices(columns.inputs, prices, from, to)
      means.run(prices, out.subarray(from, to), 0, to - from)
      for (let i = from; i < to; i++) {
        const price = prices[i - from] as number
        ring[slot] = price
        slot = slot + 1 === window ? 0 : slot + 1
        const mean = out[i] as number
        let distance = 0
        for (let k = 0; k < window; k++) distance += Math.abs((ring[k] as number) - mean)
        // A mean rounded away from equal values is no move
        const isFlat = distance <= window * Math.abs(mean) * 2 ** -52
        out[i] = isFlat ? 0 : (price - mean) / ((0.015 * distance) / window)
      }
    }
  },
})

const crossingShape = { inputs: ['line', 'line'], group: 'crossing', pane: 'own', params: {} } as const

/** Above (1) or below (−1) now and not on the bar before; both: either of them. */
function crossed(name: string, sides: readonly (1 | -1)[], texts: Pick<IndicatorDefinition, 'title' | 'formula'>) {
  return defineIndicator<Record<string, never>>({
    ...crossingShape,
    ...texts,
    id: `qtpylib-${name.replace('_', '-')}`,
    outputs: { crossed: { warmup: () => 1 } },
    source: `qtpylib ${name}${sides.length > 1 ? ', which raises without a direction (X-20)' : ''}`,
    aliases: { qtpylib: [name] },
    create(columns) {
      let before = Number.NaN
      return (from, to) => {
        const a = columnAt(columns.inputs, 0)
        const b = columnAt(columns.inputs, 1)
        const out = columnAt(columns.outputs, 0)
        for (let i = from; i < to; i++) {
          const now = Math.sign((a[i] as number) - (b[i] as number))
          const is = sides.some((side) => now === side && before !== side)
          out[i] = Number.isNaN(now + before) ? Number.NaN : is ? 1 : 0
          before = now
        }
      }
    },
  })
}

export const crossedDefinitions: readonly IndicatorDefinition[] = [
  crossed('crossed', [1, -1], {
    title: { en: 'Crossed (qtpylib)', zh: '交叉（qtpylib）' },
    formula: '1 where a is above b and was not one bar ago, or below and was not; else 0',
  }),
  crossed('crossed_above', [1], {
    title: { en: 'Crossed above (qtpylib)', zh: '上穿（qtpylib）' },
    formula: '1 where a > b and a ≤ b one bar ago, else 0',
  }),
  crossed('crossed_below', [-1], {
    title: { en: 'Crossed below (qtpylib)', zh: '下穿（qtpylib）' },
    formula: '1 where a < b and a ≥ b one bar ago, else 0',
  }),
]
