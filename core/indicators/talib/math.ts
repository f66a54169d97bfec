import type { IndicatorDefinition } from '../definition.ts'
import { defineTalib } from './define.ts'
import { inputAt, outputAt, stretchKernel } from './stretches.ts'

/** One loop for each function: called through a variable, every result would be a new number on the heap. */
type Loop = (x: Float64Array, out: Float64Array, from: number, to: number) => void
type PairLoop = (columns: readonly [Float64Array, Float64Array, Float64Array], from: number, to: number) => void

const transforms: readonly (readonly [name: string, en: string, zh: string, formula: string, Loop])[] = [
  [
    'ACOS',
    'Arc cosine',
    '反余弦',
    'arccos x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.acos(x[i] as number)
    },
  ],
  [
    'ASIN',
    'Arc sine',
    '反正弦',
    'arcsin x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.asin(x[i] as number)
    },
  ],
  [
    'ATAN',
    'Arc tangent',
    '反正切',
    'arctan x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.atan(x[i] as number)
    },
  ],
  [
    'CEIL',
    'Ceiling',
    '向上取整',
    '⌈x⌉',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.ceil(x[i] as number)
    },
  ],
  [
    'COS',
    'Cosine',
    '余弦',
    'cos x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.cos(x[i] as number)
    },
  ],
  [
    'COSH',
    'Hyperbolic cosine',
    '双曲余弦',
    'cosh x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.cosh(x[i] as number)
    },
  ],
  [
    'EXP',
    'Exponential',
    '指数函数',
    'e to the power of x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.exp(x[i] as number)
    },
  ],
  [
    'FLOOR',
    'Floor',
    '向下取整',
    '⌊x⌋',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.floor(x[i] as number)
    },
  ],
  [
    'LN',
    'Natural logarithm',
    '自然对数',
    'ln x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.log(x[i] as number)
    },
  ],
  [
    'LOG10',
    'Logarithm to base 10',
    '常用对数',
    'log₁₀ x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.log10(x[i] as number)
    },
  ],
  [
    'SIN',
    'Sine',
    '正弦',
    'sin x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.sin(x[i] as number)
    },
  ],
  [
    'SINH',
    'Hyperbolic sine',
    '双曲正弦',
    'sinh x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.sinh(x[i] as number)
    },
  ],
  [
    'SQRT',
    'Square root',
    '平方根',
    '√x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.sqrt(x[i] as number)
    },
  ],
  [
    'TAN',
    'Tangent',
    '正切',
    'tan x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.tan(x[i] as number)
    },
  ],
  [
    'TANH',
    'Hyperbolic tangent',
    '双曲正切',
    'tanh x',
    (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = Math.tanh(x[i] as number)
    },
  ],
]

const operators: readonly (readonly [name: string, en: string, zh: string, formula: string, PairLoop])[] = [
  [
    'ADD',
    'Sum of two lines',
    '两线之和',
    'a + b',
    ([a, b, out], from, to) => {
      for (let i = from; i < to; i++) out[i] = (a[i] as number) + (b[i] as number)
    },
  ],
  [
    'SUB',
    'Difference of two lines',
    '两线之差',
    'a − b',
    ([a, b, out], from, to) => {
      for (let i = from; i < to; i++) out[i] = (a[i] as number) - (b[i] as number)
    },
  ],
  [
    'MULT',
    'Product of two lines',
    '两线之积',
    'a · b',
    ([a, b, out], from, to) => {
      for (let i = from; i < to; i++) out[i] = (a[i] as number) * (b[i] as number)
    },
  ],
  [
    'DIV',
    'Quotient of two lines',
    '两线之商',
    'a / b, undefined where b is 0 (infinite in TA-Lib)',
    ([a, b, out], from, to) => {
      for (let i = from; i < to; i++) out[i] = (a[i] as number) / (b[i] as number)
    },
  ],
]

/** TA-Lib's math transforms and its operators on two lines; the latter take high and low unless told otherwise. */
export const mathDefinitions: readonly IndicatorDefinition[] = [
  ...transforms.map(([name, en, zh, formula, loop]) =>
    defineTalib<Record<string, never>>({
      name,
      en,
      zh,
      formula: `${formula}; undefined where there is no such number`,
      group: 'math',
      inputs: ['line'],
      params: {},
      outputs: { value: { warmup: () => 0, sparse: true } },
      create: (columns) =>
        stretchKernel(columns, 0, {
          restart: () => undefined,
          run: (from, to) => loop(inputAt(columns, 0), outputAt(columns), from, to),
        }),
    }),
  ),
  ...operators.map(([name, en, zh, formula, loop]) =>
    defineTalib<Record<string, never>>({
      name,
      en,
      zh,
      formula,
      group: 'math',
      inputs: ['line', 'line'],
      sources: ['high', 'low'],
      params: {},
      outputs: { value: { warmup: () => 0 } },
      create: (columns) =>
        stretchKernel(columns, 0, {
          restart: () => undefined,
          run: (from, to) => loop([inputAt(columns, 0), inputAt(columns, 1), outputAt(columns)], from, to),
        }),
    }),
  ),
]
