import { columnAt, defineIndicator } from './definition.ts'
import { Delay } from './windows.ts'

type NoParams = Record<string, never>
const fromSecond = { warmup: () => 1 }

export const trueHighDefinition = defineIndicator<NoParams>({
  id: 'true-high',
  title: { en: 'True high', zh: '真实最高价' },
  group: 'range',
  inputs: ['high', 'close'],
  pane: 'price',
  params: {},
  outputs: { high: fromSecond },
  formula: 'max(high, previous close)',
  source: 'Wilder (1978); backtrader TrueHigh (I-069)',
  aliases: { backtrader: ['TrueHigh'] },
  create(columns) {
    const before = new Delay(1)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      before.run(columnAt(columns.inputs, 1), out, from, to)
      for (let i = from; i < to; i++) out[i] = Math.max(high[i] as number, out[i] as number)
    }
  },
})

export const trueLowDefinition = defineIndicator<NoParams>({
  id: 'true-low',
  title: { en: 'True low', zh: '真实最低价' },
  group: 'range',
  inputs: ['low', 'close'],
  pane: 'price',
  params: {},
  outputs: { low: fromSecond },
  formula: 'min(low, previous close)',
  source: 'Wilder (1978); backtrader TrueLow (I-070)',
  aliases: { backtrader: ['TrueLow'] },
  create(columns) {
    const before = new Delay(1)
    return (from, to) => {
      const low = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      before.run(columnAt(columns.inputs, 1), out, from, to)
      for (let i = from; i < to; i++) out[i] = Math.min(low[i] as number, out[i] as number)
    }
  },
})

export const williamsAdDefinition = defineIndicator<NoParams>({
  id: 'williams-ad',
  title: { en: 'Williams accumulation/distribution', zh: '威廉累积/派发' },
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  params: {},
  outputs: { ad: fromSecond },
  formula: 'running sum of close − true low when the close rises, close − true high when it falls; a gap adds nothing',
  source: 'Williams; backtrader WilliamsAD (I-104)',
  aliases: { backtrader: ['WilliamsAD'] },
  create(columns) {
    const before = new Delay(1)
    const total = new Float64Array(1)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      before.run(close, out, from, to)
      let sum = total[0] as number
      for (let i = from; i < to; i++) {
        const now = close[i] as number
        const previous = out[i] as number
        const rise = now - Math.min(low[i] as number, previous)
        const fall = now - Math.max(high[i] as number, previous)
        const change = now > previous ? rise : now < previous ? fall : 0
        const known = (rise - rise) * (fall - fall)
        if (known === 0) sum += change
        out[i] = sum + known
      }
      total[0] = sum
    }
  },
})
