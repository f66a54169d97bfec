import type { IndicatorDefinition, KernelColumns } from '../definition.ts'
import { defineTalib } from './define.ts'
import { DominantCycle } from './dominant-cycle.ts'
import { inputAt, outputAt, type Stretch, stretchKernel } from './stretches.ts'

const degrees = 45 / Math.atan(1)
const radians = 1 / degrees
const turn = Math.atan(1) * 8
/** Bars that are smoothed only, for functions that look back 32 bars and for those that look back 63. */
const quietShort = 12
const quietLong = 37
const kept = 50

/** Phase of the dominant cycle, trend line and trend mode, as far as a function needs them. */
class CyclePhase {
  readonly cycle = new DominantCycle(quietLong)
  phase = 0.1
  phaseBefore = 0.1
  sine = 0.1
  lead = 0.1
  trend = 0.1
  /** 1 in a trend, 0 in a cycle. */
  mode = 0
  readonly #smooth = new Float64Array(kept)
  readonly #means = new Float64Array(3)
  #slot = 0
  #days = 0

  restart(): void {
    this.cycle.restart()
    this.phase = 0
    this.sine = 0
    this.lead = 0
    this.#smooth.fill(0)
    this.#means.fill(0)
    this.#slot = 0
    this.#days = 0
  }

  /** Takes a bar; false while it is only smoothed. */
  take(values: Float64Array, index: number, age: number): boolean {
    if (!this.cycle.take(values[index] as number, age)) return false
    this.#slot = this.#slot + 1 === kept ? 0 : this.#slot + 1
    this.#smooth[this.#slot] = this.cycle.smooth
    return true
  }

  turnPhase(): void {
    const period = this.cycle.period
    const bars = Math.trunc(period + 0.5)
    let real = 0
    let imaginary = 0
    let slot = this.#slot
    for (let ago = 0; ago < bars; ago++) {
      const angle = (ago * turn) / bars
      const value = this.#smooth[slot] as number
      real += Math.sin(angle) * value
      imaginary += Math.cos(angle) * value
      slot = slot === 0 ? kept - 1 : slot - 1
    }
    this.phaseBefore = this.phase
    this.phase = this.#phaseOf(real, imaginary) + 90 + 360 / period
    if (imaginary < 0) this.phase += 180
    if (this.phase > 315) this.phase -= 360
  }

  #phaseOf(real: number, imaginary: number): number {
    if (Math.abs(imaginary) > 0) return Math.atan(real / imaginary) * degrees
    if (real < 0) return this.phase - 90
    return real > 0 ? this.phase + 90 : this.phase
  }

  drawTrend(values: Float64Array, index: number): void {
    const bars = Math.trunc(this.cycle.period + 0.5)
    const means = this.#means
    let mean = 0
    for (let ago = 0; ago < bars; ago++) mean += values[index - ago] as number
    if (bars > 0) mean /= bars
    this.trend = (4 * mean + 3 * (means[0] as number) + 2 * (means[1] as number) + (means[2] as number)) / 10
    means[2] = means[1] as number
    means[1] = means[0] as number
    means[0] = mean
  }

  /** After phase and trend line of the bar. */
  decideMode(): void {
    const sineBefore = this.sine
    const leadBefore = this.lead
    const period = this.cycle.period
    this.sine = Math.sin(this.phase * radians)
    this.lead = Math.sin((this.phase + 45) * radians)
    const hasCrossed =
      (this.sine > this.lead && sineBefore <= leadBefore) || (this.sine < this.lead && sineBefore >= leadBefore)
    this.#days = hasCrossed ? 1 : this.#days + 1
    const move = this.phase - this.phaseBefore
    const isCycling = period !== 0 && move > (0.67 * 360) / period && move < (1.5 * 360) / period
    this.mode = hasCrossed || this.#days < 0.5 * period || isCycling ? 0 : 1
    const smooth = this.#smooth[this.#slot] as number
    if (this.trend !== 0 && Math.abs((smooth - this.trend) / this.trend) >= 0.015) this.mode = 1
  }
}

/** What a function writes for a bar, once the cycle is measured. */
type Writer = (phase: CyclePhase, values: Float64Array, index: number) => void

class PhaseStretch implements Stretch {
  readonly #columns: KernelColumns
  readonly #phase = new CyclePhase()
  readonly #write: Writer

  constructor(columns: KernelColumns, write: Writer) {
    this.#columns = columns
    this.#write = write
  }

  restart(): void {
    this.#phase.restart()
  }

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    for (let i = from; i < to; i++) {
      if (this.#phase.take(values, i, age + i - from)) this.#write(this.#phase, values, i)
    }
  }
}

