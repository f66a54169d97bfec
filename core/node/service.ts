import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toWireError } from '../contract/wire-error.ts'
import type { DomainError } from '../domain/errors.ts'
import type { Stores } from '../stores/stores.ts'
import type { Vault } from '../stores/vault.ts'
import { recordedMarket } from '../workstation/recorded-market.ts'
import { createWorkstation } from '../workstation.ts'
import { openArchive } from './archive/open-archive.ts'
import { createBackupFiles } from './backup/backup-files.ts'
import { restorePending, restoreUnlessHeld } from './backup/restore-backup.ts'
import type { Service } from './call-service.ts'
import { createEnginePool } from './engine/engine-pool.ts'
import { createReplayHost } from './engine/replay-host.ts'
import { createTrialPool } from './engine/trial-pool.ts'
import { createTableExport } from './export/write-table.ts'
import { createImportWorker } from './import/import-client.ts'
import { createLiveHost } from './live/live-host.ts'
import { createLiveStores } from './live/live-ledger-client.ts'
import { openLog } from './log.ts'
import { createLazySender } from './notifications/lazy-sender.ts'
import { placesOf } from './places.ts'
import { printerOf } from './reports/print-pdf.ts'
import { createReportFiles } from './reports/report-files.ts'
import { sampleInstruments } from './sample/sample-instruments.ts'
import { watchLoad } from './service-load.ts'
import { type OpenedChoice, openChosenStore } from './store/chosen-store.ts'
import { mayBeHeld } from './store/service-lock.ts'
import { openStore, type StoreClient } from './store/store-client.ts'
import { createStrategyCompiler } from './strategy/strategy-compiler.ts'
import { createStrategyFiles, installTemplates } from './strategy/strategy-files.ts'
import { watchStrategies } from './strategy/watch-strategies.ts'
import { passphraseFrom } from './vault/passphrase.ts'
import { createPassphraseVault } from './vault/passphrase-vault.ts'
import { openSource } from './venues/open-source.ts'
import { createVenueAccounts } from './venues/venue-accounts.ts'
import { keysOf, openWire } from './wire/open-wire.ts'

export interface ServiceOptions {
  /** The data folder. */
  readonly home: string
  /** The build's folder: `main/*.js`, `kernel/kernel.js`. */
  readonly outFolder: string
  /** `terminal`: one command and out, beside a running desktop; nothing is warmed. */
  readonly role: 'desktop' | 'service' | 'terminal'
  /** Prints a page as PDF in this very process; left out where another one has to do it. */
  readonly printPdf?: (html: string) => Promise<Uint8Array>
  /** Keeps passwords; default: the vault of the data folder, opened by TICKWRIGHT_PASSPHRASE_FD. */
  readonly vault?: Vault
  /** Closes in order and starts again; left out where only the user can. */
  readonly restart?: () => void
  /** URL of the store in place of the chosen one. */
  readonly store?: string
  /** How long a call waits for a store's server that is away; default ten seconds. */
  readonly storePatienceMs?: number
}

/** Builds the ports of this machine and starts the workstation on them. What cannot start leaves nothing running. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { home, role } = options
  const restored = role === 'terminal' ? restoreUnlessHeld(home) : restorePending(home)
  const store = await openStore({
    home,
    workerUrl: workerUrl(options, 'store-worker'),
    role: role === 'terminal' ? 'guest' : 'service',
  })
  try {
    return await startOnChosen(store, options, restored)
  } catch (failure) {
    // Its thread and its files would keep the process alive.
    await store.close().catch(() => undefined)
    throw failure
  }
}

function workerUrl({ outFolder }: ServiceOptions, name: string): URL {
  return pathToFileURL(join(outFolder, 'main', `${name}.js`))
}

/** On the folder's own store, or the server that was chosen. */
async function startOnChosen(
  local: StoreClient,
  options: ServiceOptions,
  restored: DomainError | null,
): Promise<Service> {
  const { home } = options
  const vault = options.vault ?? createPassphraseVault(join(home, 'vault.json'), passphraseFrom(process.env))
  const place = { local, vault, workerUrl: workerUrl(options, 'store-worker') }
  const opened = await openChosenStore({
    ...place,
    override: options.store ?? process.env.TICKWRIGHT_STORE,
    patienceMs: options.storePatienceMs,
  })
  try {
    return await startOn(local, { opened, vault, restored }, options)
  } catch (failure) {
    await opened.server?.close().catch(() => undefined)
    throw failure
  }
}

interface Opened {
  readonly opened: OpenedChoice
  readonly vault: Vault
  /** The backup that this start put in place. */
  readonly restored: DomainError | null
}

