import type { Gives, Payload, RequestName, TopicName } from '../contract/contract.ts'
import { requestChannel } from '../contract/contract.ts'
import type { WireColumns } from '../contract/define.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import type { Unsubscribe } from '../lib/emitter.ts'
import type { CallStore } from '../stores/call-store.ts'
import type { Workstation } from '../workstation.ts'
import type { Log } from './log.ts'

/** What every host (window, HTTP, terminal) holds. */
export interface Service {
  readonly workstation: Workstation
  readonly log: Log
  /** Calls under an Idempotency-Key. */
  readonly calls: CallStore
  subscribe<Name extends TopicName>(name: Name, listener: (payload: Payload<Name>) => void): Unsubscribe
  /** Waits for what is under way, checkpoints the store and gives its lock back. */
  close(): Promise<void>
}

/** The one way in: parses strictly, then calls. Throws `request.invalid` naming the first wrong field. */
export async function callService<Name extends RequestName>(
  service: Pick<Service, 'workstation' | 'log'>,
  name: Name,
  takes: unknown,
): Promise<Gives<Name>> {
  const parsed = requestChannel(name).takes.safeParse(takes)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue?.path.map(String).join('.') ?? ''
    throw new DomainError('request.invalid', { request: name, field, message: issue?.message ?? '' })
  }
  const handler = service.workstation.handlers[name] as (takes: unknown) => Promise<Gives<Name>>
  try {
    return await handler(parsed.data)
  } catch (failure) {
    // A designed failure is an answer; anything else is ours to find.
    if (!isDomainError(failure)) service.log.error(failure, name)
    throw failure
  }
}

/** What a request gave, taken apart for the wire: the JSON reply, and the columns of a bulk channel. */
export function replyParts(
  name: RequestName,
  gives: unknown,
): { readonly reply: object; readonly columns: WireColumns | null } {
  if (!requestChannel(name).bulk) return { reply: gives as object, columns: null }
  return gives as { reply: object; columns: WireColumns }
}
