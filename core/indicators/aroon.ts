import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { ExtremePosition } from './extreme-positions.ts'

const afterPeriod = { warmup: (p: { period: number }) => p.period }

export const aroonDefinition = defineIndicator<{ period: number }>({
  id: 'aroon',
  title: { en: 'Aroon', zh: '阿隆指标' },
  group: 'direction',
  inputs: ['high', 'low'],
  pane: 'own',
  params: { period: periodParam(14) },
  outputs: { up: afterPeriod, down: afterPeriod, oscillator: afterPeriod },
  guides: [30, 70],
  formula:
    'up = 100 · (period − bars since the highest high of period + 1 bars) / period; down the same of the lowest low; ' +
    'oscillator = up − down',
  source: 'Chande (1995); backtrader AroonUp … AroonUpDownOscillator (I-084 … I-088)',
  aliases: {
    backtrader: ['AroonUp', 'AroonDown', 'AroonUpDown', 'AroonOscillator', 'AroonUpDownOscillator'],
  },
  create(columns, { period }) {
    const sinceHigh = new ExtremePosition(period + 1, { extreme: 'highest', among: 'newest' })
    const sinceLow = new ExtremePosition(period + 1, { extreme: 'lowest', among: 'newest' })
    return (from, to) => {
      const up = columnAt(columns.outputs, 0)
      const down = columnAt(columns.outputs, 1)
      const oscillator = columnAt(columns.outputs, 2)
      sinceHigh.run(columnAt(columns.inputs, 0), up, from, to)
      sinceLow.run(columnAt(columns.inputs, 1), down, from, to)
      for (let i = from; i < to; i++) {
        const rising = (100 / period) * (period - (up[i] as number))
        const falling = (100 / period) * (period - (down[i] as number))
        up[i] = rising
        down[i] = falling
        oscillator[i] = rising - falling
      }
    }
  },
})