async function startOn(
  local: StoreClient,
  { opened, vault, restored }: Opened,
  options: ServiceOptions,
): Promise<Service> {
  const store = opened.server ?? local
  const { home, role } = options
  const { resources, api, typeLibraries, kernel, manifest } = placesOf(options.outFolder)
  const worker = (name: string) => workerUrl(options, name)
  const log = openLog(home)
  const version = readVersion(manifest)
  const notices = [...local.notices, ...(restored === null ? [] : [restored])]
  const engine = createEnginePool({ workerUrl: worker('engine-worker'), kernelPath: kernel, size: engineWorkers() })
  // All cores: nobody waits for a trial as for a backtest, and threads give way
  const trials = createTrialPool({
    workerUrl: worker('trial-worker'),
    kernelPath: kernel,
    size: availableParallelism(),
  })
  const replays = createReplayHost(worker('replay-worker'))
  const isHost = role !== 'terminal'
  const liveHost = createLiveHost(worker('live-worker'), kernel)
  const liveStores = createLiveStores(worker('live-ledger-worker'), { home, mayRepair: isHost })
  const { ledger, deliveries } = liveStores
  const sender = createLazySender(vault)
  const compiler = createStrategyCompiler(worker('compile-worker'), {
    kernelPath: kernel,
    apiPath: api,
    libFolder: typeLibraries,
    checksFolder: join(home, 'cache', 'checks'),
  })
  const importer = createImportWorker(worker('import-worker'))
  const tables = createTableExport()
  const archive = opened.server === null ? await openArchive({ home, stores: opened.stores, tables, isHost }) : null
  const stores = archive?.stores ?? opened.stores
  const recorded = recordedMarket(stores, importer)
  const strategies = createStrategyFiles(join(home, 'strategies'), join(resources, 'strategies'))

  const workstation = createWorkstation({
    stores,
    storeBytes: () => store.bytes(),
    storeNotices: notices,
    backups: createBackupFiles({ home, version, workerUrl: worker('backup-worker') }),
    archive: archive?.place ?? null,
    restart: options.restart ?? null,
    vault,
    storeChoice: opened.choice,
    storeState: () => store.state,
    compiler,
    engine,
    trials,
    replays,
    notifications: { sender, deliveries },
    live: {
      ledger,
      open: liveHost.open,
      isHost,
      hostMayBeUp: () => mayBeHeld(home),
      venues: createVenueAccounts(vault),
    },
    importer,
    strategies,
    tables,
    reportFiles: createReportFiles(options.printPdf ?? printerOf(options.outFolder)),
    clock: { now: Date.now },
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    nextId: createIds(),
    every: (everyMs, call) => {
      const timer = setInterval(call, everyMs)
      return () => clearInterval(timer)
    },
    after: (delayMs, call) => {
      const timer = setTimeout(call, delayMs)
      return () => clearTimeout(timer)
    },
    openSource: (config) => openSource(config, { recorded, keys: () => keysOf(vault) }),
    openWire: (options) => openWire(options, vault),
    wireKey: async () => (await keysOf(vault)).publicKey,
    facts: {
      version,
      engineBuild: createHash('sha256').update(readFileSync(kernel)).digest('hex').slice(0, 16),
      runtime: `${process.versions.electron === undefined ? 'node' : `electron ${process.versions.electron}`} node ${process.versions.node}`,
      home,
      declarations: readFileSync(api, 'utf8'),
    },
  })

  store.onState(({ state, error }) => {
    const wire = error === null ? null : toWireError(error)
    workstation.topics.publish('service.changed', {
      store: state,
      busyWorkers: engine.busy,
      engineWorkers: engine.size,
      error: wire === null ? null : { code: wire.code, data: { ...wire.data } },
    })
  })

  await installTemplates(strategies)
  await installSample(local, resources, () => workstation.topics.publish('data.changed', { instrument: null }))
  const stopWatching =
    role === 'terminal'
      ? () => undefined
      : watchStrategies(join(home, 'strategies'), (name) => workstation.topics.publish('strategy.changed', { name }))
  let compilerWarming: NodeJS.Timeout | undefined
  if (role !== 'terminal') {
    engine.warm()
    compilerWarming = setTimeout(() => void compiler.warm().catch(() => undefined), compilerWarmingMs)
  }

  const stopLoad =
    role === 'terminal'
      ? () => undefined
      : watchLoad((load) => workstation.topics.publish('service.loaded', { ...load }))
  for (const notice of notices) log.error(notice, 'opening the store')

  return {
    workstation,
    log,
    calls: liveStores.calls,
    subscribe: (name, listener) => workstation.topics.subscribe(name, listener),
    async close() {
      clearTimeout(compilerWarming)
      stopLoad()
      stopWatching()
      await workstation.stop()
      await Promise.all([engine.close(), trials.close(), replays.shutDown(), liveHost.close()])
      await sender.close()
      await liveStores.close()
      await Promise.all([compiler.close(), importer.close()])
      await opened.server?.close()
      await local.close()
      await log.close()
    },
  }
}

/** Loading the type checker takes seconds of a core, which the window and its first figures need more. */
const compilerWarmingMs = 20_000

/** One core stays free for the window. */
function engineWorkers(): number {
  return Math.max(1, availableParallelism() - 1)
}

/** Sortable by time, unique on this machine: `20261123-221503-3fa2c1`. */
function createIds(): () => string {
  return () => {
    const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
    return `${stamp}-${randomBytes(3).toString('hex')}`
  }
}

function readVersion(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

/** Sample data on the first start, and never again: a user who deletes it does not want it back. */
async function installSample(store: Stores, resources: string, changed: () => void): Promise<void> {
  if ((await store.settings.get('sample')) !== null) return
  const csv = await readFile(join(resources, 'sample-data', 'sp500-2000.csv'), 'utf8')
  for (const { record, interval, bars, source } of sampleInstruments(csv)) {
    await store.bars.upsert(record.id, interval, bars, source)
    await store.instruments.put(record)
  }
  await store.settings.set('sample', { installed: true })
  changed()
}
