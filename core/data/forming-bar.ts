import type { BarSeries } from '../domain/bar-series.ts'

/**
 * A bar under construction from source bars or ticks. One object is reused for every bar of a stream: read it at once,
 * or copy it with `writeTo`. Open first, high highest, low lowest, close and open interest last, volume summed.
 */
export class FormingBar {
  time = Number.NaN
  closeTime = Number.NaN
  open = Number.NaN
  high = Number.NaN
  low = Number.NaN
  close = Number.NaN
  volume = Number.NaN
  openInterest = Number.NaN
  /** Source bars inside; 0: nothing has been added yet. */
  sources = 0
  readonly #plainVolume: boolean

  /** `plainVolume`: an unknown volume makes the sum unknown (upstream); otherwise it counts as none among known ones. */
  constructor(plainVolume = false) {
    this.#plainVolume = plainVolume
  }

  /** Forgets what was added. */
  clear(): void {
    this.sources = 0
  }

  add(bars: BarSeries, index: number): void {
    if (this.sources++ === 0) {
      this.#start(bars, index)
      return
    }
    const high = bars.high[index] as number
    const low = bars.low[index] as number
    if (high > this.high) this.high = high
    if (low < this.low) this.low = low
    this.close = bars.close[index] as number
    this.closeTime = bars.closeTime[index] as number
    this.openInterest = bars.openInterest[index] as number
    this.#addVolume(bars.volume[index] as number)
  }

  #start(bars: BarSeries, index: number): void {
    this.time = bars.time[index] as number
    this.closeTime = bars.closeTime[index] as number
    this.open = bars.open[index] as number
    this.high = bars.high[index] as number
    this.low = bars.low[index] as number
    this.close = bars.close[index] as number
    this.volume = bars.volume[index] as number
    this.openInterest = bars.openInterest[index] as number
  }

  #addVolume(volume: number): void {
    if (this.#plainVolume) this.volume += volume
    else if (!Number.isNaN(volume)) this.volume = Number.isNaN(this.volume) ? volume : this.volume + volume
  }

  /** Writes the bar into row `index` of a series. */
  writeTo(bars: BarSeries, index: number): void {
    bars.time[index] = this.time
    bars.closeTime[index] = this.closeTime
    bars.open[index] = this.open
    bars.high[index] = this.high
    bars.low[index] = this.low
    bars.close[index] = this.close
    bars.volume[index] = this.volume
    bars.openInterest[index] = this.openInterest
  }
}
