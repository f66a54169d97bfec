import type { Replayed, Resampled } from '../data/resample-columns.ts'
import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { type BarValues, LineGraph } from '../indicators/graph.ts'
import type { Cursor } from '../indicators/line.ts'
import type { CoarseBarsApi } from './coarse-bars.ts'

/** Coarse bars as the run moves through them. Rows are those of the instrument's own bars. */
export interface CoarseFeed {
  readonly graph: LineGraph
  readonly columns: BarSeries
  /** Shows what is known with the instrument's row `row` at `now`; true when something new is. */
  advance(row: number, now: number): boolean
  /** Shows a bar that was left over when the data ended; false when there is none. */
  flush(): boolean
  /** For each row of the instrument the coarse bar that it shows, −1 for none; undefined when bars change afterwards. */
  rowMap(source: BarSeries): Int32Array | undefined
}

/** A feed that was opened, and how it takes in the bars that come to its instrument. */
export interface OpenedFeed {
  readonly feed: CoarseFeed
  readonly grow: () => void
}

/** One feed with what the strategy sees of it. */
export interface RunningCoarse {
  readonly api: CoarseBarsApi
  readonly feed: CoarseFeed
  /** Position of the instrument in the run. */
  readonly instrument: number
  /** Step in which its last bar came. */
  step: number
  /** Takes in the bars that have come to the instrument; only of runs that grow. */
  readonly grow: () => void
}

/** Bars that are seen when they have closed. */
export class ClosedFeed implements CoarseFeed {
  readonly graph: LineGraph
  columns: BarSeries
  #deliveredAt: Int32Array
  readonly #cursor: Cursor = { i: -1 }
  /** True: not before the instrument's next bar has shown that the period is over. */
  readonly #waits: boolean

  constructor({ bars, deliveredAt }: Resampled, waits: boolean) {
    this.columns = bars
    this.graph = new LineGraph(bars, this.#cursor)
    this.#deliveredAt = deliveredAt
    this.#waits = waits
  }

  /** Longer history: the bars that it has had stay, and new ones follow. */
  extend({ bars, deliveredAt }: Resampled): void {
    const known = this.columns.length
    this.columns = bars
    this.#deliveredAt = deliveredAt
    const local = 'localTime' in bars ? (bars as { localTime(): Float64Array }).localTime() : undefined
    for (let bar = known; bar < bars.length; bar++) {
      const values = barValues(bars, bar)
      this.graph.append(local === undefined ? values : { ...values, localTime: local[bar] as number })
    }
  }

  advance(row: number, now: number): boolean {
    const before = this.#cursor.i
    while (this.#isKnown(this.#cursor.i + 1, row, now)) this.#cursor.i++
    return this.#cursor.i > before
  }

  #isKnown(bar: number, row: number, now: number): boolean {
    if (bar >= this.columns.length) return false
    if ((this.#deliveredAt[bar] as number) <= row) return true
    return !this.#waits && (this.columns.closeTime[bar] as number) <= now
  }

  flush(): boolean {
    if (!this.#waits || this.#cursor.i + 1 >= this.columns.length) return false
    this.#cursor.i++
    return true
  }

  rowMap({ length, closeTime }: BarSeries): Int32Array {
    const map = new Int32Array(length)
    let bar = -1
    for (let row = 0; row < length; row++) {
      while (this.#isKnown(bar + 1, row, closeTime[row] as number)) bar++
      map[row] = bar
    }
    return map
  }
}

/** Bars of which the last is shown while it grows. Its lines are computed anew with every change. */
export class ReplayedFeed implements CoarseFeed {
  readonly graph: LineGraph
  columns: BarSeries
  #replayed: Replayed
  readonly #cursor: Cursor = { i: -1 }
  #next = 0

  constructor(replayed: Replayed) {
    this.#replayed = replayed
    const last = replayed.number.at(-1) ?? -1
    this.columns = createBarSeries(last + 1)
    this.graph = new LineGraph(undefined, this.#cursor)
  }

  /** Longer history: what was shown stays. */
  extend(replayed: Replayed): void {
    this.#replayed = replayed
    const columns = createBarSeries((replayed.number.at(-1) ?? -1) + 1)
    for (const name of barColumnNames) columns[name].set(this.columns[name])
    this.columns = columns
  }

  advance(row: number): boolean {
    const { deliveredAt } = this.#replayed
    const before = this.#next
    while (this.#next < deliveredAt.length && (deliveredAt[this.#next] as number) <= row) this.#show(this.#next++)
    return this.#next > before
  }

  #show(delivery: number): void {
    const { bars, number } = this.#replayed
    const bar = number[delivery] as number
    const { columns, graph } = this
    for (const name of barColumnNames) columns[name][bar] = bars[name][delivery] as number
    const values = barValues(columns, bar)
    if (bar > this.#cursor.i) graph.append(values)
    else graph.restate(values)
    this.#cursor.i = bar
  }

  flush(): boolean {
    return false
  }

  rowMap(): undefined {
    return undefined
  }
}

function barValues({ open, high, low, close, volume }: BarSeries, row: number): BarValues {
  return {
    open: open[row] as number,
    high: high[row] as number,
    low: low[row] as number,
    close: close[row] as number,
    volume: volume[row] as number,
  }
}
