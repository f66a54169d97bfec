import type { BarSeries } from '../domain/bar-series.ts'
import { FormingBar } from './forming-bar.ts'
import { stampStepMs } from './measure-cut.ts'
import type { BarStream, OnBar } from './resampler.ts'

/**
 * Renko: a brick for each `size` that the close moves on, two sizes back for one in the other direction. Bricks lie on
 * multiples of `size`. A brick is known when its source bar closes; further bricks of the same source bar follow a
 * microsecond apart, the volume is in the first. What is left at the end is no brick.
 */
export class BrickBuilder implements BarStream {
  readonly forming = new FormingBar()
  readonly #size: number
  readonly #onBar: OnBar
  readonly #brick = new FormingBar()
  /** Edges of the last brick, in sizes. */
  #top = Number.NaN
  #bottom = Number.NaN
  #stamp = Number.NEGATIVE_INFINITY

  constructor(size: number, onBar: OnBar) {
    this.#size = size
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const { forming } = this
    forming.add(bars, index)
    const price = forming.close / this.#size
    if (Number.isNaN(this.#top)) this.#top = this.#bottom = Math.round(forming.open / this.#size)
    // A close that is a multiple but for rounding reaches it.
    const up = Math.floor(price + 1e-9)
    const down = Math.ceil(price - 1e-9)
    if (up <= this.#top && down >= this.#bottom) return
    while (this.#top < up) this.#give(this.#top, this.#top + 1)
    while (this.#bottom > down) this.#give(this.#bottom, this.#bottom - 1)
    forming.clear()
  }

  /** Time does not end a brick. */
  closeBy(): void {}

  flush(): void {
    this.forming.clear()
  }

  #give(from: number, to: number): void {
    const { forming } = this
    const brick = this.#brick
    this.#top = Math.max(from, to)
    this.#bottom = Math.min(from, to)
    brick.open = from * this.#size
    brick.close = to * this.#size
    brick.high = this.#top * this.#size
    brick.low = this.#bottom * this.#size
    brick.time = Math.max(forming.time, this.#stamp)
    brick.closeTime = Math.max(forming.closeTime, brick.time + stampStepMs)
    brick.volume = forming.volume
    brick.openInterest = forming.openInterest
    this.#stamp = brick.closeTime
    this.#onBar(brick)
    forming.volume = Number.isNaN(forming.volume) ? forming.volume : 0
  }
}
