import { type MessagePort, type Transferable, Worker, type WorkerOptions } from 'node:worker_threads'
import { fromWireError, toWireError, type WireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'

/** One numbered call into a worker thread; progress messages may precede the answer. */
interface CallMessage {
  readonly id: number
  readonly op: string
  readonly takes: unknown
}
type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly gives: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError }
  | { readonly id: number; readonly progress: unknown }

/** What a handler may return beside its value: buffers to move instead of copy. */
export interface Moved<Value> {
  readonly value: Value
  readonly transfer: readonly Transferable[]
}
export function moved<Value>(value: Value, transfer: readonly Transferable[]): Moved<Value> {
  return { value, transfer }
}

export type CallHandlers = Readonly<
  Record<string, (takes: never, report: (progress: unknown) => void) => unknown | Promise<unknown>>
>

/** Worker side: answers every call with its handler's value or a wire error; nothing thrown is lost. */
export function serveCalls(port: MessagePort, handlers: CallHandlers): void {
  port.on('message', async ({ id, op, takes }: CallMessage) => {
    try {
      const handler = handlers[op]
      if (handler === undefined) throw new DomainError('request.unknown', { request: op })
      const answer = await handler(takes as never, (progress) => port.postMessage({ id, progress }))
      const { value, transfer } = isMoved(answer) ? answer : { value: answer, transfer: [] }
      port.postMessage({ id, ok: true, gives: value } satisfies AnswerMessage, [...transfer])
    } catch (failure) {
      port.postMessage({ id, ok: false, error: toWireError(failure) } satisfies AnswerMessage)
    }
  })
}

function isMoved(answer: unknown): answer is Moved<unknown> {
  return typeof answer === 'object' && answer !== null && 'transfer' in answer && 'value' in answer
}

/** Main side of one worker thread. A worker that dies fails its pending calls with `worker.lost` (or `strategy.memory`). */
export interface WorkerCaller {
  call<Gives>(op: string, takes: unknown, onProgress?: (progress: never) => void): Promise<Gives>
  /** Kills the thread; pending calls fail with `reason`. */
  kill(reason: DomainError): Promise<void>
  readonly alive: boolean
}

interface Pending {
  readonly resolve: (value: never) => void
  readonly reject: (failure: unknown) => void
  readonly onProgress: ((progress: never) => void) | undefined
}

export function startWorker(url: URL, options: WorkerOptions = {}): WorkerCaller {
  const worker = new Worker(url, options)
  const pending = new Map<number, Pending>()
  let lastId = 0
  let end: DomainError | undefined

  const failAll = (failure: DomainError) => {
    end ??= failure
    for (const call of pending.values()) call.reject(end)
    pending.clear()
  }
  worker.on('message', (message: AnswerMessage) => {
    const call = pending.get(message.id)
    if (call === undefined) return
    if ('progress' in message) {
      call.onProgress?.(message.progress as never)
      return
    }
    pending.delete(message.id)
    if (message.ok) call.resolve(message.gives as never)
    else call.reject(fromWireError(message.error))
  })
  worker.on('error', (failure: Error & { code?: string }) => {
    const outOfMemory = failure.code === 'ERR_WORKER_OUT_OF_MEMORY'
    failAll(new DomainError(outOfMemory ? 'strategy.memory' : 'worker.lost', { message: failure.message }))
  })
  worker.on('exit', (code) => failAll(new DomainError('worker.lost', { message: `exit code ${code}` })))
  worker.unref()

  return {
    call(op, takes, onProgress) {
      if (end !== undefined) return Promise.reject(end)
      const id = ++lastId
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject, onProgress })
        worker.postMessage({ id, op, takes } satisfies CallMessage)
      })
    },
    async kill(reason) {
      failAll(reason)
      await worker.terminate()
    },
    get alive() {
      return end === undefined
    },
  }
}
