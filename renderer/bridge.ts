import type { Gives, Payload, RequestName, Takes, TopicName } from '../core/contract/contract.ts'
import type { PortMessage, PreloadApi } from '../core/contract/port-messages.ts'
import { portTag } from '../core/contract/port-messages.ts'
import { methodName } from '../core/contract/request-names.ts'
import { DomainError } from '../core/domain/errors.ts'

/** The renderer's only way to the service. */
export interface Bridge {
  /** Rejects with a DomainError. */
  call<Name extends RequestName>(name: Name, takes: Takes<Name>): Promise<Gives<Name>>
  subscribe<Name extends TopicName>(name: Name, listener: (payload: Payload<Name>) => void): () => void
  /** Path of a dropped or picked file; empty in a browser. */
  pathOf(file: File): string
}

declare global {
  interface Window {
    readonly tickwright?: PreloadApi
  }
}

let current: Bridge | undefined

/** The process-wide bridge; the preload's unless a test has set another. */
export function bridge(): Bridge {
  current ??= createPreloadBridge()
  return current
}

export function setBridge(other: Bridge): void {
  current = other
}

type Columns = Record<string, Float64Array>

/** Columns of bulk replies under way, by token. */
interface Arrivals {
  wait(token: number): Promise<Columns>
  take(message: PortMessage): void
}

function createArrivals(): Arrivals {
  const partial = new Map<number, Columns>()
  const complete = new Map<number, Columns>()
  const waiting = new Map<number, (columns: Columns) => void>()
  return {
    wait(token) {
      const columns = complete.get(token)
      if (columns === undefined) return new Promise((resolve) => waiting.set(token, resolve))
      complete.delete(token)
      return Promise.resolve(columns)
    },
    take(message) {
      if (message.kind === 'columns') {
        const columns = partial.get(message.token) ?? {}
        partial.set(message.token, columns)
        if (message.part.length === message.length) columns[message.name] = message.part
        else {
          columns[message.name] ??= new Float64Array(message.length)
          columns[message.name]?.set(message.part, message.offset)
        }
      } else if (message.kind === 'columns-end') {
        const columns = partial.get(message.token) ?? {}
        partial.delete(message.token)
        const resolve = waiting.get(message.token)
        waiting.delete(message.token)
        if (resolve === undefined) complete.set(message.token, columns)
        else resolve(columns)
      }
    },
  }
}

function createPreloadBridge(): Bridge {
  const api = window.tickwright
  if (api === undefined) throw new DomainError('service.unavailable')
  const arrivals = createArrivals()
  const listeners = new Map<string, Set<(payload: never) => void>>()

  // Columns and topics may only come through the port that our own preload hands over.
  const connected = new Promise<void>((resolve) => {
    window.addEventListener('message', (event) => {
      const [port] = event.ports
      if (event.source !== window || event.data !== portTag || port === undefined) return
      port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
        if (data.kind === 'topic')
          for (const listener of listeners.get(data.name) ?? []) listener(data.payload as never)
        else arrivals.take(data)
      }
      resolve()
    })
  })

  return {
    async call(name, takes) {
      await connected
      const method = api.requests[methodName(name)]
      if (method === undefined) throw new DomainError('request.unknown', { request: name })
      const answer = await method(takes)
      if (!answer.ok) throw new DomainError(answer.error.code, answer.error.data)
      if (answer.columns === 0) return answer.reply as Gives<typeof name>
      return { reply: answer.reply, columns: await arrivals.wait(answer.columns) } as Gives<typeof name>
    },
    subscribe(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all)
      all.add(listener as (payload: never) => void)
      return () => {
        all.delete(listener as (payload: never) => void)
      }
    },
    pathOf: (file) => api.pathOf(file),
  }
}
