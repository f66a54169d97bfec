import { columnAt, defineIndicator, numberParam, periodParam } from './definition.ts'

export const accumulationDefinition = defineIndicator<{ seed: number }>({
  id: 'accumulation',
  title: { en: 'Running sum', zh: '累计求和' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { seed: numberParam(0, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE, step: 1 }) },
  outputs: { sum: { warmup: () => 0 } },
  formula: 'seed plus all values so far; a gap adds nothing',
  source: 'backtrader Accum (I-017)',
  aliases: { backtrader: ['Accum', 'CumSum', 'CumulativeSum'] },
  create(columns, { seed }) {
    const total = Float64Array.of(seed)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      let sum = total[0] as number
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        if (value - value === 0) sum += value
        out[i] = sum + (value - value)
      }
      total[0] = sum
    }
  },
})

/**
 * Whether some (or each) of the last `period` values is not 0: counts the bars since the value that decides it, a true one
 * for "some", a false one for "each". NaN until the window is full of known values.
 */
class WindowTruth {
  readonly #period: number
  readonly #each: boolean
  #known = 0
  #since: number

  constructor(period: number, each: boolean) {
    this.#period = period
    this.#each = each
    this.#since = period
  }

  step(value: number): number {
    const period = this.#period
    const isFalse = value === 0
    this.#known = Number.isNaN(value) ? 0 : Math.min(this.#known + 1, period)
    this.#since = isFalse === this.#each ? 0 : Math.min(this.#since + 1, period)
    if (this.#known < period) return Number.NaN
    const decided = this.#since < period
    return decided === this.#each ? 0 : 1
  }
}

const overWindow = { group: 'statistic', inputs: ['line'], pane: 'own' } as const

export const anyDefinition = defineIndicator<{ period: number }>({
  ...overWindow,
  id: 'any',
  title: { en: 'True on some bar', zh: '任一为真' },
  params: { period: periodParam(1) },
  outputs: { truth: { warmup: (p) => p.period - 1 } },
  formula: '1 where one of the last period values is not 0, else 0',
  source: 'backtrader AnyN (I-009)',
  aliases: { backtrader: ['AnyN'] },
  create(columns, { period }) {
    const truth = new WindowTruth(period, false)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = truth.step(values[i] as number)
    }
  },
})

export const allDefinition = defineIndicator<{ period: number }>({
  ...overWindow,
  id: 'all',
  title: { en: 'True on every bar', zh: '全部为真' },
  params: { period: periodParam(1) },
  outputs: { truth: { warmup: (p) => p.period - 1 } },
  formula: '1 where each of the last period values is not 0, else 0',
  source: 'backtrader AllN (I-010)',
  aliases: { backtrader: ['AllN'] },
  create(columns, { period }) {
    const truth = new WindowTruth(period, true)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = truth.step(values[i] as number)
    }
  },
})
