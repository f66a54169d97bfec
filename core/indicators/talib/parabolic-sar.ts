import { type IndicatorDefinition, type KernelColumns, numberParam } from '../definition.ts'
import { defineTalib } from './define.ts'
import { inputAt, outputAt, type Stretch, stretchKernel } from './stretches.ts'

type Simple = { acceleration: number; maximum: number }
type Extended = {
  start: number
  offset: number
  initialLong: number
  stepLong: number
  maximumLong: number
  initialShort: number
  stepShort: number
  maximumShort: number
}

/** How the stop of one side speeds up. */
interface Pace {
  readonly initial: number
  readonly step: number
  readonly maximum: number
}

function paceOf(initial: number, step: number, maximum: number): Pace {
  return { initial: Math.min(initial, maximum), step: Math.min(step, maximum), maximum }
}

interface SarRules {
  readonly long: Pace
  readonly short: Pace
  /** 0: the first move decides; above: long from this stop; below: short from its amount. */
  readonly start: number
  /** Share by which the stop jumps further away at a turn. */
  readonly offset: number
  /** Shows stops of short positions as negative numbers. */
  readonly isSigned: boolean
}

/** Wilder's parabolic stop and reverse, starting on the second bar at the extreme of the first. */
class ParabolicSar implements Stretch {
  readonly #columns: KernelColumns
  readonly #rules: SarRules
  #isLong = true
  #pace = 0.1
  #extreme = 0.1
  #stop = 0.1

  constructor(columns: KernelColumns, rules: SarRules) {
    this.#columns = columns
    this.#rules = rules
  }

  restart(): void {}

  run(from: number, to: number, age: number): void {
    const high = inputAt(this.#columns, 0)
    const low = inputAt(this.#columns, 1)
    const out = outputAt(this.#columns)
    for (let i = from; i < to; i++) {
      const bars = age + i - from
      if (bars === 0) continue
      if (bars === 1) this.#begin(high, low, i)
      // On its first bar it knows no earlier one: TA-Lib takes the bar itself for it
      const before = bars === 1 ? i : i - 1
      out[i] = this.#isLong ? this.#whileLong(high, low, before, i) : this.#whileShort(high, low, before, i)
    }
  }

  #begin(high: Float64Array, low: Float64Array, i: number): void {
    const { start, long, short } = this.#rules
    const up = (high[i] as number) - (high[i - 1] as number)
    const down = (low[i - 1] as number) - (low[i] as number)
    this.#isLong = start === 0 ? !(down > 0 && down > up) : start > 0
    this.#pace = this.#isLong ? long.initial : short.initial
    this.#extreme = (this.#isLong ? high[i] : low[i]) as number
    if (start === 0) this.#stop = (this.#isLong ? low[i - 1] : high[i - 1]) as number
    else this.#stop = Math.abs(start)
  }

  #whileLong(high: Float64Array, low: Float64Array, before: number, i: number): number {
    const { long, short, offset, isSigned } = this.#rules
    if ((low[i] as number) <= this.#stop) {
      this.#isLong = false
      this.#stop = Math.max(this.#extreme, high[before] as number, high[i] as number)
      this.#stop += this.#stop * offset
      const shown = isSigned ? -this.#stop : this.#stop
      this.#pace = short.initial
      this.#extreme = low[i] as number
      this.#advance()
      this.#stop = Math.max(this.#stop, high[before] as number, high[i] as number)
      return shown
    }
    const shown = this.#stop
    if ((high[i] as number) > this.#extreme) {
      this.#extreme = high[i] as number
      this.#pace = Math.min(this.#pace + long.step, long.maximum)
    }
    this.#advance()
    this.#stop = Math.min(this.#stop, low[before] as number, low[i] as number)
    return shown
  }

  #whileShort(high: Float64Array, low: Float64Array, before: number, i: number): number {
    const { long, short, offset, isSigned } = this.#rules
    if ((high[i] as number) >= this.#stop) {
      this.#isLong = true
      this.#stop = Math.min(this.#extreme, low[before] as number, low[i] as number)
      this.#stop -= this.#stop * offset
      const shown = this.#stop
      this.#pace = long.initial
      this.#extreme = high[i] as number
      this.#advance()
      this.#stop = Math.min(this.#stop, low[before] as number, low[i] as number)
      return shown
    }
    const shown = isSigned ? -this.#stop : this.#stop
    if ((low[i] as number) < this.#extreme) {
      this.#extreme = low[i] as number
      this.#pace = Math.min(this.#pace + short.step, short.maximum)
    }
    this.#advance()
    this.#stop = Math.max(this.#stop, high[before] as number, high[i] as number)
    return shown
  }

  #advance(): void {
    this.#stop = this.#stop + this.#pace * (this.#extreme - this.#stop)
  }
}

const overBars = { group: 'direction', pane: 'price', inputs: ['high', 'low'] } as const
const stop = { warmup: () => 1, draw: 'points' } as const
const pace = { min: 0, max: 1000, step: 0.01 }
const stopRule = 'the stop moves towards the extreme since the last turn, faster with each new extreme'

/** TA-Lib's two parabolic stops. */
export const parabolicSarDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Simple>({
    ...overBars,
    name: 'SAR',
    en: 'Parabolic SAR',
    zh: '抛物线转向',
    params: { acceleration: numberParam(0.02, pace), maximum: numberParam(0.2, pace) },
    outputs: { sar: stop },
    formula: `${stopRule}, by acceleration up to maximum; the second bar decides the first side`,
    create(columns, { acceleration, maximum }) {
      const side = paceOf(acceleration, acceleration, maximum)
      const rules = { long: side, short: side, start: 0, offset: 0, isSigned: false }
      return stretchKernel(columns, 1, new ParabolicSar(columns, rules))
    },
  }),
  defineTalib<Extended>({
    ...overBars,
    name: 'SAREXT',
    en: 'Parabolic SAR, extended',
    zh: '扩展抛物线转向',
    paramNames: {
      startvalue: 'start',
      offsetonreverse: 'offset',
      accelerationinitlong: 'initialLong',
      accelerationlong: 'stepLong',
      accelerationmaxlong: 'maximumLong',
      accelerationinitshort: 'initialShort',
      accelerationshort: 'stepShort',
      accelerationmaxshort: 'maximumShort',
    },
    params: {
      start: numberParam(0, { min: -1e9, max: 1e9, step: 1 }),
      offset: numberParam(0, pace),
      initialLong: numberParam(0.02, pace),
      stepLong: numberParam(0.02, pace),
      maximumLong: numberParam(0.2, pace),
      initialShort: numberParam(0.02, pace),
      stepShort: numberParam(0.02, pace),
      maximumShort: numberParam(0.2, pace),
    },
    outputs: { sar: stop },
    formula: `${stopRule}, each side at its own pace; start ≠ 0 gives side and stop; short stops are negative`,
    create(columns, p) {
      const long = paceOf(p.initialLong, p.stepLong, p.maximumLong)
      const short = paceOf(p.initialShort, p.stepShort, p.maximumShort)
      const rules = { long, short, start: p.start, offset: p.offset, isSigned: true }
      return stretchKernel(columns, 1, new ParabolicSar(columns, rules))
    },
  }),
]
