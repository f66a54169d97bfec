import { type IndicatorDefinition, type KernelColumns, periodParam } from '../definition.ts'
import { defineTalib, timed } from './define.ts'
import { inputAt, isNothing, outputAt, type Stretch, stretchKernel } from './stretches.ts'

type Period = { period: number }

/**
 * Wilder's averages of gains and losses of one line: means of the first `period`, then previous · (period − 1) plus the
 * new one, divided by the period. `balance` tells what is shown of them.
 */
export class GainsAndLosses implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  /** 0 shows gains against both (RSI), 1 gains less losses (CMO). */
  readonly #losses: 0 | 1
  #gain = 0.1
  #loss = 0.1

  constructor(columns: KernelColumns, period: number, losses: 0 | 1) {
    this.#columns = columns
    this.#period = period
    this.#losses = losses
  }

  restart(): void {
    this.#gain = 0
    this.#loss = 0
  }

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    const out = outputAt(this.#columns)
    const period = this.#period
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      if (bars > period) {
        this.#gain *= period - 1
        this.#loss *= period - 1
      }
      const move = (values[i] as number) - (values[i - 1] as number)
      if (move < 0) this.#loss -= move
      else this.#gain += move
      if (bars >= period) {
        this.#gain /= period
        this.#loss /= period
      }
      const both = this.#gain + this.#loss
      out[i] = isNothing(both) ? 0 : 100 * ((this.#gain - this.#losses * this.#loss) / both)
    }
  }
}

/** True range of a bar against the close before. */
export function trueRangeOf(high: number, low: number, closeBefore: number): number {
  let range = high - low
  const above = Math.abs(high - closeBefore)
  if (above > range) range = above
  const below = Math.abs(low - closeBefore)
  return below > range ? below : range
}

/** Wilder's average of the true range in percent of the close. */
class NormalizedRange implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  #mean = 0.1

  constructor(columns: KernelColumns, period: number) {
    this.#columns = columns
    this.#period = period
  }

  restart(): void {
    this.#mean = 0
  }

  run(from: number, to: number, age: number): void {
    const [high, low, close] = this.#columns.inputs as [Float64Array, Float64Array, Float64Array]
    const out = outputAt(this.#columns)
    const period = this.#period
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      if (bars > period) this.#mean *= period - 1
      this.#mean += trueRangeOf(high[i] as number, low[i] as number, close[i - 1] as number)
      if (bars >= period) this.#mean /= period
      // A period of 1 has nothing to smooth: TA-Lib gives the range itself then
      out[i] = period === 1 ? this.#mean : percentOf(this.#mean, close[i] as number)
    }
  }
}

function percentOf(value: number, base: number): number {
  return isNothing(base) ? 0 : (value / base) * 100
}

const later = { warmup: (p: Period) => p.period }

/** TA-Lib's functions on Wilder's averages of moves and ranges. */
export const wilderDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Period>({
    name: 'RSI',
    en: 'Relative strength index',
    zh: '相对强弱指数',
    group: 'momentum',
    inputs: ['line'],
    guides: [30, 70],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { rsi: later },
    formula: '100 · gain / (gain + loss) of Wilder’s averages of gains and losses; 0 where nothing moved',
    create: (columns, { period }) => stretchKernel(columns, period, new GainsAndLosses(columns, period, 0)),
  }),
  defineTalib<Period>({
    name: 'CMO',
    en: 'Chande momentum oscillator',
    zh: '钱德动量摆动指标',
    group: 'momentum',
    inputs: ['line'],
    guides: [-50, 50],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { cmo: later },
    formula: '100 · (gain − loss) / (gain + loss) of Wilder’s averages of gains and losses; 0 where nothing moved',
    create: (columns, { period }) => stretchKernel(columns, period, new GainsAndLosses(columns, period, 1)),
  }),
  defineTalib<Period>({
    group: 'volatility',
    inputs: ['high', 'low', 'close'],
    name: 'NATR',
    en: 'Normalized average true range',
    zh: '归一化平均真实波幅',
    paramNames: timed,
    params: { period: periodParam(14) },
    outputs: { natr: later },
    formula: '100 · ATR / close; 0 where the close is 0; the true range itself for a period of 1',
    create: (columns, { period }) => stretchKernel(columns, period, new NormalizedRange(columns, period)),
  }),
]
