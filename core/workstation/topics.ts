import type { Payload, TopicName } from '../contract/contract.ts'
import { createEmitter, type Emitter, type Unsubscribe } from '../lib/emitter.ts'

/** All topics of the contract in one place: services publish, hosts forward. */
export interface Topics {
  publish<Name extends TopicName>(name: Name, payload: Payload<Name>): void
  subscribe<Name extends TopicName>(name: Name, listener: (payload: Payload<Name>) => void): Unsubscribe
}

export function createTopics(): Topics {
  const emitters = new Map<string, Emitter<never>>()
  const emitter = (name: string) => {
    const found = emitters.get(name) ?? createEmitter<never>()
    emitters.set(name, found)
    return found
  }
  return {
    publish(name, payload) {
      emitter(name).emit(payload as never)
    },
    subscribe(name, listener) {
      return emitter(name).subscribe(listener as (payload: never) => void)
    },
  }
}
