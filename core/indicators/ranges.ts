import type { AverageKind } from './averages.ts'
import { averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'
import { RollingHighest, RollingLowest } from './windows.ts'

export const highestDefinition = defineIndicator<{ period: number }>({
  id: 'highest',
  title: { en: 'Highest value', zh: '最高值' },
  group: 'range',
  inputs: ['line'],
  pane: 'price',
  params: { period: periodParam(20) },
  outputs: { highest: { warmup: (p) => p.period - 1 } },
  formula: 'largest of the last period values',
  source: 'backtrader Highest (I-005)',
  aliases: { backtrader: ['Highest', 'MaxN'] },
  create(columns, { period }) {
    const window = new RollingHighest(period)
    return (from, to) => window.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const lowestDefinition = defineIndicator<{ period: number }>({
  id: 'lowest',
  title: { en: 'Lowest value', zh: '最低值' },
  group: 'range',
  inputs: ['line'],
  pane: 'price',
  params: { period: periodParam(20) },
  outputs: { lowest: { warmup: (p) => p.period - 1 } },
  formula: 'smallest of the last period values',
  source: 'backtrader Lowest (I-006)',
  aliases: { backtrader: ['Lowest', 'MinN'] },
  create(columns, { period }) {
    const window = new RollingLowest(period)
    return (from, to) => window.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const sumDefinition = defineIndicator<{ period: number }>({
  id: 'sum',
  title: { en: 'Rolling sum', zh: '滚动求和' },
  group: 'statistic',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(20) },
  outputs: { sum: { warmup: (p) => p.period - 1 } },
  formula: 'sum of the last period values',
  source: 'backtrader SumN (I-008)',
  aliases: { backtrader: ['SumN'] },
  create(columns, { period }) {
    const window = new RollingSum(period)
    return (from, to) => window.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

/** max(high, previous close) − min(low, previous close) (I-071); NaN on the first bar, which has no previous close. */
export class TrueRange {
  #previousClose = Number.NaN

  /** `bars` = high, low, close. The range of bar `from` goes to `output[at]`, and so on. */
  run(
    bars: readonly Float64Array[],
    range: readonly [from: number, to: number],
    output: Float64Array,
    at: number,
  ): void {
    const high = columnAt(bars, 0)
    const low = columnAt(bars, 1)
    const close = columnAt(bars, 2)
    const [from, to] = range
    let previous = this.#previousClose
    for (let i = from; i < to; i++) {
      output[at + i - from] = Math.max(high[i] as number, previous) - Math.min(low[i] as number, previous)
      previous = close[i] as number
    }
    this.#previousClose = previous
  }
}

const ofBars = { inputs: ['high', 'low', 'close'], pane: 'own', group: 'volatility' } as const

export const trueRangeDefinition = defineIndicator<Record<string, never>>({
  ...ofBars,
  id: 'true-range',
  title: { en: 'True range', zh: '真实波幅' },
  params: {},
  outputs: { trueRange: { warmup: () => 1 } },
  formula: 'max(high, previous close) − min(low, previous close)',
  source: 'Wilder (1978); backtrader TrueRange (I-071)',
  aliases: { backtrader: ['TrueRange', 'TR'], talib: ['TRANGE'] },
  create(columns) {
    const range = new TrueRange()
    return (from, to) => range.run(columns.inputs, [from, to], columnAt(columns.outputs, 0), from)
  },
})

export const atrDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...ofBars,
  id: 'atr',
  title: { en: 'Average true range', zh: '平均真实波幅' },
  params: { period: periodParam(14), average: averageParam('smma') },
  outputs: { atr: { warmup: (p) => p.period } },
  formula: 'average of the true range, Wilder’s by default; the first true range is that of the second bar',
  source: 'Wilder (1978); backtrader AverageTrueRange (I-072)',
  aliases: { backtrader: ['AverageTrueRange', 'ATR'], talib: ['ATR'] },
  paramNames: { timeperiod: 'period' },
  create(columns, { period, average }) {
    const range = new TrueRange()
    const mean = createAverage(average, period)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      range.run(columns.inputs, [from, to], out, from)
      mean.run(out, out, from, to)
    }
  },
})
