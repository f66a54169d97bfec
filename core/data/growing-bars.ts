import { type BarColumnName, type BarSeries, barColumnNames } from '../domain/bar-series.ts'
import { invariant } from '../lib/assert.ts'

/** One bar by its columns; times in epoch milliseconds, NaN where unknown. */
export type BarRow = Readonly<Record<BarColumnName, number>>

const firstSpare = 1024

/**
 * Bars that more come to. The columns have room to spare, so that most bars are written where they stay; what lies
 * beyond `length` is no bar.
 */
export class GrowingBars {
  #columns: Record<BarColumnName, Float64Array>
  #length: number

  /** Begins with a copy of `history`, which may be empty. */
  constructor(history: BarSeries) {
    this.#length = history.length
    this.#columns = longer(history, history.length + firstSpare)
  }

  get length(): number {
    return this.#length
  }

  /** The columns with their spare room; other ones after an `add` that needed more. */
  get columns(): Readonly<Record<BarColumnName, Float64Array>> {
    return this.#columns
  }

  /** Adds a bar that opens at or after the end of the last; an earlier one is a fault of the caller. */
  add(bar: BarRow): void {
    const row = this.#length
    const last = row === 0 ? Number.NEGATIVE_INFINITY : (this.#columns.closeTime[row - 1] as number)
    invariant(bar.closeTime > last, `a bar that closes at ${bar.closeTime} after one at ${last}`)
    if (row === this.#columns.time.length) this.#columns = longer(this.#columns, row * 2)
    for (const name of barColumnNames) this.#columns[name][row] = bar[name]
    this.#length = row + 1
  }

  /** The bars so far, over the same memory; it does not grow. */
  series(): BarSeries {
    const length = this.#length
    const parts = barColumnNames.map((name) => [name, this.#columns[name].subarray(0, length)] as const)
    return { length, ...(Object.fromEntries(parts) as Record<BarColumnName, Float64Array>) }
  }
}

function longer(
  columns: Readonly<Record<BarColumnName, Float64Array>>,
  capacity: number,
): Record<BarColumnName, Float64Array> {
  const grown = barColumnNames.map((name) => {
    const column = new Float64Array(capacity)
    column.set(columns[name])
    return [name, column] as const
  })
  return Object.fromEntries(grown) as Record<BarColumnName, Float64Array>
}
