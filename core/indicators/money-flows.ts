import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay } from './windows.ts'

/** Volume read together with the move of the price. */

const inVolume = { group: 'volume', pane: 'own', guides: [0] } as const

export const chaikinMoneyFlowDefinition = defineIndicator<{ period: number }>({
  ...inVolume,
  id: 'cmf',
  title: { en: 'Chaikin money flow', zh: '蔡金资金流' },
  inputs: ['high', 'low', 'close', 'volume'],
  params: { period: periodParam(20) },
  outputs: { cmf: { warmup: (p) => p.period - 1 } },
  formula:
    'sum of volume · ((close − low) − (high − close)) / (high − low) / sum of volume over period bars; a bar without range ' +
    'counts as 0, no volume at all gives 0',
  source: 'Chaikin',
  create(columns, { period }) {
    const flows = new RollingSum(period)
    const volumes = new RollingSum(period)
    const sums = scratchColumn()
    return (from, to) => {
      const [high, low, close, volume] = columns.inputs as [Float64Array, Float64Array, Float64Array, Float64Array]
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const range = (high[i] as number) - (low[i] as number)
        const place = 2 * (close[i] as number) - (low[i] as number) - (high[i] as number)
        out[i] = range === 0 ? 0 * (volume[i] as number) : (place / range) * (volume[i] as number)
        sums[i - from] = volume[i] as number
      }
      flows.run(out, out, from, to)
      volumes.run(sums, sums, 0, to - from)
      for (let i = from; i < to; i++)
        out[i] = sums[i - from] === 0 ? 0 : (out[i] as number) / (sums[i - from] as number)
    }
  },
})

export const forceIndexDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  ...inVolume,
  id: 'force-index',
  title: { en: 'Force index', zh: '强力指数' },
  inputs: ['close', 'volume'],
  params: { period: periodParam(13), average: averageParam('ema') },
  outputs: { force: { warmup: (p) => p.period } },
  formula: 'average of (close − previous close) · volume over period bars',
  source: 'Elder, Trading for a Living (1993)',
  create(columns, { period, average }) {
    const before = new Delay(1)
    const mean = createAverage(average, period)
    return (from, to) => {
      const close = columnAt(columns.inputs, 0)
      const volume = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      before.run(close, out, from, to)
      for (let i = from; i < to; i++) out[i] = ((close[i] as number) - (out[i] as number)) * (volume[i] as number)
      mean.run(out, out, from, to)
    }
  },
})

export const easeOfMovementDefinition = defineIndicator<{ period: number; divisor: number }>({
  ...inVolume,
  id: 'ease-of-movement',
  title: { en: 'Ease of movement', zh: '简易波动指标' },
  inputs: ['high', 'low', 'volume'],
  params: { period: periodParam(14), divisor: { kind: 'number', default: 10_000, min: 1, max: 1e12, step: 1000 } },
  outputs: { ease: { warmup: (p) => p.period } },
  formula:
    'mean over period bars of (middle − previous middle) · (high − low) · divisor / volume, middle = (high + low) / 2; 0 on ' +
    'a bar without volume',
  source: 'Arms (1996)',
  create(columns, { period, divisor }) {
    const before = new Delay(1)
    const mean = new RollingSum(period, period)
    const middles = scratchColumn()
    return (from, to) => {
      const [high, low, volume] = columns.inputs as [Float64Array, Float64Array, Float64Array]
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) middles[i - from] = ((high[i] as number) + (low[i] as number)) / 2
      before.run(middles, out.subarray(from, to), 0, to - from)
      for (let i = from; i < to; i++) {
        const move = (middles[i - from] as number) - (out[i] as number)
        const eased = move * ((high[i] as number) - (low[i] as number)) * divisor
        out[i] = volume[i] === 0 ? 0 * eased : eased / (volume[i] as number)
      }
      mean.run(out, out, from, to)
    }
  },
})

/** A running product of returns on the bars whose volume rises (1) or falls (−1); starts at 1000. */
function volumeIndex(side: 1 | -1) {
  return defineIndicator<Record<string, never>>({
    group: 'volume',
    pane: 'own',
    id: side === 1 ? 'pvi' : 'nvi',
    title:
      side === 1 ? { en: 'Positive volume index', zh: '正量指标' } : { en: 'Negative volume index', zh: '负量指标' },
    inputs: ['close', 'volume'],
    params: {},
    outputs: { index: { warmup: () => 0 } },
    formula: `1000 on the first bar; times close / previous close whenever volume ${side === 1 ? 'rises' : 'falls'}; a gap moves nothing`,
    source: 'Dysart (1936); Fosback, Stock Market Logic (1976)',
    create(columns) {
      const state = Float64Array.of(1000, Number.NaN, Number.NaN)
      return (from, to) => {
        const close = columnAt(columns.inputs, 0)
        const volume = columnAt(columns.inputs, 1)
        const out = columnAt(columns.outputs, 0)
        for (let i = from; i < to; i++) {
          const known = (close[i] as number) - (close[i] as number) + (volume[i] as number) - (volume[i] as number)
          out[i] = Number.NaN
          if (known !== 0) continue
          const ratio = (close[i] as number) / (state[1] as number)
          const isCounted = Math.sign((volume[i] as number) - (state[2] as number)) === side
          if (isCounted && Number.isFinite(ratio)) state[0] = (state[0] as number) * ratio
          state[1] = close[i] as number
          state[2] = volume[i] as number
          out[i] = state[0] as number
        }
      }
    },
  })
}

export const positiveVolumeDefinition = volumeIndex(1)
export const negativeVolumeDefinition = volumeIndex(-1)

export const relativeVolumeDefinition = defineIndicator<{ period: number }>({
  id: 'relative-volume',
  title: { en: 'Relative volume', zh: '量比' },
  group: 'volume',
  pane: 'own',
  guides: [1],
  inputs: ['volume'],
  params: { period: periodParam(20) },
  outputs: { ratio: { draw: 'histogram', warmup: (p) => p.period } },
  formula: 'volume / mean of the volume of the period bars before it; undefined after none',
  source: 'as usual on charts',
  create(columns, { period }) {
    const mean = new RollingSum(period, period)
    const before = new Delay(1)
    const means = scratchColumn()
    return (from, to) => {
      const volume = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      mean.run(volume, out, from, to)
      before.run(out.subarray(from, to), means, 0, to - from)
      for (let i = from; i < to; i++)
        out[i] = means[i - from] === 0 ? Number.NaN : (volume[i] as number) / (means[i - from] as number)
    }
  },
})
