/** Ends a subscription; calling it twice is harmless. */
export type Unsubscribe = () => void

export interface Emitter<Payload> {
  subscribe(listener: (payload: Payload) => void): Unsubscribe
  emit(payload: Payload): void
  /** Live subscriptions, so that a test can prove that none outlives it. */
  readonly size: number
}

/** Announces; never steers. A listener that throws does not keep the others from hearing; the first error is rethrown. */
export function createEmitter<Payload>(): Emitter<Payload> {
  const listeners = new Set<(payload: Payload) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit(payload) {
      const failures: unknown[] = []
      for (const listener of [...listeners]) {
        try {
          listener(payload)
        } catch (failure) {
          failures.push(failure)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
    get size() {
      return listeners.size
    },
  }
}
