/** One bar as strategies read it; times in epoch milliseconds. */
export interface Bar {
  readonly time: number
  readonly closeTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** A market print. */
export interface Tick {
  readonly time: number
  readonly price: number
  readonly size: number
}

/** Best bid and ask. */
export interface Quote {
  readonly time: number
  readonly bid: number
  readonly ask: number
  readonly bidSize: number
  readonly askSize: number
}

/** One price level of a book. */
export interface BookLevel {
  readonly price: number
  readonly size: number
}

/** Market depth, best level first. */
export interface OrderBook {
  readonly time: number
  readonly bids: readonly BookLevel[]
  readonly asks: readonly BookLevel[]
}
