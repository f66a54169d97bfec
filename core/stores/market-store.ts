import type { MarketSeriesByKind, SeriesKind } from '../domain/market-columns.ts'

/** What is stored of one kind of market data of one instrument. */
export interface MarketCoverage {
  instrument: string
  kind: SeriesKind
  /** Count of rows. */
  rows: number
  /** Times of the first and last row, EpochMs. */
  from: number
  to: number
  /** Content hash of all rows, independent of how they were written. */
  hash: string
  /** Bytes on disk, null where a store cannot say. */
  bytes: number | null
  source: string
  /** When rows last changed, EpochMs. */
  updatedAt: number
}

/** What one write did. `added + changed + unchanged` is the length of what was written. */
export interface MarketWrite {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/**
 * Ticks, quotes and order books by (instrument, kind). Writing is a merge on the natural key of the kind (tick: time
 * and id; quote: time; book: time and part) and repeating it changes nothing. Every kind of store gives the same hashes.
 */
export interface MarketStore {
  /** All or nothing; rows ascending by their key, finite times, may be empty. Fast when they follow what is stored. */
  upsert<Kind extends SeriesKind>(
    kind: Kind,
    instrument: string,
    rows: MarketSeriesByKind[Kind],
    source: string,
  ): Promise<MarketWrite>
  /** Rows with time in [from, to), null = as far as it reaches. `limit` > 0 ends after so many (a whole number of book messages). Columns are shared memory. */
  read<Kind extends SeriesKind>(
    kind: Kind,
    instrument: string,
    from: number | null,
    to: number | null,
    limit?: number,
  ): Promise<MarketSeriesByKind[Kind]>
  /** By instrument and kind. */
  coverage(): Promise<MarketCoverage[]>
  /** Removes rows with time before `before` (retention), all when null; the count that went. */
  delete(kind: SeriesKind, instrument: string, before: number | null): Promise<number>
}
