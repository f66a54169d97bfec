import type { DomainError } from '../../domain/errors.ts'
import type { MarketSeriesByKind } from '../../domain/market-columns.ts'
import type { Unsubscribe } from '../../lib/emitter.ts'
import type { MarketStore } from '../../stores/market-store.ts'
import type { KeptStores } from '../../stores/stores.ts'
import type { StoreServer } from './protocol.ts'
import { acquireServiceLock, type ServiceLock } from './service-lock.ts'
import { toSharedBars, toSharedBatch, toSharedMarket } from './shared-columns.ts'
import type { StoreRole } from './sqlite-stores.ts'
import { type StoreChange, type StoreState, type StoreSupervisor, superviseStore } from './store-supervisor.ts'
import { connectStoreThread } from './store-thread.ts'

export type { StoreChange, StoreState } from './store-supervisor.ts'

export interface OpenStore {
  /** The data folder; created when missing. */
  readonly home: string
  /** `store-worker.ts` beside this file in development, `out/main/store-worker.js` in a build. */
  readonly workerUrl: URL
  /** Default `service`: one per data folder (`service.running` otherwise). A terminal beside it is a `guest`. */
  readonly role?: StoreRole
}

/** All store ports over the store thread, and the thread's own life. */
export interface StoreClient extends KeptStores {
  readonly state: StoreState
  /** What opening had to repair (`store.corrupt` with `file`, `movedTo`, `restored`), oldest first. */
  readonly notices: readonly DomainError[]
  /** Tells every change of state; `failed` comes with its reason. */
  onState(listener: (change: StoreChange) => void): Unsubscribe
  /** Bytes of the database files. */
  bytes(): Promise<number>
  /** Complete copies in `backups/` while work goes on; their paths. */
  backup(): Promise<string[]>
  /** Finishes what was asked, checkpoints, ends the thread and gives the folder free. Calling it twice is harmless. */
  close(): Promise<void>
}

/**
 * Starts the store thread and waits until the files are open. Fails with `service.running` (pid), `store.newer`,
 * `store.unavailable` or `store.full`; a damaged file is moved aside and told in `notices`.
 *
 * When the thread dies, pending calls reject with `worker.lost` (what they asked may or may not have been committed;
 * a write may be repeated, and ending a run that has ended is `run.unknown` with its state) and a new one is started; if that dies before it answered a call, the state is
 * `failed` and calls reject with `store.unavailable`.
 */
export async function openStore({ home, workerUrl, role = 'service' }: OpenStore): Promise<StoreClient> {
  const lock = role === 'service' ? acquireServiceLock(home) : null
  try {
    const supervisor = superviseStore(() => connectStoreThread(workerUrl, { home, role }))
    await supervisor.opened
    return createClient(supervisor, lock)
  } catch (failure) {
    lock?.release()
    throw failure
  }
}

/** Generic methods do not survive `MethodsOf`: what a read gives is what its kind says. */
function marketClient(store: StoreSupervisor): MarketStore {
  return {
    upsert: (kind, instrument, rows, source) =>
      store.call('market.upsert', kind, instrument, toSharedMarket(kind, rows), source),
    upsertAll: (batches, source) => store.call('market.upsertAll', batches.map(toSharedBatch), source),
    read: (kind, ...args) => store.call('market.read', kind, ...args) as Promise<MarketSeriesByKind[typeof kind]>,
    coverage: () => store.call('market.coverage'),
    days: (...args) => store.call('market.days', ...args),
    hash: (...args) => store.call('market.hash', ...args),
    repair: (...args) => store.call('market.repair', ...args),
    delete: (...args) => store.call('market.delete', ...args),
  }
}

/** The stores of a server, in a thread of their own; it answers at once, and connects when it is first asked. */
export async function openServerStore(workerUrl: URL, server: StoreServer): Promise<StoreClient> {
  const supervisor = superviseStore(() => connectStoreThread(workerUrl, { home: '', role: 'guest', server }))
  await supervisor.opened
  return createClient(supervisor, null)
}

function createClient(store: StoreSupervisor, lock: ServiceLock | null): StoreClient {
  return {
    bars: {
      upsert: (instrument, interval, bars, source) =>
        store.call('bars.upsert', instrument, interval, toSharedBars(bars), source),
      read: (...args) => store.call('bars.read', ...args),
      coverage: () => store.call('bars.coverage'),
      delete: (...args) => store.call('bars.delete', ...args),
    },
    market: marketClient(store),
    instruments: {
      list: () => store.call('instruments.list'),
      get: (id) => store.call('instruments.get', id),
      put: (instrument) => store.call('instruments.put', instrument),
      delete: (id) => store.call('instruments.delete', id),
    },
    runs: {
      create: (run) => store.call('runs.create', run),
      finish: (...args) => store.call('runs.finish', ...args),
      fail: (...args) => store.call('runs.fail', ...args),
      cancel: (...args) => store.call('runs.cancel', ...args),
      list: (query) => store.call('runs.list', query),
      get: (id) => store.call('runs.get', id),
      columns: (...args) => store.call('runs.columns', ...args),
      annotate: (...args) => store.call('runs.annotate', ...args),
      delete: (id) => store.call('runs.delete', id),
    },
    optimisations: {
      create: (optimisation) => store.call('optimisations.create', optimisation),
      addTrials: (...args) => store.call('optimisations.addTrials', ...args),
      end: (...args) => store.call('optimisations.end', ...args),
      resume: (id) => store.call('optimisations.resume', id),
      list: (query) => store.call('optimisations.list', query),
      get: (id) => store.call('optimisations.get', id),
      trials: (id) => store.call('optimisations.trials', id),
      walk: (id) => store.call('optimisations.walk', id),
      idea: (idea) => store.call('optimisations.idea', idea),
      delete: (id) => store.call('optimisations.delete', id),
    },
    settings: {
      get: (key) => store.call('settings.get', key),
      set: (...args) => store.call('settings.set', ...args),
      delete: (key) => store.call('settings.delete', key),
    },
    // A server keeps none: whoever chooses one takes those of the data folder
    revisions: {
      add: (revision) => store.call('revisions.add', { ...revision, before: toSharedBars(revision.before) }),
      list: (...args) => store.call('revisions.list', ...args),
      delete: (instrument) => store.call('revisions.delete', instrument),
    },
    get state() {
      return store.state
    },
    notices: store.notices,
    onState: (listener) => store.onState(listener),
    bytes: () => store.call('store.bytes'),
    backup: () => store.call('store.backup'),
    async close() {
      await store.end()
      lock?.release()
    },
  }
}
