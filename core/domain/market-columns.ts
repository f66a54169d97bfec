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
