import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { createArchivedMarketStore } from '../../stores/archive/archived-market-store.ts'
import { archivedStore, createMarketArchive, type MarketArchive } from '../../stores/archive/market-archive.ts'
import type { KeptStores } from '../../stores/stores.ts'
import type { ArchivePlace } from '../../workstation/archive-place.ts'
import type { TableExportPort } from '../../workstation/export-port.ts'
import { acquireServiceLock } from '../store/service-lock.ts'
import { createArchiveFiles } from './archive-files.ts'

interface OpenArchive {
  readonly home: string
  readonly stores: KeptStores
  readonly tables: TableExportPort
  /** The service of the folder: it ends what a killed one had begun, and moves rows. */
  readonly isHost: boolean
}

/** The stores of a data folder with its archive in them, and the archive. */
export async function openArchive({ home, stores, tables, isHost }: OpenArchive) {
  const folder = join(home, 'archive')
  const files = createArchiveFiles({ folder, settings: stores.settings, tables })
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const store = archivedStore(stores.market, files, sha256)
  const archive = createMarketArchive(store)
  const hold = (): (() => void) => (isHost ? () => undefined : holdFolder(home))
  await recoverAlone(archive, hold)
  const place: ArchivePlace = { folder, files, archive, hold }
  const { bars, instruments, runs, optimisations, settings, revisions } = stores
  const archived: KeptStores = {
    ...{ bars, instruments, runs, optimisations, settings, revisions },
    market: createArchivedMarketStore(store),
  }
  return { place, stores: archived }
}

/** A terminal is alone in the folder while it holds the service's lock. */
function holdFolder(home: string): () => void {
  try {
    return acquireServiceLock(home).release
  } catch (failure) {
    if (!isDomainError(failure) || failure.code !== 'service.running') throw failure
    throw new DomainError('archive.service-runs', {}, { cause: failure })
  }
}

/** What a killed process left is ended by whoever is alone in the folder; a terminal beside a service leaves it. */
async function recoverAlone(archive: MarketArchive, hold: () => () => void): Promise<void> {
  let release: () => void
  try {
    release = hold()
  } catch {
    return
  }
  try {
    await archive.recover()
  } finally {
    release()
  }
}
