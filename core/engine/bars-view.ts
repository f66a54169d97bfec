import type { MarketColumns } from '../broker/market.ts'
import { DomainError } from '../domain/errors.ts'
import type { LineGraph } from '../indicators/graph.ts'
import type { Line } from '../indicators/line.ts'
import type { Bar } from './market-data.ts'

/** Whose bars a view shows: it may put other columns in their place. */
export interface BarsSource {
  readonly columns: MarketColumns
}

/** Bars up to now and the lines made of them. */
export abstract class BarsView {
  /** Opening prices; `open.now` is the current bar’s. */
  readonly open: Line
  /** Highest prices. */
  readonly high: Line
  /** Lowest prices. */
  readonly low: Line
  /** Closing prices: `close.now`, `close.at(1)` one bar earlier. */
  readonly close: Line
  /** Volumes; NaN where the source has none. */
  readonly volume: Line
  readonly #source: BarsSource
  readonly #graph: LineGraph
  #warmup = 0

  /** Made by the engine. */
  constructor(source: BarsSource, graph: LineGraph) {
    this.open = graph.open
    this.high = graph.high
    this.low = graph.low
    this.close = graph.close
    this.volume = graph.volume
    this.#source = source
    this.#graph = graph
  }

  /**
   * Hangs a line on these bars: `i.use('fast', sma(i.close, 10))` makes it `i.fast`. Callbacks for the bars start when
   * all used lines have their first value.
   */
  use(name: string, line: Line): Line {
    if (name in this) throw new DomainError('strategy.shape', { reason: 'line-name', name })
    Object.defineProperty(this, name, { value: line, enumerable: true })
    return this.waitFor(line)
  }

  /** Lets the callbacks wait for the line's first value, without hanging it on the bars. */
  waitFor(line: Line): Line {
    this.#warmup = Math.max(this.#warmup, line.warmup)
    return line
  }

  /** Lets the callbacks wait until so many bars are there, whatever the lines need. */
  needBars(count: number): void {
    if (!Number.isInteger(count) || count < 1) {
      throw new DomainError('strategy.shape', { reason: 'need-bars', count: String(count) })
    }
    this.#warmup = Math.max(this.#warmup, count - 1)
  }

  /** Bars before the first callback: the longest warm-up of the used lines. */
  get warmup(): number {
    return this.#warmup
  }

  /** Bars seen so far, the current one included. */
  get barCount(): number {
    return this.#graph.cursor.i + 1
  }

  /** The bar `ago` bars ago, 0 = the current one. */
  bar(ago = 0): Bar {
    const { columns } = this.#source
    const close = this.close.at(ago)
    const i = this.#graph.cursor.i - ago
    return {
      time: columns.time[i] as number,
      closeTime: columns.closeTime[i] as number,
      open: this.open.at(ago),
      high: this.high.at(ago),
      low: this.low.at(ago),
      close,
      volume: this.volume.at(ago),
    }
  }

  /** The last `lookback` bars, oldest first; fewer at the start of the data. */
  bars(lookback: number): Bar[] {
    if (!Number.isInteger(lookback) || lookback < 0) {
      throw new DomainError('strategy.look-ahead', { series: `${this}.bars`, ago: lookback })
    }
    const count = Math.min(lookback, this.barCount)
    return Array.from({ length: count }, (_, k) => this.bar(count - 1 - k))
  }
}
