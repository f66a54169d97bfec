import type { AverageKind } from './averages.ts'
import { averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam } from './definition.ts'
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
  aliases: { backtrader: ['Highest', 'MaxN'], talib: ['MAX'] },
  create(columns, { period }) {
    const window = new RollingHighest(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = window.step(values[i] as number)
    }
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
  aliases: { backtrader: ['Lowest', 'MinN'], talib: ['MIN'] },
  create(columns, { period }) {
    const window = new RollingLowest(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = window.step(values[i] as number)
    }
  },
})

/** max(high, previous close) − min(low, previous close) (I-071); NaN on the first bar, which has no previous close. */
export class TrueRange {
  #previousClose = Number.NaN

  step(high: number, low: number, close: number): number {
    const previous = this.#previousClose
    this.#previousClose = close
    return Math.max(high, previous) - Math.min(low, previous)
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
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = range.step(high[i] as number, low[i] as number, close[i] as number)
    }
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
  create(columns, { period, average }) {
    const range = new TrueRange()
    const mean = createAverage(average, period)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        out[i] = mean.step(range.step(high[i] as number, low[i] as number, close[i] as number))
      }
    }
  },
})
