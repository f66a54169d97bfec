import type { BarSeries } from '../domain/bar-series.ts'

/** What is stored of one instrument at one interval: the wire's `coverage`. */
export interface Coverage {
  instrument: string
  interval: string
  /** Count of bars. */
  bars: number
  /** Open time of the first bar, EpochMs. */
  from: number
  /** Close time of the last bar, EpochMs. */
  to: number
  /** `seriesHash` of all bars, hex. */
  hash: string
  /** Where the last change came from: file name, generator, venue. */
  source: string
  /** When bars last changed, EpochMs; writing the same bars again leaves it alone. */
  updatedAt: number
}

/** What one write did. `added + changed + unchanged` is the length of what was written. */
export interface UpsertResult {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Hash of the whole stored series afterwards. */
  readonly hash: string
}

/**
 * Bars by (instrument, interval). The natural key of a bar is its open time: writing is a merge, and repeating a write
 * changes nothing, not even `updatedAt`. Every kind gives the same hashes for the same bars.
 */
export interface BarStore {
  /** All or nothing. `bars` must be strictly ascending with finite times; it may be empty. Read-only for the caller until done. */
  upsert(instrument: string, interval: string, bars: BarSeries, source: string): Promise<UpsertResult>
  /** Bars with open time in [from, to), null = as far as it reaches; empty when nothing is stored. Columns are shared memory. */
  read(instrument: string, interval: string, from: number | null, to: number | null): Promise<BarSeries>
  /** All series, by instrument and interval. */
  coverage(): Promise<Coverage[]>
  /** Removes one interval, or every interval when `interval` is null; false when there was nothing. */
  delete(instrument: string, interval: string | null): Promise<boolean>
}
