import { columnAt, defineIndicator, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import { RollingSum } from '../rolling-sum.ts'
import { leastOf, minPeriodsName, minPeriodsParam, RollingMoments, typicalPrices } from './blocks.ts'

const ofVolume = { inputs: ['high', 'low', 'close', 'volume'], group: 'volume', pane: 'price' } as const

/** Typical price · volume and volume, from index 0 on; a bar without either adds nothing. */
function weigh(columns: KernelColumns, money: Float64Array, units: Float64Array, from: number, to: number): void {
  const volume = columnAt(columns.inputs, 3)
  typicalPrices(columns.inputs, money, from, to)
  for (let i = from; i < to; i++) {
    units[i - from] = volume[i] as number
    money[i - from] = (money[i - from] as number) * (volume[i] as number)
  }
}

export const qtpylibVwapDefinition = defineIndicator<Record<string, never>>({
  ...ofVolume,
  id: 'qtpylib-vwap',
  title: { en: 'VWAP of the whole series (qtpylib)', zh: '全程成交量加权均价（qtpylib）' },
  params: {},
  outputs: { vwap: { warmup: () => 0 } },
  formula:
    'sum of typical price · volume / sum of volume since the first bar; a bar without price or volume adds nothing',
  source: 'qtpylib vwap',
  aliases: { qtpylib: ['vwap'] },
  create(columns) {
    const sums = new Float64Array(2)
    const money = scratchColumn()
    const units = scratchColumn()
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      weigh(columns, money, units, from, to)
      for (let i = from; i < to; i++) {
        const traded = money[i - from] as number
        const known = traded - traded === 0
        if (known) {
          sums[0] = (sums[0] as number) + traded
          sums[1] = (sums[1] as number) + (units[i - from] as number)
        }
        out[i] = known && sums[1] !== 0 ? (sums[0] as number) / (sums[1] as number) : Number.NaN
      }
    }
  },
})

export const rollingVwapDefinition = defineIndicator<{ window: number; minPeriods: number }>({
  ...ofVolume,
  id: 'qtpylib-rolling-vwap',
  title: { en: 'Rolling VWAP (qtpylib)', zh: '滚动成交量加权均价（qtpylib）' },
  params: { window: periodParam(200), minPeriods: minPeriodsParam },
  paramNames: minPeriodsName,
  outputs: { vwap: { warmup: (p) => leastOf(p) - 1 } },
  formula: 'sum of typical price · volume / sum of volume over the last window bars; undefined without volume',
  source: 'qtpylib rolling_vwap',
  aliases: { qtpylib: ['rolling_vwap'] },
  create(columns, params) {
    const isWhole = leastOf(params) === params.window
    const money = scratchColumn()
    const units = scratchColumn()
    const sumOf = () => new RollingMoments(params.window, leastOf(params))
    const [meanMoney, meanUnits] = [sumOf(), sumOf()]
    const [allMoney, allUnits] = [new RollingSum(params.window), new RollingSum(params.window)]
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      weigh(columns, money, units, from, to)
      if (isWhole) {
        allMoney.run(money, money, 0, count)
        allUnits.run(units, units, 0, count)
      } else {
        meanMoney.run(money, { means: money, deviations: null }, 0, count)
        meanUnits.run(units, { means: units, deviations: null }, 0, count)
      }
      for (let i = from; i < to; i++)
        out[i] = units[i - from] === 0 ? Number.NaN : (money[i - from] as number) / (units[i - from] as number)
    }
  },
})

export const priceVolumeTrendDefinition = defineIndicator<Record<string, never>>({
  id: 'qtpylib-pvt',
  title: { en: 'Price volume trend', zh: '价量趋势' },
  group: 'volume',
  inputs: ['close', 'volume'],
  pane: 'own',
  params: {},
  outputs: { pvt: { warmup: () => 1 } },
  formula: 'running sum of (close / previous close − 1) · volume; a bar without either adds nothing',
  source: 'qtpylib pvt',
  aliases: { qtpylib: ['pvt'] },
  create(columns) {
    const state = Float64Array.of(Number.NaN, 0)
    return (from, to) => {
      const close = columnAt(columns.inputs, 0)
      const volume = columnAt(columns.inputs, 1)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        const before = state[0] as number
        const added = (((close[i] as number) - before) / before) * (volume[i] as number)
        state[0] = close[i] as number
        out[i] = Number.NaN
        if (added - added !== 0) continue
        state[1] = (state[1] as number) + added
        out[i] = state[1] as number
      }
    }
  },
})
