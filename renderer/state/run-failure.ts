import type { ErrorCode } from '../../core/domain/error-codes.ts'
import { DomainError } from '../../core/domain/errors.ts'
import type { Job } from './types.ts'

/** The failure that a run or a job carries, as an error whose sentence `errorText` finds. */
export function failureOf(wire: Job['error']): DomainError {
  return wire === null ? new DomainError('internal') : new DomainError(wire.code as ErrorCode, wire.data)
}
