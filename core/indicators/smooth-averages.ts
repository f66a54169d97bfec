import { createAverage } from './averages.ts'
import { columnAt, defineIndicator, numberParam, periodParam, scratchColumn } from './definition.ts'
import { OrderedWindow } from './ordered-window.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay } from './windows.ts'

/** More averages, and studies that are little more than averages. */

const overPrices = { inputs: ['line'], pane: 'price', group: 'average' } as const
const fullWindow = { warmup: (p: { period: number }) => p.period - 1 }

export const almaDefinition = defineIndicator<{ period: number; offset: number; sigma: number }>({
  ...overPrices,
  id: 'alma',
  title: { en: 'Arnaud Legoux moving average', zh: 'ALMA 移动平均' },
  params: {
    period: periodParam(9),
    offset: numberParam(0.85, { min: 0, max: 1, step: 0.05 }),
    sigma: numberParam(6, { min: 0.1, max: 100, step: 0.5 }),
  },
  outputs: { alma: fullWindow },
  formula:
    'average with weights exp(−(k − offset · (period − 1))² / (2 · (period / sigma)²)), k = 0 for the oldest of period bars',
  source: 'Legoux, Kouzis-Loukas (2009)',
  create(columns, { period, offset, sigma }) {
    const center = offset * (period - 1)
    const width = period / sigma
    const raw = Float64Array.from({ length: period }, (_, k) => Math.exp(-((k - center) ** 2) / (2 * width * width)))
    const total = raw.reduce((sum, weight) => sum + weight, 0)
    const weights = raw.map((weight) => weight / total)
    const window = new OrderedWindow(period)
    return (from, to) => {
      const input = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        out[i] = Number.NaN
        if (!window.push(input[i] as number)) continue
        const { values, start } = window
        let sum = 0
        for (let k = 0; k < period; k++) sum += (weights[k] as number) * (values[start + k] as number)
        out[i] = sum
      }
    }
  },
})

export const mcginleyDefinition = defineIndicator<{ period: number }>({
  ...overPrices,
  id: 'mcginley',
  title: { en: 'McGinley dynamic', zh: '麦金利动态均线' },
  params: { period: periodParam(14) },
  outputs: { mcginley: { warmup: () => 0 } },
  formula:
    'previous + (x − previous) / (period · (x / previous)⁴), beginning at x, again after a gap or where that is no number',
  source: 'McGinley (1990)',
  create(columns, { period }) {
    const state = Float64Array.of(Number.NaN)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      let last = state[0] as number
      for (let i = from; i < to; i++) {
        const value = values[i] as number
        const next = last + (value - last) / (period * (value / last) ** 4)
        last = next - next === 0 ? next : value - value === 0 ? value : Number.NaN
        out[i] = last
      }
      state[0] = last
    }
  },
})

export const vidyaDefinition = defineIndicator<{ period: number; momentum: number }>({
  ...overPrices,
  id: 'vidya',
  title: { en: 'Variable index dynamic average', zh: '变动指数动态平均' },
  params: { period: periodParam(14), momentum: periodParam(9) },
  outputs: { vidya: { warmup: (p) => p.momentum } },
  formula:
    'previous + a · |m| · (x − previous), a = 2 / (period + 1), m = (sum of rises − sum of falls) / (sum of both) over ' +
    'momentum bars, 0 where nothing moved; beginning at x with the first m',
  source: 'Chande (1992), with his momentum oscillator (1995)',
  create(columns, { period, momentum }) {
    const before = new Delay(1)
    const net = new RollingSum(momentum)
    const path = new RollingSum(momentum)
    const paths = scratchColumn()
    const state = Float64Array.of(Number.NaN)
    const alpha = 2 / (period + 1)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      before.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const move = (values[i] as number) - (out[i] as number)
        out[i] = move
        paths[i - from] = Math.abs(move)
      }
      net.run(out, out, from, to)
      path.run(paths, paths, 0, to - from)
      let last = state[0] as number
      for (let i = from; i < to; i++) {
        const length = paths[i - from] as number
        const share = length === 0 ? 0 : Math.abs((out[i] as number) / length)
        const next = last + alpha * share * ((values[i] as number) - last)
        // NaN where there is no momentum, else 0
        const known = share - share
        last = next - next === 0 ? next : (values[i] as number) + known
        out[i] = last
      }
      state[0] = last
    }
  },
})

type AlligatorParams = {
  jaw: number
  teeth: number
  lips: number
  jawShift: number
  teethShift: number
  lipsShift: number
}

export const alligatorDefinition = defineIndicator<AlligatorParams>({
  id: 'alligator',
  title: { en: 'Alligator', zh: '鳄鱼线' },
  group: 'direction',
  inputs: ['high', 'low'],
  pane: 'price',
  params: {
    jaw: periodParam(13),
    teeth: periodParam(8),
    lips: periodParam(5),
    jawShift: periodParam(8, 0),
    teethShift: periodParam(5, 0),
    lipsShift: periodParam(3, 0),
  },
  outputs: {
    jaw: { warmup: (p) => p.jaw - 1, shift: (p) => p.jawShift },
    teeth: { warmup: (p) => p.teeth - 1, shift: (p) => p.teethShift },
    lips: { warmup: (p) => p.lips - 1, shift: (p) => p.lipsShift },
  },
  formula:
    'Wilder’s averages of (high + low) / 2 over jaw, teeth and lips bars; a chart draws each as many bars later as its shift ' +
    'says, a strategy reads the newest value (ago(8) is what is drawn now)',
  source: 'Williams, Trading Chaos (1995)',
  create(columns, { jaw, teeth, lips }) {
    const averages = [jaw, teeth, lips].map((period) => createAverage('smma', period))
    const middles = scratchColumn()
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      for (let i = from; i < to; i++) middles[i - from] = ((high[i] as number) + (low[i] as number)) / 2
      for (const [index, average] of averages.entries())
        average.run(middles, columnAt(columns.outputs, index).subarray(from, to), 0, to - from)
    }
  },
})
