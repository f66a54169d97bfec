import { type IndicatorDefinition, type KernelColumns, periodParam } from '../definition.ts'
import { defineTalib, timed } from './define.ts'
import { isNothing, outputAt, type Stretch, stretchKernel, windowKernel } from './stretches.ts'
import { trueRangeOf } from './wilder.ts'

type Period = { period: number }
type Three = { short: number; middle: number; long: number }
type Bars = [Float64Array, Float64Array, Float64Array]

/** Buying pressure against true range over three windows, as running sums. */
class UltimateOscillator implements Stretch {
  readonly #columns: KernelColumns
  /** From the shortest to the longest. */
  readonly #periods: readonly number[]
  readonly #pressure = new Float64Array(3)
  readonly #range = new Float64Array(3)

  constructor(columns: KernelColumns, periods: readonly number[]) {
    this.#columns = columns
    this.#periods = periods
  }

  restart(): void {
    this.#pressure.fill(0)
    this.#range.fill(0)
  }

  run(from: number, to: number, age: number): void {
    const out = outputAt(this.#columns)
    const longest = this.#periods[2] as number
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      let value = 0
      for (let index = 0; index < 3; index++) value += this.#share(index, i, bars - longest)
      out[i] = 100 * (value / 7)
    }
  }

  /** The weighed share of one window. TA-Lib starts all sums so that the windows fill on the same bar, `due` = 0. */
  #share(index: number, i: number, due: number): number {
    const period = this.#periods[index] as number
    if (due <= -period) return 0
    this.#add(index, i, 1)
    const range = this.#range[index] as number
    const share = isNothing(range) ? 0 : (4 >> index) * ((this.#pressure[index] as number) / range)
    if (due >= 0) this.#add(index, i - period + 1, -1)
    return share
  }

  #add(index: number, i: number, sign: number): void {
    const [high, low, close] = this.#columns.inputs as Bars
    const before = close[i - 1] as number
    const pressure = (close[i] as number) - Math.min(low[i] as number, before)
    this.#pressure[index] = (this.#pressure[index] as number) + sign * pressure
    const range = trueRangeOf(high[i] as number, low[i] as number, before)
    this.#range[index] = (this.#range[index] as number) + sign * range
  }
}

/** Typical prices of a window in the order of its slots: the order in which TA-Lib adds them up for every bar. */
class ChannelIndex implements Stretch {
  readonly #columns: KernelColumns
  readonly #prices: Float64Array

  constructor(columns: KernelColumns, period: number) {
    this.#columns = columns
    this.#prices = new Float64Array(period)
  }

  restart(): void {}

  run(from: number, to: number, age: number): void {
    const [high, low, close] = this.#columns.inputs as Bars
    const prices = this.#prices
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      const price = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
      prices[bars % prices.length] = price
      if (bars >= prices.length - 1) out[i] = this.#of(price)
    }
  }

  #of(price: number): number {
    const prices = this.#prices
    let sum = 0
    for (const each of prices) sum += each
    const mean = sum / prices.length
    let deviation = 0
    for (const each of prices) deviation += Math.abs(each - mean)
    const distance = price - mean
    return distance === 0 || deviation === 0 ? 0 : distance / (0.015 * (deviation / prices.length))
  }
}

/** Money that flowed in with rising typical prices and out with falling ones. */
class MoneyFlow implements Stretch {
  readonly #columns: KernelColumns
  readonly #period: number
  #inflow = 0.1
  #outflow = 0.1

  constructor(columns: KernelColumns, period: number) {
    this.#columns = columns
    this.#period = period
  }

  restart(): void {
    this.#inflow = 0
    this.#outflow = 0
  }

  run(from: number, to: number, age: number): void {
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars > this.#period) this.#add(i - this.#period, -1)
      if (bars > 0) this.#add(i, 1)
      const both = this.#inflow + this.#outflow
      out[i] = both < 1 ? 0 : 100 * (this.#inflow / both)
    }
  }

  #add(i: number, sign: number): void {
    const price = this.#price(i)
    const move = price - this.#price(i - 1)
    const flow = sign * (price * ((this.#columns.inputs[3] as Float64Array)[i] as number))
    if (move < 0) this.#outflow += flow
    else if (move > 0) this.#inflow += flow
  }

  #price(i: number): number {
    const [high, low, close] = this.#columns.inputs as Bars
    return ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
  }
}

function ultimate(p: Three): readonly number[] {
  return [p.short, p.middle, p.long].sort((a, b) => a - b)
}

/** TA-Lib's oscillators of whole bars. */
export const barOscillatorDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Three>({
    name: 'ULTOSC',
    en: 'Ultimate oscillator',
    zh: '终极指标',
    group: 'momentum',
    inputs: ['high', 'low', 'close'],
    guides: [30, 70],
    paramNames: { timeperiod1: 'short', timeperiod2: 'middle', timeperiod3: 'long' },
    params: { short: periodParam(7), middle: periodParam(14), long: periodParam(28) },
    outputs: { ultosc: { warmup: (p) => Math.max(p.short, p.middle, p.long) } },
    formula:
      '100 · (4 · a1 + 2 · a2 + a3) / 7, a = buying pressure / true range over the three periods, 0 without range',
    create: (columns, p) =>
      stretchKernel(columns, Math.max(p.short, p.middle, p.long), new UltimateOscillator(columns, ultimate(p))),
  }),
  defineTalib<Period>({
    name: 'CCI',
    en: 'Commodity channel index',
    zh: '顺势指标',
    group: 'momentum',
    inputs: ['high', 'low', 'close'],
    guides: [-100, 100],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { cci: { warmup: (p) => p.period - 1 } },
    formula: '(typical price − mean) / (0.015 · mean of |typical price − mean|), both of the same window',
    create: (columns, { period }) => stretchKernel(columns, period - 1, new ChannelIndex(columns, period)),
  }),
  defineTalib<Period>({
    name: 'MFI',
    en: 'Money flow index',
    zh: '资金流量指数',
    group: 'volume',
    inputs: ['high', 'low', 'close', 'volume'],
    guides: [20, 80],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { mfi: { warmup: (p) => p.period } },
    formula: '100 · inflow / (inflow + outflow) of typical price · volume; 0 where both together are below 1',
    create: (columns, { period }) => stretchKernel(columns, period, new MoneyFlow(columns, period)),
  }),
  defineTalib<Period>({
    name: 'IMI',
    en: 'Intraday momentum index',
    zh: '日内动量指数',
    group: 'momentum',
    inputs: ['open', 'close'],
    guides: [30, 70],
    paramNames: timed,
    params: { period: periodParam(14, 2) },
    outputs: { imi: { warmup: (p) => p.period - 1 } },
    formula: '100 · gains / (gains + losses) from open to close over period bars; undefined where none moved',
    create: (columns, { period }) =>
      windowKernel(columns, period, (index) => {
        const [open, close] = columns.inputs as [Float64Array, Float64Array]
        let up = 0
        let down = 0
        for (let i = index - period + 1; i <= index; i++) {
          const move = (close[i] as number) - (open[i] as number)
          if (move > 0) up += move
          else down -= move
        }
        outputAt(columns)[index] = 100 * (up / (up + down))
      }),
  }),
]
