import { columnAt, defineIndicator } from '../definition.ts'
import { PandasTrueRange, typicalPrices } from './blocks.ts'

type NoParams = Record<string, never>
const ofRange = { inputs: ['high', 'low', 'close'] } as const
const fromFirst = { warmup: () => 0 }

export const typicalPriceDefinition = defineIndicator<NoParams>({
  ...ofRange,
  id: 'qtpylib-typical-price',
  title: { en: 'Typical price', zh: '典型价格' },
  group: 'price',
  pane: 'price',
  params: {},
  outputs: { price: fromFirst },
  formula: '(high + low + close) / 3',
  source: 'qtpylib typical_price',
  aliases: { qtpylib: ['typical_price'] },
  create: (columns) => (from, to) => {
    const out = columnAt(columns.outputs, 0)
    typicalPrices(columns.inputs, out.subarray(from, to), from, to)
  },
})

export const midPriceDefinition = defineIndicator<NoParams>({
  id: 'qtpylib-mid-price',
  title: { en: 'Middle of the bar', zh: '中间价' },
  group: 'price',
  inputs: ['high', 'low'],
  pane: 'price',
  params: {},
  outputs: { price: fromFirst },
  formula: '(high + low) / 2',
  source: 'qtpylib mid_price',
  aliases: { qtpylib: ['mid_price'] },
  create: (columns) => (from, to) => {
    const high = columnAt(columns.inputs, 0)
    const low = columnAt(columns.inputs, 1)
    const out = columnAt(columns.outputs, 0)
    for (let i = from; i < to; i++) out[i] = ((high[i] as number) + (low[i] as number)) / 2
  },
})

/** Rounds to two decimals as numpy does: a half goes to the even neighbour. */
function roundCents(value: number): number {
  const scaled = value * 100
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
  return (floor + (up ? 1 : 0)) / 100
}

export const barStrengthDefinition = defineIndicator<NoParams>({
  ...ofRange,
  id: 'qtpylib-ibs',
  title: { en: 'Internal bar strength', zh: 'K线内部强度' },
  group: 'momentum',
  pane: 'own',
  params: {},
  outputs: { ibs: fromFirst },
  guides: [0.2, 0.8],
  formula: '(close − low) / (high − low), rounded to hundredths; undefined where high = low',
  source: 'qtpylib ibs',
  aliases: { qtpylib: ['ibs'] },
  create: (columns) => (from, to) => {
    const high = columnAt(columns.inputs, 0)
    const low = columnAt(columns.inputs, 1)
    const close = columnAt(columns.inputs, 2)
    const out = columnAt(columns.outputs, 0)
    for (let i = from; i < to; i++) {
      const range = (high[i] as number) - (low[i] as number)
      out[i] = range === 0 ? Number.NaN : roundCents(((close[i] as number) - (low[i] as number)) / range)
    }
  },
})

export const pandasTrueRangeDefinition = defineIndicator<NoParams>({
  ...ofRange,
  id: 'qtpylib-true-range',
  title: { en: 'True range (qtpylib)', zh: '真实波幅（qtpylib）' },
  group: 'volatility',
  pane: 'own',
  params: {},
  outputs: { range: fromFirst },
  formula: 'largest of high − low, |high − previous close|, |low − previous close|; high − low on the first bar',
  source: 'Wilder (1978); qtpylib true_range',
  aliases: { qtpylib: ['true_range'] },
  create(columns) {
    const range = new PandasTrueRange()
    return (from, to) => range.run(columns.inputs, columnAt(columns.outputs, 0).subarray(from, to), from, to)
  },
})

export const qtpylibHeikinAshiDefinition = defineIndicator<NoParams>({
  id: 'qtpylib-heikin-ashi',
  title: { en: 'Heikin-Ashi candles (qtpylib)', zh: '平均K线（qtpylib）' },
  group: 'price',
  inputs: ['open', 'high', 'low', 'close'],
  pane: 'price',
  params: {},
  outputs: { open: fromFirst, high: fromFirst, low: fromFirst, close: fromFirst },
  formula:
    'close = (open + high + low + close) / 4; open = (previous open + previous close) / 2, at first (open + close) / 2; ' +
    'high, low = the extremes of high, low, open and close',
  source: 'Valcu (2004); qtpylib heikinashi',
  aliases: { qtpylib: ['heikinashi'] },
  create(columns) {
    const state = Float64Array.of(Number.NaN, Number.NaN)
    return (from, to) => {
      const [open, high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array, Float64Array]
      const [opens, highs, lows, closes] = columns.outputs as [Float64Array, Float64Array, Float64Array, Float64Array]
      let lastOpen = state[0] as number
      let lastClose = state[1] as number
      for (let i = from; i < to; i++) {
        const now = ((open[i] as number) + (high[i] as number) + (low[i] as number) + (close[i] as number)) / 4
        const followed = (lastOpen + lastClose) / 2
        const began = ((open[i] as number) + (close[i] as number)) / 2
        lastOpen = now - now === 0 ? (followed - followed === 0 ? followed : began) : Number.NaN
        lastClose = now
        opens[i] = lastOpen
        closes[i] = now
        highs[i] = Math.max(high[i] as number, lastOpen, now)
        lows[i] = Math.min(low[i] as number, lastOpen, now)
      }
      state[0] = lastOpen
      state[1] = lastClose
    }
  },
})
