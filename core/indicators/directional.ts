import { type Average, type AverageKind, averageParam, createAverage } from './averages.ts'
import { columnAt, defineIndicator, periodParam, scratchColumn } from './definition.ts'
import { TrueRange } from './ranges.ts'
import { Delay } from './windows.ts'

/**
 * Wilder's directional movement (I-076, I-079) of the bars of one call: after `run`, index 0 of the columns is bar
 * `from`. Without any range, or without any direction, values are 0: there is no movement to speak of (backtrader
 * divides by zero there, X-08).
 */
class DirectionalMovement {
  /** +DI and −DI in percent. */
  readonly plus = scratchColumn()
  readonly minus = scratchColumn()
  readonly #ranges = scratchColumn()
  readonly #range = new TrueRange()
  readonly #meanRange: Average
  readonly #meanUp: Average
  readonly #meanDown: Average
  #previousHigh = Number.NaN
  #previousLow = Number.NaN

  constructor(kind: AverageKind, period: number) {
    this.#meanRange = createAverage(kind, period)
    this.#meanUp = createAverage(kind, period)
    this.#meanDown = createAverage(kind, period)
  }

  /** `bars` = high, low, close. */
  run(bars: readonly Float64Array[], from: number, to: number): void {
    const { plus, minus } = this
    const ranges = this.#ranges
    const count = to - from
    this.#moves(columnAt(bars, 0), columnAt(bars, 1), from, to)
    this.#range.run(bars, [from, to], ranges, 0)
    this.#meanRange.run(ranges, ranges, 0, count)
    this.#meanUp.run(plus, plus, 0, count)
    this.#meanDown.run(minus, minus, 0, count)
    for (let i = 0; i < count; i++) {
      const range = ranges[i] as number
      plus[i] = range === 0 ? 0 : (100 * (plus[i] as number)) / range
      minus[i] = range === 0 ? 0 : (100 * (minus[i] as number)) / range
    }
  }

  #moves(high: Float64Array, low: Float64Array, from: number, to: number): void {
    const { plus, minus } = this
    let previousHigh = this.#previousHigh
    let previousLow = this.#previousLow
    for (let i = from; i < to; i++) {
      const up = (high[i] as number) - previousHigh
      const down = previousLow - (low[i] as number)
      previousHigh = high[i] as number
      previousLow = low[i] as number
      // 0 where both moves are known, NaN where one is not
      const still = (up - up) * (down - down)
      plus[i - from] = up > down && up > 0 ? up : still
      minus[i - from] = down > up && down > 0 ? down : still
    }
    this.#previousHigh = previousHigh
    this.#previousLow = previousLow
  }
}

/** Writes |+DI − −DI| / (+DI + −DI), 0 … 1, of the bars just run to `output[from]` and on. */
function directionalIndex(movement: DirectionalMovement, output: Float64Array, from: number, to: number): void {
  const { plus, minus } = movement
  for (let i = from; i < to; i++) {
    const sum = (plus[i - from] as number) + (minus[i - from] as number)
    output[i] = sum === 0 ? 0 : Math.abs((plus[i - from] as number) - (minus[i - from] as number)) / sum
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
      const plus = columnAt(columns.outputs, 0)
      const minus = columnAt(columns.outputs, 1)
      movement.run(columns.inputs, from, to)
      for (let i = from; i < to; i++) {
        plus[i] = movement.plus[i - from] as number
        minus[i] = movement.minus[i - from] as number
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
      const out = columnAt(columns.outputs, 0)
      movement.run(columns.inputs, from, to)
      directionalIndex(movement, out, from, to)
      mean.run(out, out, from, to)
      for (let i = from; i < to; i++) out[i] = 100 * (out[i] as number)
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
    const delay = new Delay(period)
    return (from, to) => {
      const adx = columnAt(columns.outputs, 0)
      const adxr = columnAt(columns.outputs, 1)
      const plus = columnAt(columns.outputs, 2)
      const minus = columnAt(columns.outputs, 3)
      movement.run(columns.inputs, from, to)
      directionalIndex(movement, adx, from, to)
      mean.run(adx, adx, from, to)
      for (let i = from; i < to; i++) adx[i] = 100 * (adx[i] as number)
      delay.run(adx, adxr, from, to)
      for (let i = from; i < to; i++) {
        adxr[i] = ((adx[i] as number) + (adxr[i] as number)) / 2
        plus[i] = movement.plus[i - from] as number
        minus[i] = movement.minus[i - from] as number
      }
    }
  },
})
