import type { BarSeries } from '../domain/bar-series.ts'

/**
 * What one write took from a series of bars besides appending to it. With it the write can be taken back:
 * rows of `added` go, those of `before` come back.
 */
export interface Revision {
  readonly instrument: string
  readonly interval: string
  /** When it was written, EpochMs; ascending and unique in a series. */
  readonly at: number
  /** Where the write came from: file name, generator, venue. */
  readonly source: string
  /** Bars as they were that were replaced or removed. */
  readonly before: BarSeries
  /** Open times of bars that were put between others. */
  readonly added: Float64Array
}

/** History of revised bars. It grows with every revision and is kept until its instrument is deleted. */
export interface RevisionStore {
  /** Repeating one of the same series and `at` changes nothing. */
  add(revision: Revision): Promise<void>
  /** Those of a series written before a time (null: all), newest first, at most `limit`: each may be as large as the series. */
  list(instrument: string, interval: string, before: number | null, limit: number): Promise<Revision[]>
  /** Forgets an instrument's. */
  delete(instrument: string): Promise<void>
}
