import { columnAt, defineIndicator } from './definition.ts'

export const obvDefinition = defineIndicator<Record<string, never>>({
  id: 'obv',
  title: { en: 'On-balance volume', zh: '能量潮' },
  group: 'volume',
  inputs: ['line', 'volume'],
  pane: 'own',
  params: {},
  outputs: { obv: { warmup: () => 0 } },
  formula: 'starts at the first volume; adds the volume when x rises, subtracts it when x falls',
  source: 'Granville (1963); TA-Lib OBV. A bar without price or volume is NaN and moves nothing',
  aliases: { talib: ['OBV'] },
  create(columns) {
    let balance = 0
    // Below every price: the first bar counts as a rise
    let previous = Number.NEGATIVE_INFINITY
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const volumes = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      let sum = balance
      let last = previous
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        const volume = volumes[i] as number
        const known = (value - value) * (volume - volume)
        if (known === 0) {
          sum += Math.sign(value - last) * volume
          last = value
        }
        out[i] = sum + known
      }
      balance = sum
      previous = last
    }
  },
})
