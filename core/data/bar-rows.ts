import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { RecordBuffer } from '../lib/record-buffer.ts'
import type { FormingBar } from './forming-bar.ts'

const width = barColumnNames.length

/** Collects bars of unknown number; `series` copies them into columns once. */
export class BarRows {
  readonly #rows = new RecordBuffer(width)

  get length(): number {
    return this.#rows.count
  }

  add(bar: FormingBar): void {
    const at = this.#rows.add()
    const { values } = this.#rows
    values[at] = bar.time
    values[at + 1] = bar.closeTime
    values[at + 2] = bar.open
    values[at + 3] = bar.high
    values[at + 4] = bar.low
    values[at + 5] = bar.close
    values[at + 6] = bar.volume
    values[at + 7] = bar.openInterest
  }

  series(): BarSeries {
    const { count, values } = this.#rows
    const series = createBarSeries(count)
    for (const [position, name] of barColumnNames.entries()) {
      const column = series[name]
      for (let row = 0, at = position; row < count; row++, at += width) column[row] = values[at] as number
    }
    return series
  }
}
