import type { InstrumentId } from './ids.ts'

/** The kinds of facts that a market sends, as topics, stores and recording rules name them. */
export const marketKinds = ['tick', 'quote', 'book', 'bar'] as const
export type MarketKind = (typeof marketKinds)[number]

/** Who was the taker of a print: 1 the buyer, -1 the seller, 0 unknown. */
export type Aggressor = -1 | 0 | 1

/**
 * One market print. Its natural key is (time, id): the venue's number of the trade where it gives one, else the
 * ordinal of the print among those of the same millisecond, so that two equal prints stay two and a refill adds none.
 */
export interface TickMessage {
  readonly kind: 'tick'
  readonly instrument: InstrumentId
  /** EpochMs, fractions allowed. */
  readonly time: number
  readonly price: number
  readonly size: number
  readonly side: Aggressor
  readonly id: number
}

/** Best bid and ask; NaN where a side is empty. Its natural key is its time: a later one of the same time replaces it. */
export interface QuoteMessage {
  readonly kind: 'quote'
  readonly instrument: InstrumentId
  readonly time: number
  readonly bid: number
  readonly ask: number
  readonly bidSize: number
  readonly askSize: number
}

/** A price and what stands there; size 0 takes the level away. */
export type BookLevel = readonly [price: number, size: number]

/** The order book whole (`snapshot`), or the levels that changed since the message before. */
export interface BookMessage {
  readonly kind: 'book'
  readonly instrument: InstrumentId
  readonly time: number
  readonly snapshot: boolean
  readonly bids: readonly BookLevel[]
  readonly asks: readonly BookLevel[]
}

/** One bar of an interval; `closed` is false while it forms. Its natural key is (interval, time): a later one replaces it. */
export interface BarMessage {
  readonly kind: 'bar'
  readonly instrument: InstrumentId
  /** As `parseInterval` reads it. */
  readonly interval: string
  /** Open time, EpochMs. */
  readonly time: number
  readonly closeTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly openInterest: number
  readonly closed: boolean
}

/** A fact about a market, one at a time: what sources tell, the blotter cleans and broadcasts, and strategies hear. */
export type MarketMessage = TickMessage | QuoteMessage | BookMessage | BarMessage
