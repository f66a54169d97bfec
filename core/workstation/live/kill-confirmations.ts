import { DomainError } from '../../domain/errors.ts'

/** So long a preview may be confirmed, ms. */
const lifeMs = 60_000

/** Tokens of the previews of the kill switch, each good once: what is confirmed was looked at just before. */
export class KillConfirmations {
  readonly #nextId: () => string
  readonly #now: () => number
  readonly #givenAt = new Map<string, number>()

  constructor(nextId: () => string, now: () => number) {
    this.#nextId = nextId
    this.#now = now
  }

  give(): string {
    for (const [token, at] of this.#givenAt) if (this.#now() - at > lifeMs) this.#givenAt.delete(token)
    const token = this.#nextId()
    this.#givenAt.set(token, this.#now())
    return token
  }

  /** Throws `live.confirmation` for a token that was not given, has been used, or is too old. */
  take(token: string): void {
    const at = this.#givenAt.get(token)
    this.#givenAt.delete(token)
    if (at === undefined || this.#now() - at > lifeMs) throw new DomainError('live.confirmation')
  }
}
