import { DomainError } from '../../domain/errors.ts'
import type { CallStore } from '../../stores/call-store.ts'
import type { DeliveryStore } from '../../stores/delivery-store.ts'
import type { LiveLedger } from '../../stores/live-ledger.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { LedgerCall, LedgerWorkerData } from './live-ledger-worker.ts'

/** The stores in `live.db`. */
export interface LiveStores {
  readonly ledger: LiveLedger
  readonly deliveries: DeliveryStore
  readonly calls: CallStore
  close(): Promise<void>
}

/** The stores over a thread of their own, which opens the file with the first call. */
export function createLiveStores(workerUrl: URL, data: LedgerWorkerData): LiveStores {
  let worker: WorkerCaller | undefined
  const caller =
    (store: LedgerCall['store']) =>
    <Gives>(method: string, ...args: readonly unknown[]): Promise<Gives> => {
      if (worker?.alive !== true) worker = startWorker(workerUrl, { name: 'live-ledger', workerData: data })
      return worker.call<Gives>('call', { store, method, args } satisfies LedgerCall)
    }
  return {
    ledger: ledgerOf(caller('ledger')),
    deliveries: deliveriesOf(caller('deliveries')),
    calls: callsOf(caller('calls')),
    async close() {
      if (worker?.alive !== true) return
      await worker.call('close', {})
      await worker.kill(new DomainError('cancelled'))
      worker = undefined
    },
  }
}

type Call = <Gives>(method: string, ...args: readonly unknown[]) => Promise<Gives>

function ledgerOf(call: Call): LiveLedger {
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
  }
}

function callsOf(call: Call): CallStore {
  return { begin: (...args) => call('begin', ...args), end: (...args) => call('end', ...args) }
}

function deliveriesOf(call: Call): DeliveryStore {
  return {
    put: (deliveries) => call('put', deliveries),
    pending: () => call('pending'),
    unacknowledged: () => call('unacknowledged'),
    find: (query) => call('find', query),
  }
}
