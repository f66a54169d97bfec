import type { ErrorCode } from './error-codes.ts'

/** What a sentence about an error may mention: plain values only, so that it crosses every process boundary. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>

/**
 * An expected failure: a code of the catalogue plus the values its sentence names (place, value, limit).
 * The sentence itself, in the user's language, lives in `resources/messages.<language>.json` under the code;
 * `message` here is the English fallback for logs.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(data)}`, options)
    this.name = 'DomainError'
    this.code = code
    this.data = data
  }
}

export function isDomainError(value: unknown): value is DomainError {
  return value instanceof DomainError
}
