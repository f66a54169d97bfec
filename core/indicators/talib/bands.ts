import { type IndicatorDefinition, type KernelColumns, numberParam, periodParam, scratchColumn } from '../definition.ts'
import {
  averageLookback,
  createTalibAverage,
  LateAverage,
  type TalibAverageKind,
  talibAverageParam,
} from './averages.ts'
import { defineTalib, timed } from './define.ts'
import { RunningTotal } from './running-total.ts'
import { inputAt, isNothing, isNothingOrLess, outputAt } from './stretches.ts'

type Bollinger = { period: number; up: number; down: number; average: TalibAverageKind }

const anyNumber = { min: -1e6, max: 1e6, step: 0.1 }
const bandWarmup = (p: Bollinger) => Math.max(averageLookback(p.average, p.period), p.period - 1)
const band = { warmup: bandWarmup }
const full = { warmup: (p: { period: number }) => p.period - 1 }

/** Middle and both bands from the middle and the deviations, where both are known. */
function spread(
  columns: KernelColumns,
  deviations: Float64Array,
  { up, down }: Bollinger,
  [from, to]: readonly [number, number],
) {
  const upper = outputAt(columns, 0)
  const middle = outputAt(columns, 1)
  const lower = outputAt(columns, 2)
  for (let i = from; i < to; i++) {
    const deviation = deviations[i - from] as number
    const center = (middle[i] as number) + (deviation - deviation)
    upper[i] = center + deviation * up
    middle[i] = center
    lower[i] = center - deviation * down
  }
}

function bollingerKernel(columns: KernelColumns, params: Bollinger) {
  const { period, average } = params
  const mean = createTalibAverage(average, period)
  // The sums of the deviation begin so that they are full when the average is
  const late = Math.max(0, averageLookback(average, period) - (period - 1))
  const simple = average === 'sma' ? null : new LateAverage(new RunningTotal(period, period), late)
  const squares = new LateAverage(new RunningTotal(period, period), late)
  const deviations = scratchColumn()
  const means = scratchColumn()
  return (from: number, to: number) => {
    const values = inputAt(columns, 0)
    const middle = outputAt(columns, 1)
    const count = to - from
    mean.run(values, middle, from, to)
    means.set(simple === null ? middle.subarray(from, to) : values.subarray(from, to))
    if (simple !== null) simple.run(means, means, 0, count)
    for (let i = 0; i < count; i++) deviations[i] = (values[from + i] as number) * (values[from + i] as number)
    squares.run(deviations, deviations, 0, count)
    for (let i = 0; i < count; i++) {
      const variance = (deviations[i] as number) - (means[i] as number) * (means[i] as number)
      deviations[i] = isNothingOrLess(variance) ? 0 : Math.sqrt(variance)
    }
    spread(columns, deviations, params, [from, to])
  }
}

/** TA-Lib's bands around prices. */
export const bandDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Bollinger>({
    name: 'BBANDS',
    en: 'Bollinger bands',
    zh: '布林带',
    group: 'band',
    pane: 'price',
    inputs: ['line'],
    paramNames: { ...timed, nbdevup: 'up', nbdevdn: 'down', matype: 'average' },
    params: {
      period: periodParam(5, 2),
      up: numberParam(2, anyNumber),
      down: numberParam(2, anyNumber),
      average: talibAverageParam(),
    },
    outputs: { upper: band, middle: band, lower: band },
    formula: 'average(x, period) + up · deviation and − down · deviation, the deviation around the simple average',
    create: bollingerKernel,
  }),
  defineTalib<{ period: number }>({
    name: 'ACCBANDS',
    en: 'Acceleration bands',
    zh: '加速带',
    group: 'band',
    pane: 'price',
    inputs: ['high', 'low', 'close'],
    paramNames: timed,
    params: { period: periodParam(20, 2) },
    outputs: { upper: full, middle: full, lower: full },
    formula: 'simple averages of high · (1 + w), close and low · (1 − w) with w = 4 · (high − low) / (high + low)',
    create(columns, { period }) {
      const averages = [0, 1, 2].map(() => new RunningTotal(period, period))
      return (from, to) => {
        const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
        const [upper, middle, lower] = columns.outputs as [Float64Array, Float64Array, Float64Array]
        for (let i = from; i < to; i++) {
          const top = high[i] as number
          const bottom = low[i] as number
          // A gap in one price is a gap in all three
          const center = (close[i] as number) + 0 * top + 0 * bottom
          const width = isNothing(top + bottom) ? 0 : (4 * (top - bottom)) / (top + bottom)
          upper[i] = top * (1 + width) + (center - center)
          middle[i] = center
          lower[i] = bottom * (1 - width) + (center - center)
        }
        averages[0]?.run(upper, upper, from, to)
        averages[1]?.run(middle, middle, from, to)
        averages[2]?.run(lower, lower, from, to)
      }
    },
  }),
]
