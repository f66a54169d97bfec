import type { InstrumentId } from '../domain/ids.ts'
import type { BookLevel, BookMessage } from '../domain/market-message.ts'

/** Best level first; each level is [price, size, …]. */
export interface WholeBook {
  /** EpochMs, where the venue says. */
  readonly timestamp?: number
  readonly bids: readonly (readonly number[])[]
  readonly asks: readonly (readonly number[])[]
}

/** Turns an order book that is told whole each time into a snapshot and, after it, what changed. */
export class BookChanges {
  readonly #instrument: InstrumentId
  #bids: ReadonlyMap<number, number> | undefined
  #asks: ReadonlyMap<number, number> = new Map()

  constructor(instrument: InstrumentId) {
    this.#instrument = instrument
  }

  /** One message, or none when nothing changed. `now` dates a book that has no time of its own. */
  of(book: WholeBook, now: number): BookMessage[] {
    const [bids, asks] = [levelsOf(book.bids), levelsOf(book.asks)]
    const before = this.#bids
    const message: BookMessage = {
      kind: 'book',
      instrument: this.#instrument,
      time: book.timestamp ?? now,
      snapshot: before === undefined,
      bids: before === undefined ? [...bids] : changed(before, bids),
      asks: before === undefined ? [...asks] : changed(this.#asks, asks),
    }
    this.#bids = bids
    this.#asks = asks
    return !message.snapshot && message.bids.length + message.asks.length === 0 ? [] : [message]
  }
}

function levelsOf(side: readonly (readonly number[])[]): Map<number, number> {
  return new Map(side.map(([price, size]) => [price as number, size as number]))
}

function changed(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): BookLevel[] {
  const gone = [...before.keys()].filter((price) => !after.has(price)).map((price): BookLevel => [price, 0])
  return [...gone, ...[...after].filter(([price, size]) => before.get(price) !== size)]
}
