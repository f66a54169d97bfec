/** Why a message was not taken, in words without secrets. */
export class DeliveryFailure extends Error {
  /** True: it may be taken later. */
  readonly canRetry: boolean
  /** Not before so many milliseconds; null: nobody says. */
  readonly retryAfterMs: number | null

  constructor(reason: string, options: { readonly canRetry: boolean; readonly retryAfterMs?: number | null }) {
    super(reason)
    this.name = 'DeliveryFailure'
    this.canRetry = options.canRetry
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** The failure with everything that is secret taken out of its words. */
export function withoutSecrets(failure: DeliveryFailure, secrets: Readonly<Record<string, string>>): DeliveryFailure {
  const { canRetry, retryAfterMs } = failure
  const words = Object.values(secrets)
    .filter((secret) => secret !== '')
    .reduce(
      (text, secret) => text.replaceAll(secret, '•••').replaceAll(encodeURIComponent(secret), '•••'),
      failure.message,
    )
  return new DeliveryFailure(words, { canRetry, retryAfterMs })
}
