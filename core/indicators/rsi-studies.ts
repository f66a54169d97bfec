import { columnAt, defineIndicator, type Kernel, periodParam, scratchColumn } from './definition.ts'
import { rsiDefinition } from './momentum.ts'
import { RollingSum } from './rolling-sum.ts'
import { Delay, RollingHighest, RollingLowest } from './windows.ts'

/** Studies that begin with Wilder's relative strength. */

const oscillates = { group: 'momentum', inputs: ['line'], pane: 'own' } as const

/** The relative strength of one scratch column in another, index 0 on. */
function strength(input: Float64Array, output: Float64Array, period: number): Kernel {
  const params = { period, average: 'smma', lookback: 1, onlyGains: 100, noMoves: 50 }
  return rsiDefinition.create({ inputs: [input], outputs: [output] }, params)
}

type StochRsiParams = { period: number; window: number; smooth: number; signal: number }

export const stochasticRsiDefinition = defineIndicator<StochRsiParams>({
  ...oscillates,
  id: 'stochastic-rsi',
  title: { en: 'Stochastic RSI', zh: '随机相对强弱指数' },
  guides: [20, 80],
  params: { period: periodParam(14), window: periodParam(14), smooth: periodParam(3), signal: periodParam(3) },
  outputs: {
    k: { warmup: (p) => p.period + p.window + p.smooth - 2 },
    d: { warmup: (p) => p.period + p.window + p.smooth + p.signal - 3 },
  },
  formula:
    'k = mean over smooth bars of 100 · place of the RSI between its lowest and highest of window bars, 50 where it did not ' +
    'move; d = mean of k over signal bars',
  source: 'Chande, Kroll, The New Technical Trader (1994), smoothed as charts do; smooth 1 is theirs',
  create(columns, { period, window, smooth, signal }) {
    const values = scratchColumn()
    const rsi = scratchColumn()
    const lows = scratchColumn()
    const kernel = strength(values, rsi, period)
    const highest = new RollingHighest(window)
    const lowest = new RollingLowest(window)
    const meanK = new RollingSum(smooth, smooth)
    const meanD = new RollingSum(signal, signal)
    return (from, to) => {
      const k = columnAt(columns.outputs, 0)
      const count = to - from
      values.set(columnAt(columns.inputs, 0).subarray(from, to))
      kernel(0, count)
      highest.run(rsi, values, 0, count)
      lowest.run(rsi, lows, 0, count)
      for (let i = 0; i < count; i++) {
        const range = (values[i] as number) - (lows[i] as number)
        k[from + i] = range === 0 ? 50 : (100 * ((rsi[i] as number) - (lows[i] as number))) / range
      }
      meanK.run(k, k, from, to)
      meanD.run(k, columnAt(columns.outputs, 1), from, to)
    }
  },
})

/** How many bars in a row values rose (positive) or fell (negative); 0 where they did not move. */
class Streak {
  #last = Number.NaN
  #length = 0

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      const side = Math.sign(value - this.#last)
      if (value - value !== 0) this.#length = 0
      else if (side === 0 || Number.isNaN(side)) this.#length = 0
      else this.#length = Math.sign(this.#length) === side ? this.#length + side : side
      output[i - from] = value - value === 0 ? this.#length : Number.NaN
      this.#last = value
    }
  }
}

/** The share of the `period` values before that lie below the present one, percent; undefined until there are so many. */
class ShareBelow {
  readonly #window: Float64Array
  #slot = 0
  #known = 0

  constructor(period: number) {
    this.#window = new Float64Array(period)
  }

  next(value: number): number {
    const window = this.#window
    let below = 0
    for (let k = 0; k < window.length; k++) below += (window[k] as number) < value ? 1 : 0
    const isDefined = this.#known === window.length && value - value === 0
    window[this.#slot] = value
    this.#slot = this.#slot + 1 === window.length ? 0 : this.#slot + 1
    this.#known = value - value === 0 ? Math.min(this.#known + 1, window.length) : 0
    return isDefined ? (100 * below) / window.length : Number.NaN
  }
}

type ConnorsParams = { period: number; streak: number; rank: number }

export const connorsRsiDefinition = defineIndicator<ConnorsParams>({
  ...oscillates,
  id: 'connors-rsi',
  title: { en: 'Connors RSI', zh: '康纳斯相对强弱指数' },
  guides: [10, 90],
  params: { period: periodParam(3), streak: periodParam(2), rank: periodParam(100) },
  outputs: { crsi: { warmup: (p) => Math.max(p.period, p.streak, p.rank + 1) } },
  formula:
    'mean of: RSI of x over period; RSI over streak of how many bars in a row x rose (positive) or fell (negative); share ' +
    'of the rank changes before, in percent of x, that are smaller than this one',
  source: 'Connors, Alvarez, An Introduction to ConnorsRSI (2012)',
  create(columns, { period, streak, rank }) {
    const values = scratchColumn()
    const streaks = scratchColumn()
    const changes = scratchColumn()
    const strengths = scratchColumn()
    const streakStrengths = scratchColumn()
    const counter = new Streak()
    const share = new ShareBelow(rank)
    const before = new Delay(1)
    const ofPrice = strength(values, strengths, period)
    const ofStreak = strength(streaks, streakStrengths, streak)
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      const count = to - from
      values.set(columnAt(columns.inputs, 0).subarray(from, to))
      counter.run(columnAt(columns.inputs, 0), streaks, from, to)
      before.run(values, changes, 0, count)
      ofPrice(0, count)
      ofStreak(0, count)
      for (let i = 0; i < count; i++) {
        const change = (values[i] as number) / (changes[i] as number) - 1
        const rankNow = share.next(change)
        out[from + i] = ((strengths[i] as number) + (streakStrengths[i] as number) + rankNow) / 3
      }
    }
  },
})
