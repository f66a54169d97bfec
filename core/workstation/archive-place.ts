import type { ArchivePort } from '../stores/archive/archive-port.ts'
import type { MarketArchive } from '../stores/archive/market-archive.ts'

/** The archive of a data folder. */
export interface ArchivePlace {
  readonly folder: string
  readonly files: ArchivePort
  readonly archive: MarketArchive
  /**
   * Keeps other processes out of the folder until the returned function is called: they would not see what moves.
   * Fails with `archive.service-runs`.
   */
  hold(): () => void
}
