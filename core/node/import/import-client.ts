import { DomainError } from '../../domain/errors.ts'
import type { QuoteColumns, TickColumns } from '../../domain/market-columns.ts'
import type { ImportedFile, ImporterPort, ImportPreview } from '../../workstation/ports.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { ImportProgress, ImportTask, InspectTask, MarketFileTask, MarketSeriesTask } from './import-worker.ts'

/** The importer port over one worker thread. */
export interface ImportWorker extends ImporterPort {
  /** Ends the thread; calls under way fail with `cancelled`. */
  close(): Promise<void>
}

const pollMs = 50

/** Starts its thread with the first call, and again with the next call after a thread was lost (`worker.lost`). */
export function createImportWorker(url: URL): ImportWorker {
  let worker: WorkerCaller | undefined
  const living = (): WorkerCaller => {
    if (worker?.alive !== true) worker = startWorker(url, { name: 'import' })
    return worker
  }
  return {
    inspect: (path, recipe) => living().call<ImportPreview>('inspect', { path, recipe } satisfies InspectTask),
    async import(path, recipe, control) {
      const cancel = new Int32Array(new SharedArrayBuffer(4))
      const passOn = () => {
        if (control.cancelled()) Atomics.store(cancel, 0, 1)
      }
      passOn()
      const timer = setInterval(passOn, pollMs)
      try {
        return await living().call<ImportedFile>(
          'import',
          { path, recipe, cancel } satisfies ImportTask,
          ([done, total]: ImportProgress) => {
            control.onProgress(done, total)
            passOn()
          },
        )
      } finally {
        clearInterval(timer)
      }
    },
    ticks: (path, zone) => living().call<TickColumns>('ticks', { path, zone } satisfies MarketFileTask),
    quotes: (path, zone) => living().call<QuoteColumns>('quotes', { path, zone } satisfies MarketFileTask),
    market: (path, kind, zone) => living().call('market', { path, zone, kind } satisfies MarketSeriesTask),
    async close() {
      await worker?.kill(new DomainError('cancelled'))
    },
  }
}
