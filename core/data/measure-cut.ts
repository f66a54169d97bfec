import type { BarSeries } from '../domain/bar-series.ts'
import type { MeasureSpec } from '../domain/bar-spec.ts'
import { type CutRule, place } from './cut-rule.ts'
import type { FormingBar } from './forming-bar.ts'

/** The least that two stamps of one series differ by: a microsecond. */
export const stampStepMs = 0.001

/**
 * Bars of so many prints, units or money, or of a range: a bar ends with the source bar that fills it, and nothing is
 * split or made up, so it may hold a little more. Several bars of one instant are stamped a microsecond apart.
 */
export class MeasureCut implements CutRule {
  readonly #measure: Exclude<MeasureSpec['measure'], 'renko'>
  readonly #step: number
  #filled = 0
  #stamp = Number.NEGATIVE_INFINITY

  constructor({ measure, step }: MeasureSpec & { readonly measure: Exclude<MeasureSpec['measure'], 'renko'> }) {
    this.#measure = measure
    this.#step = step
  }

  place(forming: FormingBar, bars: BarSeries, index: number): number {
    if (forming.sources === 0) this.#filled = 0
    if (this.#measure === 'range') return this.#ranges(forming, bars, index) ? place.last : place.inside
    const amount = this.#amount(bars, index)
    // An unknown volume fills nothing.
    if (amount > 0) this.#filled += amount
    return this.#filled >= this.#step ? place.last : place.inside
  }

  finish(forming: FormingBar): void {
    if (forming.time <= this.#stamp) forming.time = this.#stamp
    if (forming.closeTime <= forming.time) forming.closeTime = forming.time + stampStepMs
    this.#stamp = forming.closeTime
  }

  endsBy(): boolean {
    return false
  }

  #amount(bars: BarSeries, index: number): number {
    if (this.#measure === 'tick') return 1
    const volume = bars.volume[index] as number
    return this.#measure === 'volume' ? volume : volume * Math.abs(bars.close[index] as number)
  }

  #ranges(forming: FormingBar, bars: BarSeries, index: number): boolean {
    const isFirst = forming.sources === 0
    const high = isFirst ? (bars.high[index] as number) : Math.max(forming.high, bars.high[index] as number)
    const low = isFirst ? (bars.low[index] as number) : Math.min(forming.low, bars.low[index] as number)
    // 0.3 − 0.1 is a little less than 0.2.
    return high - low >= this.#step * (1 - 1e-9)
  }
}
