import { DomainError } from '../../domain/errors.ts'

const reasonOfStatus: Readonly<Record<number, string>> = { 401: 'unauthorized', 403: 'forbidden', 404: 'not found' }

/** `store.unavailable` for what a server refused; the sentence shows status and the server's own words. */
export function refusal(place: string, status: number, body: string): DomainError {
  const words = serverWords(body)
  const reason = [String(status), reasonOfStatus[status], words].filter((part) => part !== undefined && part !== '')
  return new DomainError('store.unavailable', { file: place, reason: reason.join(' ') })
}

/** `store.unavailable` for a server that did not answer. */
export function noAnswer(place: string, failure: unknown): DomainError {
  if (failure instanceof DomainError) return failure
  const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new DomainError('store.unavailable', { file: place, reason: code }, { cause: failure })
}

function serverWords(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: string; message?: string }
    return message ?? error ?? ''
  } catch {
    return body.slice(0, 200)
  }
}
