import type { IndicatorDefinition } from '../definition.ts'
import { defineTalib } from './define.ts'
import { inputAt, outputAt, stretchKernel } from './stretches.ts'

const ofBar = { group: 'price', pane: 'price', params: {}, outputs: { price: { warmup: () => 0 } } } as const
const unseeded = { restart: () => undefined }

/** TA-Lib's prices made of one bar. */
export const priceDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Record<string, never>>({
    ...ofBar,
    name: 'AVGPRICE',
    en: 'Average price',
    zh: '平均价',
    inputs: ['open', 'high', 'low', 'close'],
    formula: '(open + high + low + close) / 4',
    create: (columns) =>
      stretchKernel(columns, 0, {
        ...unseeded,
        run(from, to) {
          const [open, high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array, Float64Array]
          const out = outputAt(columns)
          for (let i = from; i < to; i++) {
            out[i] = ((high[i] as number) + (low[i] as number) + (close[i] as number) + (open[i] as number)) / 4
          }
        },
      }),
  }),
  defineTalib<Record<string, never>>({
    ...ofBar,
    name: 'MEDPRICE',
    en: 'Median price',
    zh: '中间价',
    inputs: ['high', 'low'],
    formula: '(high + low) / 2',
    create: (columns) =>
      stretchKernel(columns, 0, {
        ...unseeded,
        run(from, to) {
          const high = inputAt(columns, 0)
          const low = inputAt(columns, 1)
          const out = outputAt(columns)
          for (let i = from; i < to; i++) out[i] = ((high[i] as number) + (low[i] as number)) / 2
        },
      }),
  }),
  defineTalib<Record<string, never>>({
    ...ofBar,
    name: 'TYPPRICE',
    en: 'Typical price',
    zh: '典型价',
    inputs: ['high', 'low', 'close'],
    formula: '(high + low + close) / 3',
    create: (columns) =>
      stretchKernel(columns, 0, {
        ...unseeded,
        run(from, to) {
          const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
          const out = outputAt(columns)
          for (let i = from; i < to; i++) out[i] = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
        },
      }),
  }),
  defineTalib<Record<string, never>>({
    ...ofBar,
    name: 'WCLPRICE',
    en: 'Weighted close price',
    zh: '加权收盘价',
    inputs: ['high', 'low', 'close'],
    formula: '(high + low + 2 · close) / 4',
    create: (columns) =>
      stretchKernel(columns, 0, {
        ...unseeded,
        run(from, to) {
          const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
          const out = outputAt(columns)
          for (let i = from; i < to; i++) {
            out[i] = ((high[i] as number) + (low[i] as number) + (close[i] as number) * 2) / 4
          }
        },
      }),
  }),
]
