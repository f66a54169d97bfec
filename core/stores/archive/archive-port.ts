import type { MarketColumnList, SeriesKind } from '../../domain/market-columns.ts'
import type { MarketDay } from '../market-store.ts'

/**
 * A month of one series in a file. `moving`: written, its rows are still in the store. `archived`: only here.
 * `returning`: its rows are being written back.
 */
export interface ArchivePart {
  /** Path below the archive's folder, with slashes. */
  readonly file: string
  readonly kind: SeriesKind
  readonly instrument: string
  /** The month, EpochMs, `to` exclusive. */
  readonly from: number
  readonly to: number
  readonly rows: number
  /** Times of the first and the last row. */
  readonly first: number
  readonly last: number
  readonly days: readonly MarketDay[]
  readonly bytes: number
  /** Of the file. */
  readonly sha256: string
  /** `marketHash` of the rows. */
  readonly hash: string
  readonly source: string
  readonly updatedAt: number
  readonly state: 'moving' | 'archived' | 'returning'
}

/** Files of rows, and the catalogue that says which of them count. */
export interface ArchivePort {
  list(): Promise<readonly ArchivePart[]>
  /** The whole catalogue, atomically. */
  save(parts: readonly ArchivePart[]): Promise<void>
  /** The file appears when it is whole. `store.full`, `export.failed`. */
  write(
    file: string,
    kind: SeriesKind,
    columns: MarketColumnList,
  ): Promise<{ readonly bytes: number; readonly sha256: string }>
  /** Rows as they were written; `archive.damaged` with `file` and `reason`. */
  read(part: Pick<ArchivePart, 'file' | 'kind' | 'rows' | 'sha256'>): Promise<MarketColumnList>
  /** What is wrong with the bytes of a file; null: nothing. */
  check(part: Pick<ArchivePart, 'file' | 'bytes' | 'sha256'>): Promise<string | null>
  /** A file that is not there is no failure. */
  remove(file: string): Promise<void>
  /** Keeps a damaged file under another name. */
  setAside(file: string): Promise<void>
}
