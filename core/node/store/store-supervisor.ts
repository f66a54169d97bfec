import { DomainError } from '../../domain/errors.ts'
import { createEmitter, type Unsubscribe } from '../../lib/emitter.ts'
import type { StoreMethod, StoreMethods } from './protocol.ts'
import type { StoreThread } from './store-thread.ts'

export type StoreState = 'ready' | 'recovering' | 'failed'

export interface StoreChange {
  readonly state: StoreState
  /** Why it is recovering or failed. */
  readonly error: DomainError | null
}

/** Keeps one store thread running. */
export interface StoreSupervisor {
  /** The first opening. */
  readonly opened: Promise<void>
  readonly state: StoreState
  readonly notices: readonly DomainError[]
  onState(listener: (change: StoreChange) => void): Unsubscribe
  call<Method extends StoreMethod>(
    method: Method,
    ...args: Parameters<StoreMethods[Method]>
  ): ReturnType<StoreMethods[Method]>
  /** Closes the files after the calls already made, then ends the thread. */
  end(): Promise<void>
}

/** Starts a thread by `connect`, and another when it dies, unless it died without having answered anything. */
export function superviseStore(connect: () => StoreThread): StoreSupervisor {
  const changes = createEmitter<StoreChange>()
  const notices: DomainError[] = []
  let state: StoreState = 'recovering'
  let thread = connect()
  let ending: Promise<void> | undefined
  // Set once the files were open, cleared by a restart, set again by the first call that the new thread answers.
  let mayRestart = false

  const become = (next: StoreState, error: DomainError | null = null) => {
    state = next
    changes.emit({ state, error })
  }
  const watch = async (): Promise<void> => {
    void thread.ended.then(onEnd)
    notices.push(...(await thread.opened))
    become('ready')
  }
  const onEnd = (error: DomainError) => {
    if (ending !== undefined) return
    if (!mayRestart) return become('failed', error)
    mayRestart = false
    thread = connect()
    become('recovering', error)
    // Why it cannot open arrives through `ended` as well.
    watch().catch(() => {})
  }
  const opened = watch().then(() => {
    mayRestart = true
  })
  const call = async (method: StoreMethod, args: readonly unknown[]): Promise<unknown> => {
    const refusal = ending !== undefined ? 'closed' : state === 'failed' ? 'failed' : null
    if (refusal !== null) throw new DomainError('store.unavailable', { reason: refusal })
    const value = await thread.call(method, args)
    mayRestart = true
    return value
  }
  const end = async () => {
    // A thread that is gone refuses, and there is nothing left to close.
    await thread.call('store.close', []).catch(() => {})
    await thread.terminate()
  }
  return {
    opened,
    notices,
    get state() {
      return state
    },
    onState: (listener) => changes.subscribe(listener),
    call: (method, ...args) => call(method, args) as ReturnType<StoreMethods[typeof method]>,
    end() {
      ending ??= end()
      return ending
    },
  }
}
