import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { toWireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { KeptStores } from '../../stores/stores.ts'
import { placeOf } from '../sql/store-address.ts'
import type { StoreMethod, StoreMethods, StoreReply, StoreRequest, StoreServer, StoreWorkerData } from './protocol.ts'
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
    ...methodsOfPort('revisions', stores),
    'store.bytes': async () => stores.bytes(),
    'store.backup': () => stores.backup(),
    'store.close': async () => stores.close(),
  } as StoreMethods
}

function methodsOfPort(prefix: keyof KeptStores, stores: KeptStores) {
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

// Loaded here: whoever keeps to the data folder does without the drivers
async function openServer(server: StoreServer): Promise<{ close(): unknown }> {
  const clock = { now: () => Date.now() }
  if ('influx' in server) return (await import('../influx/influx-stores.ts')).openInflux(server.influx, clock)
  return (await import('../sql/sql-stores.ts')).openSqlStores({ ...server, clock })
}

const nameOf = (server: StoreServer) => ('influx' in server ? new URL(server.influx).host : placeOf(server.address))

/** The stores of a server, opened by the first call that finds it: one that is away now may come back. */
function serverMethods(server: StoreServer): StoreMethods {
  let opening: ReturnType<typeof openServer> | null = null
  const open = () => {
    opening ??= openServer(server)
    opening.catch(() => {
      opening = null
    })
    return opening
  }
  const upkeep: Record<string, () => Promise<unknown>> = {
    'store.bytes': async () => 0,
    'store.backup': () => Promise.reject(new DomainError('store.server-backup', { server: nameOf(server) })),
    'store.close': async () => (await opening)?.close(),
  }
  const methodOf = (name: string) => {
    const [port = '', method = ''] = name.split('.')
    return async (...args: readonly unknown[]) => {
      const stores = (await open()) as unknown as Record<
        string,
        Record<string, (...given: readonly unknown[]) => unknown>
      >
      return stores[port]?.[method]?.(...args)
    }
  }
  return new Proxy({} as StoreMethods, { get: (_, name) => upkeep[String(name)] ?? methodOf(String(name)) })
}

function start(): void {
  const { home, role, server } = workerData as StoreWorkerData
  if (server !== undefined) {
    const methods = serverMethods(server)
    port.on('message', (request: StoreRequest) => void answer(methods, request))
    reply({ kind: 'opened', notices: [] })
    return
  }
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
