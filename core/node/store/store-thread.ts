import { Worker } from 'node:worker_threads'
import { fromWireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import type { StoreMethod, StoreReply, StoreRequest, StoreWorkerData } from './protocol.ts'

/** One life of the store thread. */
export interface StoreThread {
  /** What opening had to repair; rejects with the reason why the files cannot be opened. */
  readonly opened: Promise<readonly DomainError[]>
  /** Resolves, never rejects, when the thread is gone: with the reason it gave, or `worker.lost`. */
  readonly ended: Promise<DomainError>
  call(method: StoreMethod, args: readonly unknown[]): Promise<unknown>
  terminate(): Promise<void>
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: DomainError) => void
}

/** Starts a store thread and pairs its replies with calls. */
export function connectStoreThread(workerUrl: URL, data: StoreWorkerData): StoreThread {
  const worker = new Worker(workerUrl, { workerData: data, name: 'store' })
  const pending = new Map<number, Pending>()
  const opened = Promise.withResolvers<readonly DomainError[]>()
  const ended = Promise.withResolvers<DomainError>()
  let lastId = 0
  let reason: DomainError | null = null
  let gone: DomainError | null = null

  const settle = (id: number, settleWith: (call: Pending) => void) => {
    const call = pending.get(id)
    if (call === undefined) return
    pending.delete(id)
    settleWith(call)
  }
  worker.on('message', (reply: StoreReply) => {
    if (reply.kind === 'opened') opened.resolve(reply.notices.map(fromWireError))
    else if (reply.kind === 'value') settle(reply.id, (call) => call.resolve(reply.value))
    else if (reply.kind === 'failure') settle(reply.id, (call) => call.reject(fromWireError(reply.error)))
    else {
      reason = fromWireError(reply.error)
      void worker.terminate()
    }
  })
  worker.on('error', (cause) => {
    reason = new DomainError('worker.lost', { worker: 'store', message: cause.message }, { cause })
  })
  worker.on('exit', () => {
    const why = reason ?? new DomainError('worker.lost', { worker: 'store', message: 'store' })
    gone = why
    // First, so that whoever hears of the loss already meets the next thread.
    ended.resolve(why)
    opened.reject(why)
    for (const call of pending.values()) call.reject(why)
    pending.clear()
  })
  // Whoever awaits `opened` hears of it; a restart listens to `ended` instead.
  opened.promise.catch(() => {})

  return {
    opened: opened.promise,
    ended: ended.promise,
    async call(method, args) {
      if (gone !== null) throw gone
      const call = Promise.withResolvers<unknown>()
      const request: StoreRequest = { id: ++lastId, method, args }
      // First: a value that cannot be cloned throws here and leaves nothing behind.
      worker.postMessage(request)
      pending.set(request.id, call)
      return call.promise
    },
    async terminate() {
      await worker.terminate()
    },
  }
}
