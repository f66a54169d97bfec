import { columnAt, type IndicatorDefinition, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import { RollingHighest, RollingLowest } from '../windows.ts'
import { defineTalib, timed } from './define.ts'
import { RunningTotal } from './running-total.ts'
import { inputAt, outputAt, type Stretch, stretchKernel } from './stretches.ts'

type Period = { period: number }

const full = { warmup: (p: Period) => p.period - 1 }
const ofLine = { group: 'math', inputs: ['line'], paramNames: timed } as const

/**
 * The index of an extreme. Among equal values it is the newest, but the oldest where the window had to be searched
 * again because the extreme had left it: so TA-Lib finds it.
 */
class ExtremeIndex {
  readonly #period: number
  /** 1 for the highest, −1 for the lowest. */
  readonly #sign: number
  at = -1
  #extreme = 0.1

  constructor(period: number, sign: 1 | -1) {
    this.#period = period
    this.#sign = sign
  }

  restart(): void {
    this.at = -1
  }

  /** Only for bars from the first full window on. */
  take(values: Float64Array, index: number): void {
    const first = index - this.#period + 1
    const value = (values[index] as number) * this.#sign
    if (this.at < first) this.#search(values, first, index)
    else if (value >= this.#extreme) {
      this.at = index
      this.#extreme = value
    }
  }

  #search(values: Float64Array, first: number, last: number): void {
    this.at = first
    let extreme = (values[first] as number) * this.#sign
    for (let i = first + 1; i <= last; i++) {
      const value = (values[i] as number) * this.#sign
      if (value > extreme) {
        extreme = value
        this.at = i
      }
    }
    this.#extreme = extreme
  }
}

/** The indices of several extremes of one line, an output each. */
class ExtremeIndices implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  readonly #extremes: readonly ExtremeIndex[]

  constructor(columns: KernelColumns, period: number, signs: readonly (1 | -1)[]) {
    this.#columns = columns
    this.#period = period
    this.#extremes = signs.map((sign) => new ExtremeIndex(period, sign))
  }

  restart(): void {
    for (const extreme of this.#extremes) extreme.restart()
  }

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    const start = from + Math.max(0, this.#period - 1 - age)
    this.#extremes.forEach((extreme, output) => {
      const out = outputAt(this.#columns, output)
      for (let i = start; i < to; i++) {
        extreme.take(values, i)
        out[i] = extreme.at
      }
    })
  }
}

function indices(signs: readonly (1 | -1)[]) {
  return (columns: KernelColumns, { period }: Period) =>
    stretchKernel(columns, period - 1, new ExtremeIndices(columns, period, signs))
}

const equals = 'of equal ones the newest, the oldest where the one before has left the window'

/** Extremes and sums of a window of one line, and TA-Lib's mid points. */
export const extremeDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Period>({
    ...ofLine,
    name: 'MAX',
    en: 'Highest value',
    zh: '最大值',
    params: { period: periodParam(30, 2) },
    outputs: { max: full },
    formula: 'highest of the last period values',
    create(columns, { period }) {
      const highest = new RollingHighest(period)
      return (from, to) => highest.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
    },
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'MIN',
    en: 'Lowest value',
    zh: '最小值',
    params: { period: periodParam(30, 2) },
    outputs: { min: full },
    formula: 'lowest of the last period values',
    create(columns, { period }) {
      const lowest = new RollingLowest(period)
      return (from, to) => lowest.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
    },
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'MINMAX',
    en: 'Lowest and highest value',
    zh: '最小值与最大值',
    params: { period: periodParam(30, 2) },
    outputs: { min: full, max: full },
    formula: 'lowest and highest of the last period values',
    create(columns, { period }) {
      const lowest = new RollingLowest(period)
      const highest = new RollingHighest(period)
      return (from, to) => {
        const values = columnAt(columns.inputs, 0)
        lowest.run(values, columnAt(columns.outputs, 0), from, to)
        highest.run(values, columnAt(columns.outputs, 1), from, to)
      }
    },
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'MAXINDEX',
    en: 'Index of the highest value',
    zh: '最大值位置',
    params: { period: periodParam(30, 2) },
    outputs: { index: full },
    formula: `number of the bar, from 0, with the highest of the last period values; ${equals}`,
    create: indices([1]),
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'MININDEX',
    en: 'Index of the lowest value',
    zh: '最小值位置',
    params: { period: periodParam(30, 2) },
    outputs: { index: full },
    formula: `number of the bar, from 0, with the lowest of the last period values; ${equals}`,
    create: indices([-1]),
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'MINMAXINDEX',
    en: 'Indices of the lowest and highest value',
    zh: '最小值与最大值位置',
    params: { period: periodParam(30, 2) },
    outputs: { min: full, max: full },
    formula: `numbers of the bars, from 0, with the lowest and highest of the last period values; ${equals}`,
    create: indices([-1, 1]),
  }),
  defineTalib<Period>({
    ...ofLine,
    name: 'SUM',
    en: 'Summation',
    zh: '求和',
    params: { period: periodParam(30, 2) },
    outputs: { sum: full },
    formula: 'sum of the last period values',
    create(columns, { period }) {
      const total = new RunningTotal(period)
      return (from, to) => total.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
    },
  }),
  defineTalib<Period>({
    ...ofLine,
    group: 'average',
    pane: 'price',
    name: 'MIDPOINT',
    en: 'Midpoint over period',
    zh: '区间中点',
    params: { period: periodParam(14, 2) },
    outputs: { midpoint: full },
    formula: '(highest + lowest of the last period values) / 2',
    create: (columns, { period }) => middleKernel(columns, period, 0),
  }),
  defineTalib<Period>({
    name: 'MIDPRICE',
    en: 'Midpoint price over period',
    zh: '区间中点价',
    group: 'average',
    pane: 'price',
    inputs: ['high', 'low'],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { midprice: full },
    formula: '(highest high + lowest low of the last period bars) / 2',
    create: (columns, { period }) => middleKernel(columns, period, 1),
  }),
]

function middleKernel(columns: KernelColumns, period: number, low: number) {
  const highest = new RollingHighest(period)
  const lowest = new RollingLowest(period)
  const lows = scratchColumn()
  return (from: number, to: number) => {
    const out = columnAt(columns.outputs, 0)
    highest.run(columnAt(columns.inputs, 0), out, from, to)
    lows.set(columnAt(columns.inputs, low).subarray(from, to))
    lowest.run(lows, lows, 0, to - from)
    for (let i = from; i < to; i++) {
      const middle = ((out[i] as number) + (lows[i - from] as number)) / 2
      out[i] = middle - middle === 0 ? middle : Number.NaN
    }
  }
}
