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
  /** Bytes on disk, null where a store cannot say. */
  bytes: number | null
  /** Where the last change came from. */
  source: string
  /** When rows last changed, EpochMs; writing the same rows again leaves it alone. */
  updatedAt: number
}

/** Rows of one UTC day. */
export interface MarketDay {
  /** Its midnight, EpochMs. */
  day: number
  rows: number
}

/** A period [from, to) whose rows do not read as they were written; `rows` of them, 0 where that cannot be told. */
export interface MarketDamage {
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** What one write did. `added + changed + unchanged` is the length of what was written. */
export interface MarketWrite {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** Rows of one series in a write of several. */
export type MarketBatch = {
  [Kind in SeriesKind]: {
    readonly kind: Kind
    readonly instrument: string
    readonly rows: MarketSeriesByKind[Kind]
  }
}[SeriesKind]

/**
 * Ticks, quotes and order books by (instrument, kind). Writing is a merge on the natural key of the kind (tick: time
 * and id; quote: time; book: time and part, a message replacing the whole message of its key) and repeating it changes
 * nothing. A period [from, to) holds the rows with time in it; null = as far as it reaches.
 */
export interface MarketStore {
  /** All or nothing; rows ascending by their key, finite keys, may be empty. Fast when they follow what is stored. Read-only for the caller until done. */
  upsert<Kind extends SeriesKind>(
    kind: Kind,
    instrument: string,
    rows: MarketSeriesByKind[Kind],
    source: string,
  ): Promise<MarketWrite>
  /** Several writes as one, all or nothing, in the order given: what a feed of many instruments brought since the last time. */
  upsertAll(batches: readonly MarketBatch[], source: string): Promise<MarketWrite[]>
  /** Rows of a period. `limit` > 0 ends after so many; a book then ends with the message that reaches it. Columns are shared memory. */
  read<Kind extends SeriesKind>(
    kind: Kind,
    instrument: string,
    from: number | null,
    to: number | null,
    limit?: number,
  ): Promise<MarketSeriesByKind[Kind]>
  /** All series, by instrument and kind. Cheap: no row is read. */
  coverage(): Promise<MarketCoverage[]>
  /** The days of a period that hold rows, ascending; a day that the period cuts is counted whole. */
  days(kind: SeriesKind, instrument: string, from: number | null, to: number | null): Promise<MarketDay[]>
  /** `marketHash` of the rows of a period: equal for equal rows, whatever the kind of store and the order of writes. */
  hash(kind: SeriesKind, instrument: string, from: number | null, to: number | null): Promise<string>
  /** Removes rows with time before `before` (retention), all when null; the count that went. */
  delete(kind: SeriesKind, instrument: string, before: number | null): Promise<number>
  /**
   * Reads a series through. What fails (`store.corrupt` to every read) is set aside, the rest can be read and written
   * again; the periods to fetch again. Empty when all is well, and always where a server minds its own data.
   */
  repair(kind: SeriesKind, instrument: string): Promise<MarketDamage[]>
}
