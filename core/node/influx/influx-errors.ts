import { DomainError } from '../../domain/errors.ts'
import type { InfluxPlace } from './influx-url.ts'

/** What a server refused: `store.login` for name or token, else `store.server-failed` with status and the server's own words. */
export function refusal({ url, user, version }: InfluxPlace, status: number, body: string): DomainError {
  const words = serverWords(body)
  if (status === 401) return new DomainError('store.login', { server: url, user: version === 1 ? user : 'token' })
  return new DomainError('store.server-failed', { server: url, reason: [status, words].join(' ').trim() })
}

/** `store.unreachable` for a server that did not answer. */
export function noAnswer({ url }: InfluxPlace, failure: unknown): DomainError {
  if (failure instanceof DomainError) return failure
  const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new DomainError('store.unreachable', { server: url, reason: code }, { cause: failure })
}

/** The server took rows and does not have them, again and again. */
export function lostRows(server: string, count: number): DomainError {
  return new DomainError('store.server-failed', { server, reason: `${count} rows that it acknowledged are not there` })
}

function serverWords(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: string; message?: string }
    return message ?? error ?? ''
  } catch {
    return body.slice(0, 200)
  }
}
