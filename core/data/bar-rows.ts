import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import type { FormingBar } from './forming-bar.ts'

const width = barColumnNames.length
const pieceRows = 4_096

/**
 * Collects bars of unknown number in pieces of equal size, so that nothing is copied or taken in advance while they
 * come; `series` copies them into columns once.
 */
export class BarRows {
  readonly #pieces: Float64Array[] = []
  #piece = new Float64Array(0)
  #at = 0

  get length(): number {
    return this.#pieces.length === 0 ? 0 : (this.#pieces.length - 1) * pieceRows + this.#at / width
  }

  add(bar: FormingBar): void {
    if (this.#at === this.#piece.length) {
      this.#piece = new Float64Array(width * pieceRows)
      this.#pieces.push(this.#piece)
      this.#at = 0
    }
    const values = this.#piece
    const at = this.#at
    values[at] = bar.time
    values[at + 1] = bar.closeTime
    values[at + 2] = bar.open
    values[at + 3] = bar.high
    values[at + 4] = bar.low
    values[at + 5] = bar.close
    values[at + 6] = bar.volume
    values[at + 7] = bar.openInterest
    this.#at = at + width
  }

  series(): BarSeries {
    const count = this.length
    const series = createBarSeries(count)
    for (const [position, name] of barColumnNames.entries()) {
      const column = series[name]
      let row = 0
      for (const piece of this.#pieces)
        for (let at = position; at < piece.length && row < count; at += width) column[row++] = piece[at] as number
    }
    return series
  }
}
