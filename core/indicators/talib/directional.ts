import { type IndicatorDefinition, type KernelColumns, periodParam, scratchColumn } from '../definition.ts'
import { Delay } from '../windows.ts'
import { defineTalib, timed } from './define.ts'
import { isNothing, outputAt, type Stretch, stretchKernel } from './stretches.ts'
import { trueRangeOf } from './wilder.ts'

type Period = { period: number }

/** Which number of the directional system is shown. */
type DirectionalView = 'plusMove' | 'minusMove' | 'plus' | 'minus' | 'index' | 'average'

/**
 * Wilder's directional system: sums of the first period − 1 moves and ranges, then previous − previous / period + new.
 * A period of 1 smooths nothing.
 */
class DirectionalSystem implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  readonly #view: DirectionalView
  #plus = 0.1
  #minus = 0.1
  #range = 0.1
  #index = 0.1
  #average = 0.1

  constructor(columns: KernelColumns, period: number, view: DirectionalView) {
    this.#columns = columns
    this.#period = period
    this.#view = view
  }

  restart(): void {
    this.#plus = 0
    this.#minus = 0
    this.#range = 0
    this.#index = 0
    this.#average = 0
  }

  run(from: number, to: number, age: number): void {
    const [high, low, close] = this.#columns.inputs as [Float64Array, Float64Array, Float64Array]
    const hasRange = this.#view !== 'plusMove' && this.#view !== 'minusMove'
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      if (bars >= this.#period) this.#decay()
      this.#move((high[i] as number) - (high[i - 1] as number), (low[i - 1] as number) - (low[i] as number))
      if (hasRange) this.#range += trueRangeOf(high[i] as number, low[i] as number, close[i - 1] as number)
      out[i] = this.#shown(bars)
    }
  }

  #decay(): void {
    const period = this.#period
    this.#plus -= this.#plus / period
    this.#minus -= this.#minus / period
    this.#range -= this.#range / period
  }

  #move(up: number, down: number): void {
    if (down > 0 && up < down) this.#minus += down
    else if (up > 0 && up > down) this.#plus += up
  }

  #shown(bars: number): number {
    switch (this.#view) {
      case 'plusMove':
        return this.#plus
      case 'minusMove':
        return this.#minus
      case 'plus':
        return this.#share(this.#plus)
      case 'minus':
        return this.#share(this.#minus)
      case 'index':
        return this.#nextIndex(bars)
      case 'average':
        return this.#nextAverage(bars)
    }
  }

  /** A share of the range in percent, as a fraction for a period of 1. */
  #share(move: number): number {
    if (isNothing(this.#range)) return 0
    return this.#period === 1 ? move / this.#range : 100 * (move / this.#range)
  }

  /** DX: keeps its value where there is no range or no direction, from 0 on the first. */
  #nextIndex(bars: number): number {
    const fresh = this.#freshIndex()
    if (fresh >= 0) this.#index = fresh
    else if (bars <= this.#period) this.#index = 0
    return this.#index
  }

  /** ADX: mean of the first `period` DX, 0 where there is none; then Wilder's average of those there are. */
  #nextAverage(bars: number): number {
    const period = this.#period
    if (bars < period) return Number.NaN
    const fresh = this.#freshIndex()
    if (bars < 2 * period) {
      if (fresh >= 0) this.#average += fresh
      if (bars === 2 * period - 1) this.#average /= period
    } else if (fresh >= 0) this.#average = (this.#average * (period - 1) + fresh) / period
    return this.#average
  }

  /** −1 where there is no range or no direction. */
  #freshIndex(): number {
    if (isNothing(this.#range)) return -1
    const minus = 100 * (this.#minus / this.#range)
    const plus = 100 * (this.#plus / this.#range)
    return isNothing(minus + plus) ? -1 : 100 * (Math.abs(minus - plus) / (minus + plus))
  }
}

const ofBars = { group: 'direction', inputs: ['high', 'low', 'close'], paramNames: timed } as const
const ofMoves = { group: 'direction', inputs: ['high', 'low'], paramNames: timed } as const
const later = { warmup: (p: Period) => p.period }
const moved = { warmup: (p: Period) => Math.max(1, p.period - 1) }

function system(view: DirectionalView, lookback: (period: number) => number) {
  return (columns: KernelColumns, { period }: Period) =>
    stretchKernel(columns, lookback(period), new DirectionalSystem(columns, period, view))
}

const sum = 'sum of period − 1 moves, then previous − previous / period + move'

/** TA-Lib's directional movement. */
export const directionalDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Period>({
    ...ofMoves,
    name: 'PLUS_DM',
    en: 'Plus directional movement',
    zh: '上升动向值',
    params: { period: periodParam(14) },
    outputs: { plus: moved },
    formula: `rises of the high that exceed the fall of the low: ${sum}`,
    create: system('plusMove', (period) => Math.max(1, period - 1)),
  }),
  defineTalib<Period>({
    ...ofMoves,
    name: 'MINUS_DM',
    en: 'Minus directional movement',
    zh: '下降动向值',
    params: { period: periodParam(14) },
    outputs: { minus: moved },
    formula: `falls of the low that exceed the rise of the high: ${sum}`,
    create: system('minusMove', (period) => Math.max(1, period - 1)),
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'PLUS_DI',
    en: 'Plus directional indicator',
    zh: '上升动向指标',
    params: { period: periodParam(14) },
    outputs: { plus: later },
    formula: '100 · smoothed +DM / smoothed true range; 0 without range; a fraction for a period of 1',
    create: system('plus', (period) => period),
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'MINUS_DI',
    en: 'Minus directional indicator',
    zh: '下降动向指标',
    params: { period: periodParam(14) },
    outputs: { minus: later },
    formula: '100 · smoothed −DM / smoothed true range; 0 without range; a fraction for a period of 1',
    create: system('minus', (period) => period),
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'DX',
    en: 'Directional movement index',
    zh: '动向指数',
    params: { period: periodParam(14, 2) },
    outputs: { dx: later },
    formula: '100 · |+DI − −DI| / (+DI + −DI); keeps its value where both are 0',
    create: system('index', (period) => period),
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'ADX',
    en: 'Average directional movement index',
    zh: '平均动向指数',
    params: { period: periodParam(14, 2) },
    outputs: { adx: { warmup: (p) => 2 * p.period - 1 } },
    formula: 'Wilder’s average of DX, starting at the mean of the first period',
    create: system('average', (period) => 2 * period - 1),
  }),
  defineTalib<Period>({
    ...ofBars,
    name: 'ADXR',
    en: 'Average directional movement index rating',
    zh: '平均动向指数评级',
    params: { period: periodParam(14, 2) },
    outputs: { adxr: { warmup: (p) => 3 * p.period - 2 } },
    formula: '(ADX + ADX period − 1 bars ago) / 2',
    create(columns, { period }) {
      const run = stretchKernel(columns, 2 * period - 1, new DirectionalSystem(columns, period, 'average'))
      const delay = new Delay(period - 1)
      const earlier = scratchColumn()
      return (from, to) => {
        const out = outputAt(columns)
        run(from, to)
        const adx = out.subarray(from, to)
        delay.run(adx, earlier, 0, to - from)
        for (let i = from; i < to; i++) out[i] = ((out[i] as number) + (earlier[i - from] as number)) / 2
      }
    },
  }),
]
