import { DomainError, type ErrorData } from '../../domain/errors.ts'

/** Where a failure happened: what the user's sentence names. `file` is a path; the others only where they are known. */
export interface StorePlace {
  readonly file: string
  readonly instrument?: string
  readonly interval?: string
  /** Of market data: tick, quote or book. */
  readonly kind?: string
  readonly run?: string
}

/** `store.corrupt`; `reason` is what its sentence puts in brackets: what exactly is damaged, in no language. */
export function corruption(place: StorePlace, reason: string, data: ErrorData = {}, cause?: unknown): DomainError {
  return new DomainError('store.corrupt', { next: 'restore', ...place, ...data, reason }, { cause })
}

/** A period of stored data that is not what was written: the data can be deleted and imported again. */
export function damagedPeriod(place: StorePlace, period: { readonly from: number; readonly to: number }): DomainError {
  const part = [place.instrument, place.interval, place.kind].filter((word) => word !== undefined)
  const reason = [...part, `${stamp(period.from)}…${stamp(period.to)}`].join(' ')
  return corruption(place, reason, { ...period, next: 'reimport' })
}

/** ISO 8601, or the number itself when damage made it no date. */
function stamp(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time)
}

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : ''

const unavailable =
  /^(SQLITE_(READONLY|CANTOPEN|IOERR|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR|ENOENT|EIO|ELOOP|EMFILE)/

/** True when the database file itself is damaged. */
export function isCorruption(failure: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(failure))
}

/** A failure of SQLite or of the file system as the DomainError a user can act on; anything else stays as it is. */
export function toStoreError(failure: unknown, place: StorePlace): unknown {
  const code = codeOf(failure)
  const options = { cause: failure }
  if (/^SQLITE_FULL|^SQLITE_IOERR_SHMSIZE|^ENOSPC|^EDQUOT/.test(code))
    return new DomainError('store.full', { ...place }, options)
  if (isCorruption(failure)) {
    const part = [place.instrument, place.interval, place.kind, place.run].filter((word) => word !== undefined)
    return corruption(place, [...part, code].join(' '), {}, failure)
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new DomainError('store.locked', { ...place }, options)
  if (unavailable.test(code)) return new DomainError('store.unavailable', { ...place, reason: code }, options)
  return failure
}

/** Runs `work`, giving its failures the form of `toStoreError`. */
export function atPlace<Value>(place: StorePlace, work: () => Value): Value {
  try {
    return work()
  } catch (failure) {
    throw toStoreError(failure, place)
  }
}
