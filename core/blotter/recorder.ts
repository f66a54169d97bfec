import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { createMarketColumns, type SeriesKind, toMarketSeries } from '../domain/market-columns.ts'
import type { BarMessage, BookMessage, MarketMessage, QuoteMessage, TickMessage } from '../domain/market-message.ts'
import type { MarketBatch } from '../stores/market-store.ts'
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

/** Rows of one series and the messages that they are. */
interface Batch {
  readonly batch: MarketBatch
  readonly messages: readonly MarketMessage[]
}

/** The last message of a book that was written. */
interface BookPart {
  time: number
  part: number
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
  readonly #parts = new Map<string, BookPart>()
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
    for (const { instrument, source, bars } of all) {
      for (const [interval, messages] of bars) {
        await this.#write(messages, source, () =>
          this.#options.stores.bars.upsert(instrument, interval, seriesOf(messages), source),
        )
      }
    }
    for (const source of new Set(all.map((waiting) => waiting.source))) {
      await this.#writeMarket(
        source,
        all.filter((waiting) => waiting.source === source).flatMap((waiting) => this.#batchesOf(waiting)),
      )
    }
  }

  /** All of a source at once, which is much faster; when that fails, each by itself, so that one damaged series holds up no other. */
  async #writeMarket(source: string, batches: readonly Batch[]): Promise<void> {
    if (batches.length === 0) return
    const { market } = this.#options.stores
    try {
      await market.upsertAll(
        batches.map(({ batch }) => batch),
        source,
      )
      for (const { messages } of batches) this.#done(messages.length)
    } catch {
      for (const { batch, messages } of batches) {
        await this.#write(messages, source, () => market.upsertAll([batch], source))
      }
    }
  }

  async #write(messages: readonly MarketMessage[], source: string, store: () => Promise<unknown>): Promise<void> {
    try {
      await store()
      this.#done(messages.length)
    } catch (error) {
      this.#giveBack(messages, source)
      this.#options.onFailure(error)
    }
  }

  /** In front of what came meanwhile: of one key the later message is the one that counts. */
  #giveBack(messages: readonly MarketMessage[], source: string): void {
    const [first] = messages
    if (first === undefined) return
    const waiting = this.#of(first.instrument, source)
    if (first.kind === 'bar') {
      const later = waiting.bars.get(first.interval) ?? []
      waiting.bars.set(first.interval, [...(messages as BarMessage[]), ...later])
    } else Object.assign(waiting, { [first.kind]: [...messages, ...waiting[first.kind]] })
  }

  #done(count: number): void {
    this.#count -= count
    this.#written += count
  }

  #batchesOf({ instrument, tick, quote, book }: Waiting): Batch[] {
    const batches: Batch[] = []
    const add = (kind: SeriesKind, messages: readonly MarketMessage[], columns: Float64Array[]) => {
      const rows = toMarketSeries(kind, columns)
      if (rows.length > 0) batches.push({ batch: { kind, instrument, rows } as MarketBatch, messages })
      else this.#done(messages.length)
    }
    if (tick.length > 0) add('tick', tick, tickColumns(tick))
    if (quote.length > 0) add('quote', quote, quoteColumns(quote))
    if (book.length > 0) add('book', book, bookColumns(book, this.#partsOf(instrument)))
    return batches
  }

  #partsOf(instrument: string): BookPart {
    const found = this.#parts.get(instrument)
    if (found !== undefined) return found
    const made = { time: Number.NaN, part: 0 }
    this.#parts.set(instrument, made)
    return made
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

/** Messages of one time are numbered, over writes too: `last` is the one before and moves on. */
function bookColumns(messages: readonly BookMessage[], last: BookPart): Float64Array[] {
  const ordered = [...messages].sort((a, b) => a.time - b.time)
  const rows: number[][] = []
  for (const { time, snapshot, bids, asks } of ordered) {
    last.part = time === last.time ? last.part + 1 : 0
    last.time = time
    const whole = snapshot ? 1 : 0
    for (const [price, size] of bids) rows.push([time, last.part, 1, price, size, whole])
    for (const [price, size] of asks) rows.push([time, last.part, -1, price, size, whole])
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
