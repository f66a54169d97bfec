import type { BarSeries } from '../../domain/bar-series.ts'
import { floorDivide } from '../../lib/floor-divide.ts'
import { FormingBar } from '../forming-bar.ts'
import type { BarFilter, OnFiltered, RenkoParams } from './filter.ts'

/** Heikin-Ashi prices in place of the bar's own (FL-06). */
export class HeikinAshi implements BarFilter {
  readonly #bar = new FormingBar()
  readonly #onBar: OnFiltered
  #number = 0
  #open = Number.NaN
  #close = Number.NaN

  constructor(onBar: OnFiltered) {
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const bar = this.#bar
    bar.clear()
    bar.add(bars, index)
    const close = (bar.open + bar.high + bar.low + bar.close) / 4
    const open = this.#number === 0 ? (bar.open + bar.close) / 2 : (this.#open + this.#close) / 2
    bar.open = this.#open = open
    bar.close = this.#close = close
    bar.high = Math.max(bar.high, open, close)
    bar.low = Math.min(bar.low, open, close)
    this.#onBar(bar, this.#number++)
  }
}

/** Halves to the even number, as upstream rounds. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value)
  if (value - low !== 0.5) return Math.round(value)
  return low % 2 === 0 ? low : low + 1
}

/** At most one brick a bar (FL-07). Upstream's falling bricks have their high below their low; ours do not. */
export class RenkoFilter implements BarFilter {
  readonly #bar = new FormingBar()
  readonly #params: RenkoParams
  readonly #isUpstream: boolean
  readonly #onBar: OnFiltered
  #number = 0
  #size = Number.NaN
  #top = Number.NaN
  #bottom = Number.NaN

  constructor(params: RenkoParams, isUpstream: boolean, onBar: OnFiltered) {
    this.#params = params
    this.#isUpstream = isUpstream
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const bar = this.#bar
    bar.clear()
    bar.add(bars, index)
    if (Number.isNaN(this.#size)) this.#start(bar.open)
    const { hilo = false } = this.#params
    if ((hilo ? bar.high : bar.close) >= this.#top) this.#rise(bar.close)
    else if ((hilo ? bar.low : bar.close) <= this.#bottom) this.#fall(bar.close)
  }

  #start(open: number): void {
    const { size, autosize = 20 } = this.#params
    const aligned = this.#aligned(open)
    this.#size = size || floorDivide(aligned, autosize)
    this.#top = Math.trunc(aligned) + this.#size
    this.#bottom = Math.trunc(aligned) - this.#size
  }

  #rise(close: number): void {
    this.#bottom = this.#top
    this.#top = this.#next(close, 1)
    this.#give(this.#bottom, this.#top)
  }

  #fall(close: number): void {
    this.#top = this.#bottom
    this.#bottom = this.#next(close, -1)
    this.#give(this.#top, this.#bottom)
  }

  /** Where the brick that begins at the last edge ends. */
  #next(close: number, direction: 1 | -1): number {
    const { size, dynamic = false, autosize = 20 } = this.#params
    const edge = direction === 1 ? this.#top : this.#bottom
    if (size || !dynamic) return edge + direction * this.#size
    this.#size = floorDivide(close, autosize)
    return this.#aligned(edge + direction * this.#size)
  }

  #aligned(price: number): number {
    const { align = 1 } = this.#params
    return roundHalfEven(price / align) * align
  }

  #give(from: number, to: number): void {
    const bar = this.#bar
    bar.open = from
    bar.close = to
    bar.low = this.#isUpstream ? from : Math.min(from, to)
    bar.high = this.#isUpstream ? to : Math.max(from, to)
    bar.volume = bar.openInterest = 0
    this.#onBar(bar, this.#number++)
  }
}