class CycleStretch implements Stretch {
  readonly #columns: KernelColumns
  readonly #cycle = new DominantCycle(quietShort)
  readonly #write: (cycle: DominantCycle, index: number) => void

  constructor(columns: KernelColumns, write: (cycle: DominantCycle, index: number) => void) {
    this.#columns = columns
    this.#write = write
  }

  restart(): void {
    this.#cycle.restart()
  }

  run(from: number, to: number, age: number): void {
    const values = inputAt(this.#columns, 0)
    for (let i = from; i < to; i++) {
      if (this.#cycle.take(values[i] as number, age + i - from)) this.#write(this.#cycle, i)
    }
  }
}

const ofLine = { group: 'cycle', inputs: ['line'], params: {} } as const
const short = { warmup: () => 32 }
const long = { warmup: () => 63 }
const byHilbert = 'of the dominant cycle by Ehlers’ Hilbert transform'

/** TA-Lib's cycle functions. */
export const cycleDefinitions: readonly IndicatorDefinition[] = [
  defineTalib<Record<string, never>>({
    ...ofLine,
    name: 'HT_DCPERIOD',
    en: 'Hilbert transform, dominant cycle period',
    zh: '希尔伯特变换：主导周期',
    outputs: { period: short },
    formula: `period in bars ${byHilbert}, 6 … 50, smoothed twice`,
    create: (columns) =>
      stretchKernel(
        columns,
        32,
        new CycleStretch(columns, (cycle, i) => {
          outputAt(columns)[i] = cycle.period
        }),
      ),
  }),
  defineTalib<Record<string, never>>({
    ...ofLine,
    name: 'HT_PHASOR',
    en: 'Hilbert transform, phasor components',
    zh: '希尔伯特变换：相量分量',
    outputs: { inPhase: short, quadrature: short },
    formula: `in-phase and quadrature part ${byHilbert}`,
    create: (columns) =>
      stretchKernel(
        columns,
        32,
        new CycleStretch(columns, (cycle, i) => {
          outputAt(columns, 0)[i] = cycle.inPhase
          outputAt(columns, 1)[i] = cycle.quadrature
        }),
      ),
  }),
  defineTalib<Record<string, never>>({
    ...ofLine,
    name: 'HT_DCPHASE',
    en: 'Hilbert transform, dominant cycle phase',
    zh: '希尔伯特变换：主导周期相位',
    outputs: { phase: long },
    formula: `phase in degrees ${byHilbert}, −45 … 315`,
    create: (columns) =>
      stretchKernel(
        columns,
        63,
        new PhaseStretch(columns, (phase, _values, i) => {
          phase.turnPhase()
          outputAt(columns)[i] = phase.phase
        }),
      ),
  }),
  defineTalib<Record<string, never>>({
    ...ofLine,
    name: 'HT_SINE',
    en: 'Hilbert transform, sine wave',
    zh: '希尔伯特变换：正弦波',
    outputs: { sine: long, leadSine: long },
    formula: `sine of the phase ${byHilbert}, and 45° ahead`,
    create: (columns) =>
      stretchKernel(
        columns,
        63,
        new PhaseStretch(columns, (phase, _values, i) => {
          phase.turnPhase()
          outputAt(columns, 0)[i] = Math.sin(phase.phase * radians)
          outputAt(columns, 1)[i] = Math.sin((phase.phase + 45) * radians)
        }),
      ),
  }),
  defineTalib<Record<string, never>>({
    ...ofLine,
    group: 'average',
    pane: 'price',
    name: 'HT_TRENDLINE',
    en: 'Hilbert transform, instantaneous trendline',
    zh: '希尔伯特变换：瞬时趋势线',
    outputs: { trend: long },
    formula: 'weights 4, 3, 2, 1 of the last means over one dominant cycle',
    create: (columns) =>
      stretchKernel(
        columns,
        63,
        new PhaseStretch(columns, (phase, values, i) => {
          phase.drawTrend(values, i)
          outputAt(columns)[i] = phase.trend
        }),
      ),
  }),
  defineTalib<Record<string, never>>({
    ...ofLine,
    name: 'HT_TRENDMODE',
    en: 'Hilbert transform, trend or cycle mode',
    zh: '希尔伯特变换：趋势/周期模式',
    outputs: { mode: long },
    formula:
      '1 in a trend, 0 in a cycle: by crossings of sine and lead sine, speed of the phase, distance from the trend line',
    create: (columns) =>
      stretchKernel(
        columns,
        63,
        new PhaseStretch(columns, (phase, values, i) => {
          phase.turnPhase()
          phase.drawTrend(values, i)
          phase.decideMode()
          outputAt(columns)[i] = phase.mode
        }),
      ),
  }),
]
