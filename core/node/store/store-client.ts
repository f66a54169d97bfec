import { DomainError } from '../../domain/errors.ts'
import { createEmitter, type Unsubscribe } from '../../lib/emitter.ts'
import type { Stores } from '../../stores/stores.ts'
import type { StoreMethod, StoreMethods } from './protocol.ts'
import { acquireServiceLock, type ServiceLock } from './service-lock.ts'
import { toSharedBars } from './shared-bars.ts'
import type { StoreRole } from './sqlite-stores.ts'
import { connectStoreThread, type StoreThread } from './store-thread.ts'

export type StoreState = 'ready' | 'recovering' | 'failed'

export interface OpenStore {
  /** The data folder; created when missing. */
  readonly home: string
  /** `store-worker.ts` beside this file in development, `out/main/store-worker.js` in a build. */
  readonly workerUrl: URL
  /** Default `service`: one per data folder (`service.running` otherwise). A terminal beside it is a `guest`. */
  readonly role?: StoreRole
}

/** All store ports over the store thread, and the thread's own life. */
export interface StoreClient extends Stores {
  readonly state: StoreState
  /** What opening had to repair (`store.corrupt` with `file`, `movedTo`, `restored`), oldest first. */
  readonly notices: readonly DomainError[]
  /** Tells every change of state; `failed` comes with its reason. */
  onState(listener: (change: { readonly state: StoreState; readonly error: DomainError | null }) => void): Unsubscribe
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
 * every write can safely be repeated) and a new one is started; if that dies before it answered a call, the state is
 * `failed` and calls reject with `store.unavailable`.
 */
export async function openStore({ home, workerUrl, role = 'service' }: OpenStore): Promise<StoreClient> {
  const lock = role === 'service' ? acquireServiceLock(home) : null
  try {
    const supervised = supervise(() => connectStoreThread(workerUrl, { home, role }))
    await supervised.opened
    return createClient(supervised, lock)
  } catch (failure) {
    lock?.release()
    throw failure
  }
}

type Supervised = ReturnType<typeof supervise>

function supervise(connect: () => StoreThread) {
  const changes = createEmitter<{ readonly state: StoreState; readonly error: DomainError | null }>()
  const notices: DomainError[] = []
  let state: StoreState = 'recovering'
  let isClosing = false
  // Set once the files were open, cleared by a restart, set again by the first call that the new thread answers.
  let mayRestart = false
  let thread: StoreThread
  const become = (next: StoreState, error: DomainError | null = null) => {
    state = next
    changes.emit({ state, error })
  }
  const start = (): Promise<void> => {
    thread = connect()
    void thread.ended.then(onEnd)
    return thread.opened.then((found) => {
      notices.push(...found)
      become('ready')
    })
  }
  const onEnd = (error: DomainError) => {
    if (isClosing) return
    if (!mayRestart) return become('failed', error)
    mayRestart = false
    become('recovering', error)
    // Its failure arrives through `ended` as well.
    start().catch(() => {})
  }
  const ask = async (method: StoreMethod, args: readonly unknown[]): Promise<unknown> => {
    if (isClosing) throw new DomainError('store.unavailable', { reason: 'closed' })
    if (state === 'failed') throw new DomainError('store.unavailable', { reason: 'failed' })
    const value = await thread.call(method, args)
    mayRestart = true
    return value
  }
  const opened = start().then(() => {
    mayRestart = true
  })
  return {
    opened,
    changes,
    notices,
    get state() {
      return state
    },
    call<Method extends StoreMethod>(method: Method, ...args: Parameters<StoreMethods[Method]>) {
      return ask(method, args) as ReturnType<StoreMethods[Method]>
    },
    async end() {
      if (isClosing) return
      const isOpen = state !== 'failed'
      isClosing = true
      if (isOpen) await thread.call('store.close', []).catch(() => {})
      await thread.terminate()
    },
  }
}

function createClient(store: Supervised, lock: ServiceLock | null): StoreClient {
  return {
    bars: {
      upsert: (instrument, interval, bars, source) =>
        store.call('bars.upsert', instrument, interval, toSharedBars(bars), source),
      read: (...args) => store.call('bars.read', ...args),
      coverage: () => store.call('bars.coverage'),
      delete: (...args) => store.call('bars.delete', ...args),
    },
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
    settings: {
      get: (key) => store.call('settings.get', key),
      set: (...args) => store.call('settings.set', ...args),
      delete: (key) => store.call('settings.delete', key),
    },
    get state() {
      return store.state
    },
    notices: store.notices,
    onState: (listener) => store.changes.subscribe(listener),
    bytes: () => store.call('store.bytes'),
    backup: () => store.call('store.backup'),
    async close() {
      await store.end()
      lock?.release()
    },
  }
}
