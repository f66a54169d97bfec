import { DomainError } from '../../domain/errors.ts'
import type { CallStore } from '../../stores/call-store.ts'

interface Running {
  readonly request: string
  readonly answer: Promise<unknown>
}

/**
 * Answers by Idempotency-Key: a call that is repeated, because its answer was lost on the way, is answered as the first
 * time and done once, also by the next service. Kept for a day. A call that failed may be tried again under its key.
 */
export class RepeatedCalls {
  readonly #store: CallStore
  readonly #running = new Map<string, Running>()

  constructor(store: CallStore) {
    this.#store = store
  }

  /**
   * Fails with `service.key-used` for a key that stands for another request, and with `service.key-open` for one whose
   * call a service had begun when it ended: nobody knows what became of it.
   */
  once(key: string, request: string, now: number, call: () => Promise<unknown>): Promise<unknown> {
    const known = this.#running.get(key)
    if (known !== undefined) return known.request === request ? known.answer : Promise.reject(used(key, request))
    const answer = this.#begin(key, request, now, call)
    this.#running.set(key, { request, answer })
    const forget = () => void this.#running.delete(key)
    answer.then(forget, forget)
    return answer
  }

  async #begin(key: string, request: string, now: number, call: () => Promise<unknown>): Promise<unknown> {
    const known = await this.#store.begin(key, request, now)
    if (known !== null && known.request !== request) throw used(key, request)
    if (known !== null && known.answer === null) throw new DomainError('service.key-open', { key, request })
    if (known !== null) return known.answer
    let answer: unknown
    try {
      answer = await call()
    } catch (failure) {
      await this.#store.end(key, null)
      throw failure
    }
    await this.#store.end(key, answer)
    return answer
  }
}

function used(key: string, request: string): DomainError {
  return new DomainError('service.key-used', { key, request })
}
