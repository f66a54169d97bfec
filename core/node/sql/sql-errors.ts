import { DomainError } from '../../domain/errors.ts'
import { placeOf, type ServerAddress } from './store-address.ts'

interface DriverFailure {
  readonly code?: string
  readonly sqlMessage?: string
  readonly message: string
}

const lost =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_CONNECTION_LOST|PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR|PROTOCOL_ENQUEUE_AFTER_QUIT|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR|ERR_STREAM_PREMATURE_CLOSE|08\w{3}|57P0[123]|53300)$/
const lostMessage =
  /Connection terminated|connection timeout|timeout expired|closed state|Connection ended|not queryable/i
const deadlock = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|40001|40P01|ER_CHECKREAD)$/
const tls = /^(HANDSHAKE_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_VERIFY|CERT_)|SSL/

const failureOf = (failure: unknown): DriverFailure =>
  failure instanceof Error ? (failure as DriverFailure & Error) : { message: String(failure) }
/** A refused connection to a name with several addresses is an AggregateError whose code says why. */
const codeOf = (failure: unknown): string => failureOf(failure).code ?? ''

/** The connection is gone: what was not committed is not stored, and may be repeated. */
export function isLost(failure: unknown): boolean {
  return lost.test(codeOf(failure)) || (failure instanceof Error && lostMessage.test(failure.message))
}

/** The server chose this transaction to give way to another. */
export function isDeadlock(failure: unknown): boolean {
  return deadlock.test(codeOf(failure))
}

const byCode: readonly (readonly [RegExp, 'store.login' | 'store.no-database' | 'store.no-rights' | 'store.full'])[] = [
  [/^(ER_ACCESS_DENIED_ERROR|28P01|28000)$/, 'store.login'],
  [/^(ER_BAD_DB_ERROR|3D000)$/, 'store.no-database'],
  [
    /^(ER_DBACCESS_DENIED_ERROR|ER_TABLEACCESS_DENIED_ERROR|ER_COLUMNACCESS_DENIED_ERROR|ER_OPTION_PREVENTS_STATEMENT|42501|25006)$/,
    'store.no-rights',
  ],
  [/^(ER_RECORD_FILE_FULL|ER_DISK_FULL|53100)$/, 'store.full'],
]

/** A driver's failure as the DomainError a user can act on. Messages of drivers never hold the password. */
export function toSqlError(failure: unknown, address: ServerAddress): unknown {
  if (failure instanceof DomainError) return failure
  const code = codeOf(failure)
  const data = { server: placeOf(address), user: address.user, database: address.database }
  const options = { cause: failure }
  if (tls.test(code) || /SSL|certificate/i.test(failureOf(failure).message))
    return new DomainError('store.tls', { ...data, reason: failureOf(failure).message }, options)
  const known = byCode.find(([pattern]) => pattern.test(code))
  if (known !== undefined) return new DomainError(known[1], data, options)
  // pg asks for a password that nobody gave with an error of its own.
  if (/password must be a string/.test(failureOf(failure).message)) return new DomainError('store.login', data, options)
  if (isLost(failure)) return new DomainError('store.unreachable', { ...data, reason: code || 'closed' }, options)
  if (isDeadlock(failure)) return new DomainError('store.locked', data, options)
  if (/^(ER_|[0-9A-Z]{5}$)/.test(code)) {
    const { sqlMessage, message } = failureOf(failure)
    return new DomainError(
      'store.server-failed',
      { ...data, reason: `${code} ${sqlMessage ?? message}`.slice(0, 300) },
      options,
    )
  }
  return failure
}
