import { openSqliteStores, type SqliteStores, type StoreRole } from '../../../core/node/store/sqlite-stores.ts'

export const workerUrl = new URL('../../../core/node/store/store-worker.ts', import.meta.url)

/** The stores of a folder in this thread. */
export function openHere(home: string, role: StoreRole = 'service'): SqliteStores {
  return openSqliteStores({ home, role, clock: { now: () => 1_800_000_000_000 } })
}
