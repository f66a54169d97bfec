import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined } from '../../lib/assert.ts'
import type { LiveLedger } from '../../stores/live-ledger.ts'
import { openDatabase } from '../store/open-database.ts'
import { serveCalls } from '../worker-call.ts'
import { liveMigrations } from './ledger-migrations.ts'
import { createSqliteLiveLedger } from './sqlite-live-ledger.ts'

/** What the thread of the live ledger is started with. */
export interface LedgerWorkerData {
  readonly home: string
  /** True in the service that holds the data folder. */
  readonly mayRepair: boolean
}

const { home, mayRepair } = workerData as LedgerWorkerData
const { db } = openDatabase({ home, file: 'live', migrations: liveMigrations, mayRepair })
const ledger = createSqliteLiveLedger(db)

serveCalls(ensureDefined(parentPort, 'the port of the live ledger'), {
  call: ({ method, args }: { readonly method: keyof LiveLedger; readonly args: readonly unknown[] }) =>
    (ledger[method] as (...given: readonly unknown[]) => Promise<unknown>)(...args),
  close() {
    ledger.flush()
    db.close()
  },
})
