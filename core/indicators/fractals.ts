import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { ExtremePosition } from './extreme-positions.ts'
import { Delay } from './windows.ts'

type FractalParams = { period: number; after: number; distance: number }

/** A turn lies at least one bar back from the bar that ends its window. */
const turnOf = ({ period, after }: { period: number; after: number }) => Math.min(after, period - 1)

export const fractalDefinition = defineIndicator<FractalParams>({
  id: 'fractal',
  title: { en: 'Fractals', zh: '分形' },
  group: 'range',
  inputs: ['high', 'low'],
  pane: 'price',
  params: {
    period: periodParam(5),
    after: periodParam(2, 0),
    distance: numberParam(0.015, { min: 0, max: 1, step: 0.005 }),
  },
  outputs: {
    bearish: { draw: 'points', sparse: true, warmup: (p) => p.period - 1, shift: (p) => -turnOf(p) },
    bullish: { draw: 'points', sparse: true, warmup: (p) => p.period - 1, shift: (p) => -turnOf(p) },
  },
  formula:
    'where the highest high of period bars came after bars ago: that high · (1 + distance); the lowest low likewise · ' +
    '(1 − distance). Known only when the window is complete, drawn at the turn',
  source: 'Bill Williams; backtrader Fractal (I-137), which writes the value into the past instead',
  aliases: { backtrader: ['Fractal'] },
  create(columns, params) {
    const after = turnOf(params)
    const above = 1 + params.distance
    const below = 1 - params.distance
    const sinceHigh = new ExtremePosition(params.period, { extreme: 'highest', among: 'oldest' })
    const sinceLow = new ExtremePosition(params.period, { extreme: 'lowest', among: 'oldest' })
    const highs = new Delay(after)
    const lows = new Delay(after)
    const turns = scratchColumn()
    return (from, to) => {
      const bearish = columnAt(columns.outputs, 0)
      const bullish = columnAt(columns.outputs, 1)
      mark(sinceHigh, highs, { input: columnAt(columns.inputs, 0), output: bearish, turns, after, factor: above }, [
        from,
        to,
      ])
      mark(sinceLow, lows, { input: columnAt(columns.inputs, 1), output: bullish, turns, after, factor: below }, [
        from,
        to,
      ])
    }
  },
})

interface TurnColumns {
  readonly input: Float64Array
  readonly output: Float64Array
  readonly turns: Float64Array
  readonly after: number
  readonly factor: number
}

function mark(
  position: ExtremePosition,
  delay: Delay,
  { input, output, turns, after, factor }: TurnColumns,
  [from, to]: readonly [number, number],
): void {
  delay.run(input, output, from, to)
  for (let i = from; i < to; i++) turns[i - from] = input[i] as number
  position.run(turns, turns, 0, to - from)
  for (let i = from; i < to; i++) {
    output[i] = turns[i - from] === after ? factor * (output[i] as number) : Number.NaN
  }
}
