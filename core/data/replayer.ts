import type { BarSeries } from '../domain/bar-series.ts'
import { type CutRule, place } from './cut-rule.ts'
import { FormingBar } from './forming-bar.ts'

/**
 * Receives the forming bar after every source bar. `number` counts the coarse bars from 0; `isDone`: its last delivery
 * is known to be this one. A bar without `isDone` ends when a higher number comes.
 */
export type OnForming = (bar: FormingBar, number: number, isDone: boolean) => void

/** Like a `Resampler`, but the growing bar is shown again with each source bar. */
export class Replayer {
  readonly forming: FormingBar
  readonly #rule: CutRule
  readonly #onForming: OnForming
  /** True when an ended bar is shown once more under its final stamp. */
  readonly #repeats: boolean
  #number = 0

  constructor(
    rule: CutRule & { readonly adjusts?: boolean },
    onForming: OnForming,
    forming: FormingBar = new FormingBar(),
  ) {
    this.forming = forming
    this.#rule = rule
    this.#onForming = onForming
    this.#repeats = rule.adjusts === true
  }

  /** Takes row `index` of a series. */
  push(bars: BarSeries, index: number): void {
    const { forming } = this
    const flags = this.#rule.place(forming, bars, index)
    if (flags & place.dropped) return
    if (flags & place.after) this.#end()
    forming.add(bars, index)
    this.#rule.added?.(forming)
    const isDone = (flags & place.last) !== 0
    this.#onForming(forming, this.#number, isDone)
    if (!isDone) return
    forming.clear()
    this.#number++
  }

  /** Ends the forming bar when it is over at this time; the next source bar then begins one. */
  closeBy(time: number): void {
    if (this.forming.sources > 0 && this.#rule.endsBy(this.forming, time)) this.#end()
  }

  #end(): void {
    if (this.#repeats) {
      this.#rule.finish(this.forming, false)
      this.#onForming(this.forming, this.#number, true)
    }
    this.forming.clear()
    this.#number++
  }
}
