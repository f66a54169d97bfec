import type { z } from 'zod'
import type { ErrorCode } from '../domain/error-codes.ts'

/** Plain columns of one reply; they travel as transferred or copied buffers, never as JSON numbers (except REST with `Accept: application/json`). */
export type WireColumns = Readonly<Record<string, Float64Array>>

/** One request: what it takes, what it gives, what can go wrong, and how a terminal reaches it. */
export interface RequestChannel<Takes extends z.ZodType = z.ZodType, Gives extends z.ZodType = z.ZodType> {
  readonly kind: 'request'
  readonly takes: Takes
  readonly gives: Gives
  readonly fails: readonly ErrorCode[]
  /** True when the reply also carries columns: handlers then return `{ reply, columns }`. */
  readonly bulk: boolean
  /** True when it changes something: REST then accepts POST only and the audit log gets a line. */
  readonly changes: boolean
  /** One sentence for OpenAPI and `tickwright call --help`. */
  readonly about: string
}

/** One stream of facts, past tense; a late subscriber asks the matching request for the present state. */
export interface TopicChannel<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'topic'
  readonly payload: Payload
  readonly about: string
}

interface RequestOptions<Takes, Gives> {
  readonly about: string
  readonly takes: Takes
  readonly gives: Gives
  readonly fails?: readonly ErrorCode[]
  readonly bulk?: boolean
  readonly changes?: boolean
}

export function request<Takes extends z.ZodType, Gives extends z.ZodType, const Bulk extends boolean = false>(
  options: RequestOptions<Takes, Gives> & { readonly bulk?: Bulk },
): RequestChannel<Takes, Gives> & { readonly bulk: Bulk } {
  return {
    kind: 'request',
    takes: options.takes,
    gives: options.gives,
    fails: options.fails ?? [],
    bulk: (options.bulk ?? false) as Bulk,
    changes: options.changes ?? false,
    about: options.about,
  }
}

export function topic<Payload extends z.ZodType>(options: {
  readonly about: string
  readonly payload: Payload
}): TopicChannel<Payload> {
  return { kind: 'topic', payload: options.payload, about: options.about }
}
