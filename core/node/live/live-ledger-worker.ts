import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined } from '../../lib/assert.ts'
import { openDatabase } from '../store/open-database.ts'
import { serveCalls } from '../worker-call.ts'
import { liveMigrations } from './ledger-migrations.ts'
import { createSqliteCallStore } from './sqlite-call-store.ts'
import { createSqliteDeliveryStore } from './sqlite-delivery-store.ts'
import { createSqliteLiveLedger } from './sqlite-live-ledger.ts'

/** What the thread of the live ledger is started with. */
export interface LedgerWorkerData {
  readonly home: string
  /** True in the service that holds the data folder. */
  readonly mayRepair: boolean
}

/** A call of one of the stores in `live.db`. */
export interface LedgerCall {
  readonly store: 'ledger' | 'deliveries' | 'calls'
  readonly method: string
  readonly args: readonly unknown[]
}

const { home, mayRepair } = workerData as LedgerWorkerData
const { db } = openDatabase({ home, file: 'live', migrations: liveMigrations, mayRepair })
const ledger = createSqliteLiveLedger(db)
const stores = {
  ledger,
  deliveries: createSqliteDeliveryStore(db),
  calls: createSqliteCallStore(db),
} as unknown as Readonly<
  Record<LedgerCall['store'], Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>>
>

serveCalls(ensureDefined(parentPort, 'the port of the live ledger'), {
  call: ({ store, method, args }: LedgerCall) => ensureDefined(stores[store][method], `${store}.${method}`)(...args),
  close() {
    ledger.flush()
    db.close()
  },
})
