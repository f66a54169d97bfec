import type { BarSeries } from '../domain/bar-series.ts'
import { type CutRule, place } from './cut-rule.ts'
import { FormingBar } from './forming-bar.ts'

/** Receives a finished bar; the object is reused. */
export type OnBar = (bar: FormingBar) => void

/** What turns a stream of bars or ticks into other bars. */
export interface BarStream {
  /** The bar being built; `sources` is 0 when there is none. */
  readonly forming: FormingBar
  /** Takes row `index` of a series (a live stream writes each bar into a series of one row). */
  push(bars: BarSeries, index: number): void
  /** Hands out the forming bar when it is over at this time, without waiting for the next source bar. */
  closeBy(time: number): void
  /** Hands out what is left when the source is over. */
  flush(): void
}

/**
 * Source bars (or ticks: bars of one price) in, coarser bars out, one at a time and without allocation. History runs
 * through the same object (`resampleColumns`), so a stream ends with the same bytes.
 */
export class Resampler implements BarStream {
  readonly forming: FormingBar
  /** Source bars that came too late for their bar and were left out. */
  late = 0
  readonly #rule: CutRule
  readonly #onBar: OnBar

  constructor(rule: CutRule, onBar: OnBar, forming = new FormingBar()) {
    this.forming = forming
    this.#rule = rule
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const { forming } = this
    const flags = this.#rule.place(forming, bars, index)
    if (flags & place.dropped) {
      this.late++
      return
    }
    if (flags & place.after) this.#deliver(false)
    forming.add(bars, index)
    this.#rule.added?.(forming)
    if (flags & place.last) this.#deliver(false)
  }

  closeBy(time: number): void {
    if (this.forming.sources > 0 && this.#rule.endsBy(this.forming, time)) this.#deliver(false)
  }

  flush(): void {
    if (this.forming.sources > 0) this.#deliver(true)
  }

  #deliver(flushed: boolean): void {
    this.#rule.finish(this.forming, flushed)
    this.#onBar(this.forming)
    this.forming.clear()
  }
}
