import { columnAt, defineIndicator, numberParam, periodParam } from './definition.ts'

const accelerationRange = { min: 0.001, max: 1, step: 0.01 }

/** Where the stop stands between two bars; `extreme` is the best price of the trend so far. */
interface SarState {
  /** Bars seen since the start or the last gap. */
  bars: number
  rising: boolean
  stop: number
  extreme: number
  acceleration: number
  /** By how much the acceleration grows, and how far. */
  readonly step: number
  readonly limit: number
}

export const parabolicSarDefinition = defineIndicator<{ period: number; step: number; limit: number }>({
  id: 'psar',
  title: { en: 'Parabolic SAR', zh: '抛物线转向' },
  group: 'direction',
  inputs: ['high', 'low', 'close'],
  pane: 'price',
  params: {
    period: periodParam(2, 2),
    step: numberParam(0.02, accelerationRange),
    limit: numberParam(0.2, accelerationRange),
  },
  outputs: { sar: { draw: 'points', warmup: (p) => p.period - 1 } },
  formula:
    'stop + acceleration · (extreme − stop), never beyond the last two bars; acceleration grows by step with each new ' +
    'extreme up to limit; a bar that touches the stop turns the trend, which starts at its extreme. The second bar starts ' +
    'a rising trend at the first low when it closes no lower than the first, else a falling one at the first high',
  source: 'Wilder (1978); backtrader ParabolicSAR (I-131). TA-Lib’s SAR starts differently',
  aliases: { backtrader: ['ParabolicSAR', 'PSAR'] },
  create(columns, { period, step, limit }) {
    const state: SarState = { bars: 0, rising: false, stop: 0, extreme: 0, acceleration: step, step, limit }
    return (from, to) => {
      const out = columnAt(columns.outputs, 0)
      const high = columnAt(columns.inputs, 0)
      const low = columnAt(columns.inputs, 1)
      const prices = { high, low, close: columnAt(columns.inputs, 2) }
      for (let i = from; i < to; i++) {
        const stop = Number.isFinite((high[i] as number) + (low[i] as number)) ? move(state, prices, i) : pause(state)
        out[i] = state.bars >= period ? stop : Number.NaN
      }
    }
  },
})

interface SarPrices {
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** A bar without prices: the next one is the first again. */
function pause(state: SarState): number {
  state.bars = 0
  return Number.NaN
}

/** The stop that is in force on bar `i`; puts it where the next bar will meet it. */
function move(state: SarState, { high, low, close }: SarPrices, i: number): number {
  state.bars++
  if (state.bars === 1) return Number.NaN
  const top = high[i] as number
  const bottom = low[i] as number
  if (state.bars > 2) turn(state, top, bottom)
  else {
    begin(state, (close[i] as number) >= (close[i - 1] as number), high[i - 1] as number, low[i - 1] as number)
    state.extreme = state.rising ? top : bottom
  }
  const { stop } = state
  advance(state, top, bottom, (state.rising ? low : high)[i - 1] as number)
  return stop
}

/** The trend that the second bar starts, with its stop at the far end of the first one. */
function begin(state: SarState, rising: boolean, top: number, bottom: number): void {
  state.rising = rising
  state.stop = rising ? bottom : top
  state.acceleration = state.step
}

/** Turns the trend when the bar reaches the stop: the new stop is the extreme of the trend that ended. */
function turn(state: SarState, top: number, bottom: number): void {
  if (state.rising ? state.stop < bottom : state.stop > top) return
  state.rising = !state.rising
  state.stop = state.extreme
  state.extreme = state.rising ? top : bottom
  state.acceleration = state.step
}

/** The stop for the next bar; `earlier` is the low (rising) or high (falling) of the bar before. */
function advance(state: SarState, top: number, bottom: number, earlier: number): void {
  if (state.rising ? top > state.extreme : bottom < state.extreme) {
    state.extreme = state.rising ? top : bottom
    state.acceleration = Math.min(state.acceleration + state.step, state.limit)
  }
  const next = state.stop + state.acceleration * (state.extreme - state.stop)
  state.stop = state.rising ? Math.min(next, bottom, earlier) : Math.max(next, top, earlier)
}
