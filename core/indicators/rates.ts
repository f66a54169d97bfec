import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { Delay } from './windows.ts'

const overLine = {
  inputs: ['line'],
  pane: 'own',
  group: 'momentum',
  params: { period: periodParam(12) },
} as const
const afterPeriod = { warmup: (p: { period: number }) => p.period }

export const momentumDefinition = defineIndicator<{ period: number }>({
  ...overLine,
  id: 'momentum',
  title: { en: 'Momentum', zh: '动量' },
  outputs: { momentum: afterPeriod },
  guides: [0],
  formula: 'x − x period bars ago',
  source: 'backtrader Momentum (I-112)',
  aliases: { backtrader: ['Momentum'] },
  create(columns, { period }) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = (values[i] as number) - (out[i] as number)
    }
  },
})

export const momentumOscillatorDefinition = defineIndicator<{ period: number }>({
  ...overLine,
  id: 'momentum-oscillator',
  title: { en: 'Momentum oscillator', zh: '动量振荡指标' },
  outputs: { momentum: afterPeriod },
  guides: [100],
  formula: '100 · x / x period bars ago; undefined where that is 0',
  source: 'backtrader MomentumOscillator (I-113)',
  aliases: { backtrader: ['MomentumOscillator', 'MomentumOsc'] },
  create(columns, { period }) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const earlier = out[i] as number
        out[i] = earlier === 0 ? Number.NaN : 100 * ((values[i] as number) / earlier)
      }
    }
  },
})

export const rocDefinition = defineIndicator<{ period: number }>({
  ...overLine,
  id: 'roc',
  title: { en: 'Rate of change', zh: '变动率' },
  outputs: { roc: afterPeriod },
  guides: [0],
  formula: '(x − x period bars ago) / x period bars ago, as a fraction; undefined where that is 0',
  source: 'backtrader RateOfChange (I-114)',
  aliases: { backtrader: ['RateOfChange', 'ROC'] },
  create(columns, { period }) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const earlier = out[i] as number
        out[i] = earlier === 0 ? Number.NaN : ((values[i] as number) - earlier) / earlier
      }
    }
  },
})

export const roc100Definition = defineIndicator<{ period: number }>({
  ...overLine,
  id: 'roc100',
  title: { en: 'Rate of change, percent', zh: '变动率（百分比）' },
  outputs: { roc: afterPeriod },
  guides: [0],
  formula: '100 · (x − x period bars ago) / x period bars ago; undefined where that is 0',
  source: 'backtrader RateOfChange100 (I-115)',
  aliases: { backtrader: ['RateOfChange100', 'ROC100'] },
  create(columns, { period }) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const earlier = out[i] as number
        out[i] = earlier === 0 ? Number.NaN : 100 * (((values[i] as number) - earlier) / earlier)
      }
    }
  },
})

export const percentChangeDefinition = defineIndicator<{ period: number }>({
  ...overLine,
  id: 'percent-change',
  title: { en: 'Relative change', zh: '相对变化' },
  params: { period: periodParam(30) },
  outputs: { change: afterPeriod },
  guides: [0],
  formula: 'x / x period bars ago − 1, as a fraction; undefined where that is 0',
  source: 'backtrader PercentChange (I-116); the rate of change with another rounding',
  aliases: { backtrader: ['PercentChange', 'PctChange'] },
  create(columns, { period }) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const earlier = out[i] as number
        out[i] = earlier === 0 ? Number.NaN : (values[i] as number) / earlier - 1
      }
    }
  },
})
