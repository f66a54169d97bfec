/** One bar as strategies read it; times in epoch milliseconds. */
export interface Bar {
  /** Start of the bar, epoch milliseconds. */
  readonly time: number
  /** End of the bar, when it is complete. */
  readonly closeTime: number
  /** First price. */
  readonly open: number
  /** Highest price. */
  readonly high: number
  /** Lowest price. */
  readonly low: number
  /** Last price. */
  readonly close: number
  /** Units traded; NaN where unknown. */
  readonly volume: number
}

/** A market print. */
export interface Tick {
  /** Epoch milliseconds. */
  readonly time: number
  /** Price of the trade. */
  readonly price: number
  /** Units traded. */
  readonly size: number
}

/** Best bid and ask. */
export interface Quote {
  /** Epoch milliseconds. */
  readonly time: number
  /** Best price to sell at. */
  readonly bid: number
  /** Best price to buy at. */
  readonly ask: number
  /** Units wanted at the bid. */
  readonly bidSize: number
  /** Units offered at the ask. */
  readonly askSize: number
}

/** One price level of a book. */
export interface BookLevel {
  /** Price of the level. */
  readonly price: number
  /** Units at this price. */
  readonly size: number
}

/** Market depth, best level first. */
export interface OrderBook {
  /** Epoch milliseconds. */
  readonly time: number
  /** Buyers, best price first. */
  readonly bids: readonly BookLevel[]
  /** Sellers, best price first. */
  readonly asks: readonly BookLevel[]
}
