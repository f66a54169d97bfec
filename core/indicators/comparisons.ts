import type { IndicatorDefinition } from './definition.ts'
import { columnAt } from './definition.ts'
import { lineOperator } from './line-operator.ts'

/** 1 or 0, NaN where an operand is undefined. */
function truth(is: boolean, x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  return is ? 1 : 0
}

/** Comparisons and logic on lines: 1, 0, or NaN where an operand is undefined. */
export const comparisonOperators: readonly IndicatorDefinition[] = [
  lineOperator({
    id: 'above',
    inputs: 2,
    formula: '1 where a > b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x > y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'below',
    inputs: 2,
    formula: '1 where a < b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x < y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'atLeast',
    inputs: 2,
    formula: '1 where a ≥ b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x >= y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'atMost',
    inputs: 2,
    formula: '1 where a ≤ b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x <= y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'equal',
    inputs: 2,
    formula: '1 where a = b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x === y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'unequal',
    inputs: 2,
    formula: '1 where a ≠ b, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x !== y, x, y)
      }
    },
  }),
  lineOperator({
    id: 'and',
    inputs: 2,
    formula: '1 where neither a nor b is 0, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x !== 0 && y !== 0, x, y)
      }
    },
  }),
  lineOperator({
    id: 'or',
    inputs: 2,
    formula: '1 where a or b is not 0, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const x = a[i] as number
        const y = b[i] as number
        out[i] = truth(x !== 0 || y !== 0, x, y)
      }
    },
  }),
  lineOperator({
    id: 'not',
    inputs: 1,
    formula: '1 where a is 0, else 0',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = truth(a[i] === 0, a[i] as number, 0)
    },
  }),
  lineOperator({
    id: 'when',
    inputs: 3,
    formula: 'b where a is not 0, else c',
    kernel: (columns) => (from, to) => {
      const a = columnAt(columns.inputs, 0)
      const b = columnAt(columns.inputs, 1)
      const c = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const condition = a[i] as number
        out[i] = Number.isNaN(condition) ? Number.NaN : ((condition !== 0 ? b[i] : c[i]) as number)
      }
    },
  }),
]
