import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { createMarketColumns, type SeriesKind, toMarketSeries } from '../domain/market-columns.ts'
import type { BarMessage, BookMessage, MarketMessage, QuoteMessage, TickMessage } from '../domain/market-message.ts'
import type { Stores } from '../stores/stores.ts'

/** Messages that wait for the store. */
interface Waiting {
  readonly instrument: string
  readonly source: string
  readonly tick: TickMessage[]
  readonly quote: QuoteMessage[]
  readonly book: BookMessage[]
  readonly bars: Map<string, BarMessage[]>
}

export interface RecorderOptions {
  readonly stores: Pick<Stores, 'bars' | 'market'>
  /** Waiting messages above which quotes are conflated: of several that wait only the last is kept. */
  readonly most: number
  /** Told when a write failed; what it held waits for the next flush. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Takes what is to be kept and writes it in batches. One write at a time and instrument; what a failed write held is
 * tried again with the next flush, and nothing but quotes is ever given up for want of room.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #waiting = new Map<string, Waiting>()
  #count = 0
  #conflated = 0
  #written = 0
  #flushing: Promise<void> | undefined

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /** Messages that wait. */
  get waiting(): number {
    return this.#count
  }

  /** Quotes that were given up under load. */
  get conflated(): number {
    return this.#conflated
  }

  get written(): number {
    return this.#written
  }

  keep(message: MarketMessage, source: string): void {
    const waiting = this.#of(message.instrument, source)
    if (message.kind === 'bar') {
      const bars = waiting.bars.get(message.interval) ?? []
      bars.push(message)
      waiting.bars.set(message.interval, bars)
    } else if (message.kind === 'tick') waiting.tick.push(message)
    else if (message.kind === 'book') waiting.book.push(message)
    else if (this.#count >= this.#options.most && waiting.quote.length > 0) {
      waiting.quote[waiting.quote.length - 1] = message
      this.#conflated++
      return
    } else waiting.quote.push(message)
    this.#count++
  }

  /** Writes what waits; resolves when that is stored or has failed. Calls made meanwhile join the one that runs. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  async #flush(): Promise<void> {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const waiting of all) {
      for (const [interval, bars] of waiting.bars)
        await this.#write(bars, waiting, (kept) => this.#bars(waiting, interval, kept))
      await this.#write(waiting.tick, waiting, (kept) => this.#market('tick', waiting, tickColumns(kept)))
      await this.#write(waiting.quote, waiting, (kept) => this.#market('quote', waiting, quoteColumns(kept)))
      await this.#write(waiting.book, waiting, (kept) => this.#market('book', waiting, bookColumns(kept)))
    }
  }

  async #write<Message extends MarketMessage>(
    messages: readonly Message[],
    { source }: Waiting,
    store: (messages: readonly Message[]) => Promise<unknown>,
  ): Promise<void> {
    if (messages.length === 0) return
    this.#count -= messages.length
    try {
      await store(messages)
      this.#written += messages.length
    } catch (error) {
      for (const message of messages) this.keep(message, source)
      this.#options.onFailure(error)
    }
  }

  #bars({ instrument, source }: Waiting, interval: string, bars: readonly BarMessage[]): Promise<unknown> {
    return this.#options.stores.bars.upsert(instrument, interval, seriesOf(bars), source)
  }

  #market(kind: SeriesKind, { instrument, source }: Waiting, columns: Float64Array[]): Promise<unknown> {
    return this.#options.stores.market.upsert(kind, instrument, toMarketSeries(kind, columns), source)
  }

  #of(instrument: string, source: string): Waiting {
    const key = `${instrument} ${source}`
    const found = this.#waiting.get(key)
    if (found !== undefined) return found
    const made: Waiting = { instrument, source, tick: [], quote: [], book: [], bars: new Map() }
    this.#waiting.set(key, made)
    return made
  }
}

/** The last of each open time, ascending. */
function seriesOf(messages: readonly BarMessage[]): BarSeries {
  const byTime = new Map(messages.map((message) => [message.time, message]))
  const ordered = [...byTime.values()].sort((a, b) => a.time - b.time)
  const bars = createBarSeries(ordered.length)
  for (const name of barColumnNames) for (const [row, message] of ordered.entries()) bars[name][row] = message[name]
  return bars
}

function tickColumns(messages: readonly TickMessage[]): Float64Array[] {
  const ordered = [...messages].sort((a, b) => a.time - b.time || a.id - b.id)
  return columnsOf('tick', ordered, ({ time, id, price, size, side }) => [time, id, price, size, side])
}

/** The last of each time, ascending. */
function quoteColumns(messages: readonly QuoteMessage[]): Float64Array[] {
  const byTime = new Map(messages.map((message) => [message.time, message]))
  const ordered = [...byTime.values()].sort((a, b) => a.time - b.time)
  return columnsOf('quote', ordered, ({ time, bid, ask, bidSize, askSize }) => [time, bid, ask, bidSize, askSize])
}

function bookColumns(messages: readonly BookMessage[]): Float64Array[] {
  const ordered = [...messages].sort((a, b) => a.time - b.time)
  const rows: number[][] = []
  let part = 0
  for (const [index, { time, snapshot, bids, asks }] of ordered.entries()) {
    part = index > 0 && time === ordered[index - 1]?.time ? part + 1 : 0
    for (const [price, size] of bids) rows.push([time, part, 1, price, size, snapshot ? 1 : 0])
    for (const [price, size] of asks) rows.push([time, part, -1, price, size, snapshot ? 1 : 0])
  }
  return columnsOf('book', rows, (row) => row)
}

function columnsOf<Row>(
  kind: SeriesKind,
  rows: readonly Row[],
  cells: (row: Row) => readonly number[],
): Float64Array[] {
  const columns = createMarketColumns(kind, rows.length)
  for (const [index, row] of rows.entries()) {
    for (const [at, cell] of cells(row).entries()) (columns[at] as Float64Array)[index] = cell
  }
  return columns
}
