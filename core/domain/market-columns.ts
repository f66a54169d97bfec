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
