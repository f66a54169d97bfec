import { DomainError } from '../../domain/errors.ts'
import type { LiveLedger } from '../../stores/live-ledger.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { LedgerWorkerData } from './live-ledger-worker.ts'

/** The live ledger over a thread of its own, which opens the file with the first call. */
export function createLiveLedger(workerUrl: URL, data: LedgerWorkerData): LiveLedger & { close(): Promise<void> } {
  let worker: WorkerCaller | undefined
  const call = <Gives>(method: keyof LiveLedger, ...args: readonly unknown[]): Promise<Gives> => {
    if (worker?.alive !== true) worker = startWorker(workerUrl, { name: 'live-ledger', workerData: data })
    return worker.call<Gives>('call', { method, args })
  }
  return {
    create: (session) => call('create', session),
    end: (session, end) => call('end', session, end),
    sessions: () => call('sessions'),
    session: (id) => call('session', id),
    append: (entries) => call('append', entries),
    read: (...args) => call('read', ...args),
    lastSeq: (session) => call('lastSeq', session),
    verify: (session) => call('verify', session),
    orders: (query) => call('orders', query),
    fills: (query) => call('fills', query),
    ask: (...args) => call('ask', ...args),
    asked: () => call('asked'),
    answer: (...args) => call('answer', ...args),
    answerOf: (id) => call('answerOf', id),
    async close() {
      if (worker?.alive !== true) return
      await worker.call('close', {})
      await worker.kill(new DomainError('cancelled'))
      worker = undefined
    },
  }
}
