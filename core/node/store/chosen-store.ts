import { fromWireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import type { KeptStores, Stores } from '../../stores/stores.ts'
import type { Vault } from '../../stores/vault.ts'
import type { StoreChoicePort } from '../../workstation/store-choice-port.ts'
import { withInflux } from '../influx/with-influx.ts'
import type { ServerReport } from '../sql/server-report.ts'
import {
  type InfluxAddress,
  influxUrl,
  parseStoreUrl,
  type ServerAddress,
  type StoreAddress,
  storeUrl,
} from '../sql/store-address.ts'
import { openServerStore, type StoreClient } from './store-client.ts'

const settingKey = 'store.url'

// The drivers of servers are loaded when a server is first meant: most never mean one
async function tryStore(address: ServerAddress | InfluxAddress, password: string | null): Promise<ServerReport> {
  if (address.kind === 'influx') return (await import('../influx/influx-report.ts')).tryInflux(address, password)
  return (await import('../sql/server-report.ts')).tryServer(address, password)
}

interface ChosenStore {
  /** The data folder's own. */
  readonly local: StoreClient
  readonly vault: Vault
  readonly workerUrl: URL
  /** In place of the setting: `TICKWRIGHT_STORE` or `--store`. */
  readonly override: string | undefined
  /** How long a call waits for a lost server; undefined: ten seconds. */
  readonly patienceMs: number | undefined
}

/** The store that settings, or whoever started this, chose. */
export interface OpenedChoice {
  /** What the workstation works on: the server's, or the data folder's; settings are always the folder's. */
  readonly stores: KeptStores
  /** Null: the data folder's own. */
  readonly server: StoreClient | null
  readonly choice: StoreChoicePort
}

/**
 * Opens the chosen store. A server that does not answer now is no failure: calls say `store.unreachable` until it is
 * back. Fails with `vault.locked` or `vault.wrong` when its password cannot be read.
 */
export async function openChosenStore(options: ChosenStore): Promise<OpenedChoice> {
  const { local, vault, workerUrl, override, patienceMs } = options
  const text = override ?? (await chosenUrl(local))
  const { address, password } = parseStoreUrl(text)
  const choice = createStoreChoice({ ...options, inUse: address })
  if (address.kind === 'sqlite') return { stores: local, server: null, choice }
  const secret = password ?? (await vault.get(storeUrl(address)))
  if (address.kind === 'influx') {
    const server = await openServerStore(workerUrl, { influx: influxUrl(address, secret) })
    return { stores: withInflux(local, server), server, choice }
  }
  const server = await openServerStore(workerUrl, {
    ...{ address, password: secret },
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  const { bars, market, instruments, runs, optimisations } = server
  const { settings, revisions } = local
  return { stores: { bars, market, instruments, runs, optimisations, settings, revisions }, server, choice }
}

async function chosenUrl(local: Stores): Promise<string> {
  const value = await local.settings.get(settingKey)
  return typeof value === 'string' ? value : 'sqlite:'
}

interface ChoiceHost extends ChosenStore {
  readonly inUse: StoreAddress
}

function createStoreChoice({ local, vault, inUse }: ChoiceHost): StoreChoicePort {
  /** The password given, in the URL, or kept for it. */
  const resolve = async (url: string, given: string | null) => {
    const { address, password } = parseStoreUrl(url)
    const secret = given ?? password ?? (address.kind === 'sqlite' ? null : await vault.get(storeUrl(address)))
    return { address, secret }
  }
  return {
    async get() {
      const chosen = await chosenUrl(local)
      const isServer = chosen !== 'sqlite:'
      return { inUse: storeUrl(inUse), chosen, hasPassword: isServer && (await vault.has(chosen)) }
    },
    async test(url, given) {
      const { address, secret } = await resolve(url, given)
      return address.kind === 'sqlite' ? folderReport : ({ ...(await tryStore(address, secret)) } as never)
    },
    async choose(url, given) {
      const { address, secret } = await resolve(url, given)
      const chosen = storeUrl(address)
      if (address.kind !== 'sqlite') {
        await refuseUnusable(address, secret)
        if (secret !== null) await vault.set(chosen, secret)
      }
      await local.settings.set(settingKey, chosen)
      return chosen
    },
    async open(url, given) {
      const { address, secret } = await resolve(url, given)
      if (storeUrl(address) === storeUrl(inUse)) throw new DomainError('store.url-invalid', { reason: storeUrl(inUse) })
      if (address.kind === 'sqlite') return { stores: local, close: async () => undefined }
      if (address.kind === 'influx') {
        const { openInflux } = await import('../influx/influx-stores.ts')
        const influx = await openInflux(influxUrl(address, secret), { now: Date.now })
        return { stores: withInflux(local, influx), close: async () => influx.close() }
      }
      const { openSqlStores } = await import('../sql/sql-stores.ts')
      const stores = await openSqlStores({ address, password: secret, clock: { now: Date.now } })
      return { stores, close: () => stores.close() }
    },
  }
}

const folderReport = {
  url: 'sqlite:',
  ...{ version: null, latencyMs: null, encoding: null, contents: 'current' as const, timescale: false, error: null },
}

async function refuseUnusable(address: ServerAddress | InfluxAddress, password: string | null): Promise<void> {
  const { error }: ServerReport = await tryStore(address, password)
  if (error !== null) throw fromWireError(error)
}
