import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { toWireError } from '../../contract/wire-error.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { Stores } from '../../stores/stores.ts'
import type { StoreMethod, StoreMethods, StoreReply, StoreRequest, StoreWorkerData } from './protocol.ts'
import { openSqliteStores, type SqliteStores } from './sqlite-stores.ts'

/** The store thread: the only writer of this process. It answers calls in the order in which they came. */
const port = ensureDefined(parentPort, 'the port of the store thread')
const reply = (message: StoreReply, transfer: readonly Transferable[] = []) => port.postMessage(message, transfer)

function methodsOf(stores: SqliteStores): StoreMethods {
  return {
    ...methodsOfPort('bars', stores),
    ...methodsOfPort('market', stores),
    ...methodsOfPort('instruments', stores),
    ...methodsOfPort('runs', stores),
    ...methodsOfPort('optimisations', stores),
    ...methodsOfPort('settings', stores),
    'store.bytes': async () => stores.bytes(),
    'store.backup': () => stores.backup(),
    'store.close': async () => stores.close(),
  } as StoreMethods
}

function methodsOfPort(prefix: keyof Stores, stores: Stores) {
  return Object.fromEntries(Object.entries(stores[prefix]).map(([name, method]) => [`${prefix}.${name}`, method]))
}

/** Buffers of a run's table leave this thread without a copy; bars lie in shared memory anyway. */
function transferOf(method: StoreMethod, value: unknown): Transferable[] {
  if (method !== 'runs.columns') return []
  const { columns } = value as { readonly columns: Record<string, Float64Array<ArrayBuffer>> }
  return Object.values(columns).map((column) => column.buffer)
}

async function answer(methods: StoreMethods, { id, method, args }: StoreRequest): Promise<void> {
  try {
    const call = methods[method] as (...given: readonly unknown[]) => Promise<unknown>
    const value = await call(...args)
    reply({ kind: 'value', id, value }, transferOf(method, value))
  } catch (failure) {
    reply({ kind: 'failure', id, error: toWireError(failure) })
  }
}

function start(): void {
  const { home, role } = workerData as StoreWorkerData
  try {
    const stores = openSqliteStores({ home, role, clock: { now: () => Date.now() } })
    const methods = methodsOf(stores)
    port.on('message', (request: StoreRequest) => void answer(methods, request))
    reply({ kind: 'opened', notices: stores.notices.map(toWireError) })
  } catch (failure) {
    reply({ kind: 'refused', error: toWireError(failure) })
  }
}

start()
