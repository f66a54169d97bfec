import { type IndicatorDefinition, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import { ExtremePosition } from '../extreme-positions.ts'
import { defineTalib, timed } from './define.ts'
import { inputAt, outputAt } from './stretches.ts'

type Period = { period: number }

const ofBars = { group: 'direction', inputs: ['high', 'low'], paramNames: timed } as const
const later = { warmup: (p: Period) => p.period }
const share = '100 · (period − bars since the extreme of period + 1 bars) / period'

/** Down and up, 0 … 100, of the lowest low and the highest high; the newest of equal ones counts. */
function aroonRun(columns: KernelColumns, period: number) {
  const sinceLow = new ExtremePosition(period + 1, { extreme: 'lowest', among: 'newest' })
  const sinceHigh = new ExtremePosition(period + 1, { extreme: 'highest', among: 'newest' })
  const factor = 100 / period
  return ([down, up]: readonly [Float64Array, Float64Array], from: number, to: number, shift: number) => {
    const low = inputAt(columns, 1).subarray(from, to)
    const high = inputAt(columns, 0).subarray(from, to)
    const count = to - from
    const downs = down.subarray(shift, shift + count)
    const ups = up.subarray(shift, shift + count)
    sinceLow.run(low, downs, 0, count)
    sinceHigh.run(high, ups, 0, count)
    for (let i = 0; i < count; i++) {
      const falling = factor * (period - (downs[i] as number))
      const rising = factor * (period - (ups[i] as number))
      downs[i] = falling + 0 * rising
      ups[i] = rising + 0 * falling
    }
  }
}

/** TA-Lib's Aroon functions. */
export const aroonDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Period>({
    ...ofBars,
    name: 'AROON',
    en: 'Aroon',
    zh: '阿隆指标',
    guides: [30, 70],
    params: { period: periodParam(14, 2) },
    outputs: { down: later, up: later },
    formula: `${share}; down of the lowest low, up of the highest high`,
    create(columns, { period }) {
      const run = aroonRun(columns, period)
      return (from, to) => run([outputAt(columns, 0), outputAt(columns, 1)], from, to, from)
    },
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'AROONOSC',
    en: 'Aroon oscillator',
    zh: '阿隆摆动指标',
    guides: [0],
    params: { period: periodParam(14, 2) },
    outputs: { oscillator: later },
    formula: `up − down, each ${share}`,
    create(columns, { period }) {
      const run = aroonRun(columns, period)
      const down = scratchColumn()
      const up = scratchColumn()
      return (from, to) => {
        const out = outputAt(columns)
        run([down, up], from, to, 0)
        for (let i = from; i < to; i++) out[i] = (up[i - from] as number) - (down[i - from] as number)
      }
    },
  }),
]
