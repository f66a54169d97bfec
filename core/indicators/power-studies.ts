import { type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay, RollingHighest, RollingLowest } from './windows.ts'

/** Strength of buyers and sellers, width and roughness of a market. */

export const elderRayDefinition = defineIndicator<{ period: number; average: AverageKind }>({
  id: 'elder-ray',
  title: { en: 'Elder ray', zh: '艾尔德射线' },
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  guides: [0],
  params: { period: periodParam(13), average: averageParam('ema') },
  outputs: {
    bull: { draw: 'histogram', warmup: (p) => p.period - 1 },
    bear: { draw: 'histogram', warmup: (p) => p.period - 1 },
  },
  formula: 'bull = high − average of the closes, bear = low − that average',
  source: 'Elder, Trading for a Living (1993)',
  create(columns, { period, average }) {
    const mean = createAverage(average, period)
    return (from, to) => {
      const [high, low, close] = columns.inputs as [Float64Array, Float64Array, Float64Array]
      const bull = columnAt(columns.outputs, 0)
      const bear = columnAt(columns.outputs, 1)
      mean.run(close, bear, from, to)
      for (let i = from; i < to; i++) {
        const center = bear[i] as number
        bull[i] = (high[i] as number) - center
        bear[i] = (low[i] as number) - center
      }
    }
  },
})

export const massIndexDefinition = defineIndicator<{ period: number; smooth: number }>({
  id: 'mass-index',
  title: { en: 'Mass index', zh: '梅斯线' },
  group: 'volatility',
  inputs: ['high', 'low'],
  pane: 'own',
  guides: [26.5, 27],
  params: { period: periodParam(25), smooth: periodParam(9) },
  outputs: { mass: { warmup: (p) => p.period + 2 * p.smooth - 3 } },
  formula:
    'sum over period bars of ema(high − low) / ema(ema(high − low)), both over smooth bars; 1 where there is no range',
  source: 'Dorsey (1992)',
  create(columns, { period, smooth }) {
    const first = createAverage('ema', smooth)
    const second = createAverage('ema', smooth)
    const sum = new RollingSum(period)
    const twice = scratchColumn()
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) out[i] = (high[i] as number) - (low[i] as number)
      first.run(out, out, from, to)
      second.run(out.subarray(from, to), twice, 0, to - from)
      for (let i = from; i < to; i++)
        out[i] = twice[i - from] === 0 ? 1 : (out[i] as number) / (twice[i - from] as number)
      sum.run(out, out, from, to)
    }
  },
})

export const choppinessDefinition = defineIndicator<{ period: number }>({
  id: 'choppiness',
  title: { en: 'Choppiness index', zh: '震荡指数' },
  group: 'volatility',
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  guides: [38.2, 61.8],
  params: { period: periodParam(14, 2) },
  outputs: { choppiness: { warmup: (p) => p.period } },
  formula:
    '100 · log(sum of the true range / (highest high − lowest low)) / log(period), all over period bars; undefined in a ' +
    'flat market',
  source: 'Dreiss (1993); the first true range is that of the second bar',
  create(columns, { period }) {
    const range = new TrueRange()
    const sum = new RollingSum(period)
    const highest = new RollingHighest(period)
    const lowest = new RollingLowest(period)
    const lows = scratchColumn()
    const sums = scratchColumn()
    const scale = 100 / Math.log(period)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      range.run(columns.inputs, [from, to], sums, 0)
      sum.run(sums, sums, 0, to - from)
      highest.run(columnAt(columns.inputs, 0), out, from, to)
      lowest.run(columnAt(columns.inputs, 1).subarray(from, to), lows, 0, to - from)
      for (let i = from; i < to; i++) {
        const share = (sums[i - from] as number) / ((out[i] as number) - (lows[i - from] as number))
        out[i] = share > 0 && share < Number.POSITIVE_INFINITY ? scale * Math.log(share) : Number.NaN
      }
    }
  },
})

export const ulcerIndexDefinition = defineIndicator<{ period: number }>({
  id: 'ulcer-index',
  title: { en: 'Ulcer index', zh: '溃疡指数' },
  group: 'volatility',
  inputs: ['line'],
  pane: 'own',
  params: { period: periodParam(14) },
  outputs: { ulcer: { warmup: (p) => 2 * p.period - 2 } },
  formula:
    'root of the mean square, over period bars, of the percentage by which x lies below its highest of period bars',
  source: 'Martin, The Investor’s Guide to Fidelity Funds (1989)',
  create(columns, { period }) {
    const highest = new RollingHighest(period)
    const mean = new RollingSum(period, period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      highest.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const top = out[i] as number
        const fall = top === 0 ? Number.NaN : (100 * ((values[i] as number) - top)) / top
        out[i] = fall * fall
      }
      mean.run(out, out, from, to)
      for (let i = from; i < to; i++) out[i] = Math.sqrt(out[i] as number)
    }
  },
})

export const historicalVolatilityDefinition = defineIndicator<{ period: number; perYear: number }>({
  id: 'historical-volatility',
  title: { en: 'Historical volatility', zh: '历史波动率' },
  group: 'volatility',
  inputs: ['line'],
  pane: 'own',
  params: {
    period: periodParam(20, 2),
    perYear: { kind: 'number', default: 252, min: 1, max: 1e6, step: 1 },
  },
  outputs: { volatility: { warmup: (p) => p.period } },
  formula: '100 · sample deviation of ln(x / previous x) over period bars · √perYear: percent a year',
  source: 'Hull, Options, Futures, and Other Derivatives',
  create(columns, { period, perYear }) {
    const before = new Delay(1)
    const window = new Float64Array(period).fill(Number.NaN)
    const mean = new RollingSum(period, period)
    const returns = scratchColumn()
    const scale = 100 * Math.sqrt(perYear / (period - 1))
    let slot = 0
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      before.run(values, out, from, to)
      for (let i = from; i < to; i++) returns[i - from] = Math.log((values[i] as number) / (out[i] as number))
      mean.run(returns, out.subarray(from, to), 0, to - from)
      for (let i = from; i < to; i++) {
        window[slot] = returns[i - from] as number
        slot = slot + 1 === period ? 0 : slot + 1
        const center = out[i] as number
        let squares = 0
        for (let k = 0; k < period; k++) squares += ((window[k] as number) - center) ** 2
        out[i] = scale * Math.sqrt(squares)
      }
    }
  },
})
