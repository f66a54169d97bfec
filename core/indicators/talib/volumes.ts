import { type IndicatorDefinition, type KernelColumns, periodParam } from '../definition.ts'
import { defineTalib } from './define.ts'
import { outputAt, type Stretch, stretchKernel } from './stretches.ts'

type Pair = { fast: number; slow: number }

const ofBars = { group: 'volume', inputs: ['high', 'low', 'close', 'volume'] } as const

/** The volume of a bar, weighed by where its close lies in its range; 0 without a range. */
function flowOf(inputs: readonly Float64Array[], i: number): number {
  const [high, low, close, volume] = inputs as readonly [Float64Array, Float64Array, Float64Array, Float64Array]
  const top = high[i] as number
  const bottom = low[i] as number
  const last = close[i] as number
  if (!(top - bottom > 0)) return 0
  return ((last - bottom - (top - last)) / (top - bottom)) * (volume[i] as number)
}

class AccumulationDistribution implements Stretch {
  readonly #columns: KernelColumns
  #line = 0.1

  constructor(columns: KernelColumns) {
    this.#columns = columns
  }

  restart(): void {
    this.#line = 0
  }

  run(from: number, to: number): void {
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      this.#line += flowOf(this.#columns.inputs, i)
      out[i] = this.#line
    }
  }
}

/** Two exponential averages of the accumulation line; both start at its first value. */
class ChaikinOscillator implements Stretch {
  readonly #columns: KernelColumns
  readonly #fast: number
  readonly #slow: number
  #line = 0.1
  #quick = 0.1
  #lazy = 0.1

  constructor(columns: KernelColumns, { fast, slow }: Pair) {
    this.#columns = columns
    this.#fast = 2 / (fast + 1)
    this.#slow = 2 / (slow + 1)
  }

  restart(): void {
    this.#line = 0
  }

  run(from: number, to: number, age: number): void {
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      this.#line += flowOf(this.#columns.inputs, i)
      if (age + i === from) {
        this.#quick = this.#line
        this.#lazy = this.#line
      } else {
        this.#quick = this.#fast * this.#line + (1 - this.#fast) * this.#quick
        this.#lazy = this.#slow * this.#line + (1 - this.#slow) * this.#lazy
      }
      out[i] = this.#quick - this.#lazy
    }
  }
}

/** TA-Lib's functions of volume. */
export const volumeDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Record<string, never>>({
    ...ofBars,
    name: 'AD',
    en: 'Accumulation/distribution line',
    zh: '累积/派发线',
    params: {},
    outputs: { ad: { warmup: () => 0 } },
    formula: 'running sum of volume · ((close − low) − (high − close)) / (high − low); nothing without range',
    create: (columns) => stretchKernel(columns, 0, new AccumulationDistribution(columns)),
  }),
  defineTalib<Pair>({
    ...ofBars,
    name: 'ADOSC',
    en: 'Chaikin oscillator',
    zh: '蔡金摆动指标',
    paramNames: { fastperiod: 'fast', slowperiod: 'slow' },
    params: { fast: periodParam(3, 2), slow: periodParam(10, 2) },
    outputs: { adosc: { warmup: (p) => Math.max(p.fast, p.slow) - 1 } },
    formula: 'EMA(AD, fast) − EMA(AD, slow), both started at the first value of the line',
    create: (columns, p) => stretchKernel(columns, Math.max(p.fast, p.slow) - 1, new ChaikinOscillator(columns, p)),
  }),
]
