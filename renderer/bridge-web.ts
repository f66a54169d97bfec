import type { Gives, Payload, TopicName } from '../core/contract/contract.ts'
import { DomainError } from '../core/domain/errors.ts'
import type { Bridge } from './bridge.ts'

/** Where the token of this tab is kept: it ends with the tab, and is never in an address. */
const tokenKey = 'tickwright.token'
const firstWaitMs = 500
const longestWaitMs = 10_000

interface Topic {
  readonly topic: TopicName
  readonly payload: never
}

type ErrorBody = { readonly error?: { readonly code: string; readonly data: Record<string, never> } }

/** The token that was typed in this tab, null before. */
export function heldToken(): string | null {
  return sessionStorage.getItem(tokenKey)
}

export function forgetToken(): void {
  sessionStorage.removeItem(tokenKey)
}

/** True when the service takes the token, which is then kept for this tab. Throws when nobody answers. */
export async function tryToken(token: string): Promise<boolean> {
  const answer = await ask('/api/app.info', {}, token)
  if (answer.status === 429) throw new DomainError('service.unauthorised')
  if (!answer.ok) return false
  sessionStorage.setItem(tokenKey, token)
  return true
}

/** The same contract over HTTP and a WebSocket, for a browser; the service is the one that served the page. */
export function createWebBridge(token: string): Bridge {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const tell = ({ topic, payload }: Topic) => {
    for (const listener of listeners.get(topic) ?? []) listener(payload)
  }
  followTopics(token, tell)
  return {
    async call(name, takes) {
      const answer = await ask(`/api/${name}`, takes, token).catch(() => {
        throw new DomainError('service.unavailable')
      })
      const body = (await answer.json()) as ErrorBody & { readonly columns?: Record<string, (number | null)[]> }
      if (!answer.ok) throw failureOf(answer.status, body)
      if (body.columns === undefined) return body as Gives<typeof name>
      const { columns, ...reply } = body
      return { reply, columns: columnsOf(columns) } as Gives<typeof name>
    },
    subscribe(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all)
      all.add(listener as (payload: never) => void)
      return () => {
        all.delete(listener as (payload: never) => void)
      }
    },
    pathOf: () => '',
  }
}

function ask(path: string, takes: unknown, token: string): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(takes),
  })
}

/** A token that is no longer taken ends the session: the page asks for another. */
function failureOf(status: number, { error }: ErrorBody): DomainError {
  if (status === 401) {
    forgetToken()
    location.reload()
  }
  return new DomainError((error?.code ?? 'internal') as 'internal', error?.data ?? {})
}

function columnsOf(columns: Record<string, (number | null)[]>): Record<string, Float64Array> {
  const entries = Object.entries(columns).map(([name, values]) => {
    return [name, Float64Array.from(values, (value) => value ?? Number.NaN)] as const
  })
  return Object.fromEntries(entries)
}

/** Hears the topics, and again when the service was away; whoever shows a state then asks for it anew. */
function followTopics(token: string, tell: (topic: Topic) => void): void {
  let waitMs = firstWaitMs
  let wasAway = false
  const again = () => {
    wasAway = true
    setTimeout(() => void open(), waitMs)
    waitMs = Math.min(longestWaitMs, waitMs * 2)
  }
  const open = async () => {
    const answer = await ask('/ticket', {}, token).catch(() => null)
    if (answer?.ok !== true) return again()
    const { ticket } = (await answer.json()) as { ticket: string }
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/topics?ticket=${ticket}`)
    socket.onopen = () => {
      waitMs = firstWaitMs
      if (wasAway) tell(refreshed)
    }
    socket.onmessage = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Topic)
    socket.onclose = again
  }
  void open()
}

/** What was missed is asked for: everything that is shown may have changed. */
const refreshed = {
  topic: 'data.changed',
  payload: { instrument: null } satisfies Payload<'data.changed'> as never,
} as const satisfies Topic
