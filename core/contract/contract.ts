import type { z } from 'zod'
import { channels } from './channels.ts'
import type { RequestChannel, TopicChannel, WireColumns } from './define.ts'

export type Channels = typeof channels
export type RequestName = {
  [Name in keyof Channels]: Channels[Name] extends RequestChannel ? Name : never
}[keyof Channels]
export type TopicName = {
  [Name in keyof Channels]: Channels[Name] extends TopicChannel ? Name : never
}[keyof Channels]

/** What the caller sends, before parsing. */
export type Takes<Name extends RequestName> = z.input<Channels[Name]['takes']>
/** The reply without its columns. */
export type Reply<Name extends RequestName> = z.output<Channels[Name]['gives']>
/** What the caller receives: the reply, with `columns` when the channel is bulk. */
export type Gives<Name extends RequestName> = Channels[Name]['bulk'] extends true
  ? { readonly reply: Reply<Name>; readonly columns: WireColumns }
  : Reply<Name>
export type Payload<Name extends TopicName> = z.output<Channels[Name]['payload']>

/** One function per request: the whole service, implemented by `core/workstation.ts`. */
export type Handlers = {
  readonly [Name in RequestName]: (takes: z.output<Channels[Name]['takes']>) => Promise<Gives<Name>> | Gives<Name>
}

export const requestNames = Object.keys(channels).filter(
  (name) => channels[name as keyof Channels].kind === 'request',
) as RequestName[]

export const topicNames = Object.keys(channels).filter(
  (name) => channels[name as keyof Channels].kind === 'topic',
) as TopicName[]

export function requestChannel<Name extends RequestName>(name: Name): Channels[Name] {
  return channels[name]
}
