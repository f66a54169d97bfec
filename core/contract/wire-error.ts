import { z } from 'zod'
import { type ErrorCode, errorCodes } from '../domain/error-codes.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'

/** What crosses a process boundary instead of an Error: no stack, no path of ours, no prose. */
export interface WireError {
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

const wireShape = z.object({
  code: z.enum(errorCodes),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** A designed failure keeps its code; anything else becomes `internal` with its message, for the log to explain. */
export function toWireError(failure: unknown): WireError {
  if (isDomainError(failure)) return { code: failure.code, data: failure.data }
  const parsed = wireShape.safeParse(failure)
  if (parsed.success) return parsed.data
  return { code: 'internal', data: { message: failure instanceof Error ? failure.message : String(failure) } }
}

export function fromWireError(wire: WireError): DomainError {
  return new DomainError(wire.code, wire.data)
}
