interface Answered {
  readonly at: number
  readonly request: string
  readonly answer: Promise<unknown>
}

const lifeMs = 24 * 3_600_000
const most = 10_000

/**
 * Answers by Idempotency-Key: a call that is repeated, because its answer was lost on the way, is answered as the first
 * time and done once. Kept for a day, while the service runs. A call that failed may be tried again under its key.
 */
export class RepeatedCalls {
  readonly #answers = new Map<string, Answered>()

  /** Undefined for a key that stands for another request. */
  once(key: string, request: string, now: number, call: () => Promise<unknown>): Promise<unknown> | undefined {
    for (const [old, { at }] of this.#answers) {
      if (now - at < lifeMs && this.#answers.size <= most) break
      this.#answers.delete(old)
    }
    const known = this.#answers.get(key)
    if (known !== undefined) return known.request === request ? known.answer : undefined
    const answer = call()
    this.#answers.set(key, { at: now, request, answer })
    answer.catch(() => this.#answers.delete(key))
    return answer
  }
}
