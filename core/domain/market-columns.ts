import { sharedColumn } from '../lib/columns.ts'

/** Ticks in bulk, ascending by time. */
export interface TickColumns {
  readonly time: Float64Array
  readonly price: Float64Array
  readonly size: Float64Array
}

/** Quotes in bulk, ascending by time; a side that a source left out repeats its last one. */
export interface QuoteColumns {
  readonly time: Float64Array
  readonly bid: Float64Array
  readonly ask: Float64Array
  readonly bidSize: Float64Array
  readonly askSize: Float64Array
}

/** Ticks as they are kept: ascending by (time, id), the natural key (`TickMessage` says what an id is). */
export interface TickSeries extends TickColumns {
  readonly length: number
  /** 1 the buyer was the taker, -1 the seller, 0 unknown. */
  readonly side: Float64Array
  readonly id: Float64Array
}

/** Quotes as they are kept: strictly ascending by time, NaN where a side was empty. */
export interface QuoteSeries extends QuoteColumns {
  readonly length: number
}

/**
 * An order book's changes as they are kept: a row for each level that changed, rows of one message together, messages
 * ascending by time. Messages of one time are told apart by `part`, their ordinal within it.
 */
export interface BookSeries {
  readonly length: number
  readonly time: Float64Array
  readonly part: Float64Array
  /** 1 bid, -1 ask. */
  readonly side: Float64Array
  readonly price: Float64Array
  /** 0: the level is gone. */
  readonly size: Float64Array
  /** 1 on the rows of a message that is the whole book: what stood before it is forgotten. */
  readonly snapshot: Float64Array
}

/** Names of the columns of each kind, in the order in which they are hashed and stored. */
export const marketColumnNames = {
  tick: ['time', 'id', 'price', 'size', 'side'],
  quote: ['time', 'bid', 'ask', 'bidSize', 'askSize'],
  book: ['time', 'part', 'side', 'price', 'size', 'snapshot'],
} as const

/** What is kept of each kind of market data besides bars. */
export interface MarketSeriesByKind {
  readonly tick: TickSeries
  readonly quote: QuoteSeries
  readonly book: BookSeries
}

export type SeriesKind = keyof MarketSeriesByKind

export const seriesKinds = ['tick', 'quote', 'book'] as const satisfies readonly SeriesKind[]

/** How many of a kind's first columns are its natural key. Rows of a book that share theirs are one message. */
export const marketKeyColumns = { tick: 2, quote: 1, book: 2 } as const satisfies Record<SeriesKind, 1 | 2>

/** The columns of one kind in the order of `marketColumnNames`: what code that treats all kinds alike works with. */
export type MarketColumnList = readonly Float64Array[]

/** Zeroed columns over one SharedArrayBuffer, so that workers read them without a copy. */
export function createMarketColumns(kind: SeriesKind, length: number): Float64Array<SharedArrayBuffer>[] {
  const { length: count } = marketColumnNames[kind]
  const all = sharedColumn(count * length)
  return Array.from({ length: count }, (_, index) => all.subarray(index * length, (index + 1) * length))
}

export function marketColumns<Kind extends SeriesKind>(kind: Kind, series: MarketSeriesByKind[Kind]): Float64Array[] {
  const byName = series as unknown as Record<string, Float64Array>
  return marketColumnNames[kind].map((name) => byName[name] as Float64Array)
}

/** The series that these columns are, sharing their memory. */
export function toMarketSeries<Kind extends SeriesKind>(
  kind: Kind,
  columns: MarketColumnList,
): MarketSeriesByKind[Kind] {
  const entries = marketColumnNames[kind].map((name, index) => [name, columns[index]])
  return { length: columns[0]?.length ?? 0, ...Object.fromEntries(entries) } as MarketSeriesByKind[Kind]
}

/** The rows with index in [from, to), sharing the same memory. */
export function sliceMarket<Kind extends SeriesKind>(
  kind: Kind,
  series: MarketSeriesByKind[Kind],
  from: number,
  to: number,
): MarketSeriesByKind[Kind] {
  const columns = marketColumns(kind, series)
  return toMarketSeries(
    kind,
    columns.map((column) => column.subarray(from, to)),
  )
}
