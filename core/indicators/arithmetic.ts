import type { IndicatorDefinition } from './definition.ts'
import { columnAt, defineIndicator, numberParam, periodParam } from './definition.ts'
import { lineOperator, operatorShape } from './line-operator.ts'
import { Delay } from './windows.ts'

/** Arithmetic on lines; undefined in, undefined out. */
export const arithmeticOperators: readonly IndicatorDefinition[] = [
  lineOperator({
    id: 'plus',
    inputs: 2,
    formula: 'a + b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = x + y
      }
    },
  }),
  lineOperator({
    id: 'minus',
    inputs: 2,
    formula: 'a − b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = x - y
      }
    },
  }),
  lineOperator({
    id: 'times',
    inputs: 2,
    formula: 'a · b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = x * y
      }
    },
  }),
  lineOperator({
    id: 'over',
    inputs: 2,
    formula: 'a / b; NaN where b is 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = y === 0 ? Number.NaN : x / y
      }
    },
  }),
  lineOperator({
    id: 'power',
    inputs: 2,
    formula: 'a to the power of b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = (a[i] as number) ** (b[i] as number)
    },
  }),
  lineOperator({
    id: 'greater',
    inputs: 2,
    formula: 'the larger of a and b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = Math.max(x, y)
      }
    },
  }),
  lineOperator({
    id: 'smaller',
    inputs: 2,
    formula: 'the smaller of a and b',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = Math.min(x, y)
      }
    },
  }),
  lineOperator({
    id: 'negated',
    inputs: 1,
    formula: '−a',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = -(a[i] as number)
    },
  }),
  lineOperator({
    id: 'absolute',
    inputs: 1,
    formula: '|a|',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = Math.abs(a[i] as number)
    },
  }),
  lineOperator({
    id: 'floor',
    inputs: 1,
    formula: 'the largest whole number ≤ a',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = Math.floor(a[i] as number)
    },
  }),
  lineOperator({
    id: 'ceiling',
    inputs: 1,
    formula: 'the smallest whole number ≥ a',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = Math.ceil(a[i] as number)
    },
  }),
  lineOperator({
    id: 'logarithm',
    inputs: 1,
    formula: 'logarithm of a to base 10; NaN where a is not above 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = (a[i] as number) > 0 ? Math.log10(a[i] as number) : Number.NaN
    },
  }),
  defineIndicator<{ bars: number }>({
    ...operatorShape('ago', 'a as it was bars earlier'),
    inputs: ['line'],
    params: { bars: periodParam(1) },
    outputs: { value: { warmup: (p) => p.bars } },
    create(columns, { bars }) {
      const delay = new Delay(bars)
      return (from, to) => delay.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
    },
  }),
  defineIndicator<{ value: number }>({
    ...operatorShape('constant', 'the same value on every bar'),
    inputs: [],
    params: { value: numberParam(0, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE, step: 1 }) },
    outputs: { value: { warmup: () => 0 } },
    create:
      (columns, { value }) =>
      (from, to) => {
        columnAt(columns.outputs, 0).fill(value, from, to)
      },
  }),
]
