import type { Average, AverageKind } from './averages.ts'
import { averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { Delay } from './windows.ts'

/**
 * Wilder's directional movement (I-076, I-079). `step` returns the directional index in 0 … 1, before averaging, and
 * leaves `plus` and `minus` in percent. Without any range, or without any direction, the value is 0: there is no
 * movement to speak of (backtrader divides by zero there, X-08).
 */
class DirectionalMovement {
  readonly #range = new TrueRange()
  readonly #ranges: Average
  readonly #ups: Average
  readonly #downs: Average
  #previousHigh = Number.NaN
  #previousLow = Number.NaN
  plus = Number.NaN
  minus = Number.NaN

  constructor(kind: AverageKind, period: number) {
    this.#ranges = createAverage(kind, period)
    this.#ups = createAverage(kind, period)
    this.#downs = createAverage(kind, period)
  }

  step(high: number, low: number, close: number): number {
    const up = high - this.#previousHigh
    const down = this.#previousLow - low
    this.#previousHigh = high
    this.#previousLow = low
    // 0 where both moves are known, NaN where one is not
    const still = (up - up) * (down - down)
    const range = this.#ranges.step(this.#range.step(high, low, close))
    const ups = this.#ups.step(up > down && up > 0 ? up : still)
    const downs = this.#downs.step(down > up && down > 0 ? down : still)
    const plus = range === 0 ? 0 : (100 * ups) / range
    const minus = range === 0 ? 0 : (100 * downs) / range
    this.plus = plus
    this.minus = minus
    const sum = plus + minus
    return sum === 0 ? 0 : Math.abs(plus - minus) / sum
  }
}

type DirectionalParams = { period: number; average: AverageKind }

const ofBars = {
  inputs: ['high', 'low', 'close'],
  pane: 'own',
  group: 'direction',
  params: { period: periodParam(14), average: averageParam('smma') },
} as const

export const directionalDefinition = defineIndicator<DirectionalParams>({
  ...ofBars,
  id: 'di',
  title: { en: 'Directional indicators +DI, −DI', zh: '趋向指标 +DI、−DI' },
  outputs: { plus: { warmup: (p) => p.period }, minus: { warmup: (p) => p.period } },
  formula: '100 · average(± directional movement) / average true range; 0 while there is no range',
  source: 'Wilder (1978); backtrader DirectionalIndicator (I-076)',
  aliases: { backtrader: ['DirectionalIndicator', 'DI'] },
  create(columns, { period, average }) {
    const movement = new DirectionalMovement(average, period)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const plus = columnAt(columns.outputs, 0)
      const minus = columnAt(columns.outputs, 1)
      for (let i = from; i < to; i++) {
        movement.step(high[i] as number, low[i] as number, close[i] as number)
        plus[i] = movement.plus
        minus[i] = movement.minus
      }
    }
  },
})

export const adxDefinition = defineIndicator<DirectionalParams>({
  ...ofBars,
  id: 'adx',
  title: { en: 'Average directional movement index', zh: '平均趋向指数' },
  outputs: { adx: { warmup: (p) => 2 * p.period - 1 } },
  guides: [25],
  formula: '100 · average(|+DI − −DI| / (+DI + −DI)); 0 for a bar without direction',
  source: 'Wilder (1978); backtrader AverageDirectionalMovementIndex (I-079)',
  aliases: { backtrader: ['AverageDirectionalMovementIndex', 'ADX'] },
  create(columns, { period, average }) {
    const movement = new DirectionalMovement(average, period)
    const mean = createAverage(average, period)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const out = columnAt(columns.outputs, 0)
      for (let i = from; i < to; i++) {
        out[i] = 100 * mean.step(movement.step(high[i] as number, low[i] as number, close[i] as number))
      }
    }
  },
})

export const directionalSystemDefinition = defineIndicator<DirectionalParams>({
  ...ofBars,
  id: 'dmi',
  title: { en: 'Directional movement system', zh: '趋向运动系统' },
  outputs: {
    adx: { warmup: (p) => 2 * p.period - 1 },
    adxr: { warmup: (p) => 3 * p.period - 1 },
    plus: { warmup: (p) => p.period },
    minus: { warmup: (p) => p.period },
  },
  guides: [25],
  formula: 'ADX, its rating ADXR = (ADX now + ADX period bars ago) / 2, +DI and −DI',
  source: 'Wilder (1978); backtrader DirectionalMovement (I-080, I-081, I-082)',
  aliases: { backtrader: ['DirectionalMovement', 'DM'] },
  create(columns, { period, average }) {
    const movement = new DirectionalMovement(average, period)
    const mean = createAverage(average, period)
    const earlier = new Delay(period)
    return (from, to) => {
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const close = columnAt(columns.inputs, 2)
      const adx = columnAt(columns.outputs, 0)
      const adxr = columnAt(columns.outputs, 1)
      const plus = columnAt(columns.outputs, 2)
      const minus = columnAt(columns.outputs, 3)
      for (let i = from; i < to; i++) {
        const value = 100 * mean.step(movement.step(high[i] as number, low[i] as number, close[i] as number))
        adx[i] = value
        adxr[i] = (value + earlier.step(value)) / 2
        plus[i] = movement.plus
        minus[i] = movement.minus
      }
    }
  },
})
