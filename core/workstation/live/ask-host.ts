import type { Handlers } from '../../contract/contract.ts'
import { fromWireError, toWireError, type WireError } from '../../contract/wire-error.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import type { Ports } from '../ports.ts'
import type { LiveHandlers } from './live-requests.ts'

/** Older requests are not carried out: whoever asked has gone. */
const freshMs = 10_000
const lookMs = 100
const patienceMs = 8_000
const listenMs = 200

type Answer = { readonly ok: true; readonly gives: unknown } | { readonly ok: false; readonly error: WireError }

/** Requests that only the service that runs the sessions can answer. */
const hostRequests = [
  ...['live.start', 'live.list', 'live.get', 'live.pause', 'live.stop', 'live.limits', 'live.order', 'live.preview'],
  ...['live.move', 'live.cancel', 'live.flatten', 'live.kill'],
] as const satisfies readonly string[]

/** In the host: carries out what other processes on the same data folder ask for. Ends with the returned function. */
export function answerOthers(ports: Ports, handlers: LiveHandlers): () => void {
  const { live, clock } = ports
  const { ledger } = live
  let isBusy = false
  const answerAll = async () => {
    for (const { id, at, request, takes } of await ledger.asked()) {
      const isFresh = clock.now() - at < freshMs && (hostRequests as readonly string[]).includes(request)
      await ledger.answer(id, isFresh ? await answerOf(handlers, request, takes) : expired())
    }
  }
  return ports.every(listenMs, () => {
    if (isBusy) return
    isBusy = true
    void answerAll()
      .catch(() => undefined)
      .finally(() => {
        isBusy = false
      })
  })
}

function expired(): Answer {
  return { ok: false, error: toWireError(new DomainError('live.no-service')) }
}

async function answerOf(handlers: LiveHandlers, request: string, takes: unknown): Promise<Answer> {
  try {
    const handler = handlers[request as keyof LiveHandlers] as (takes: unknown) => Promise<unknown>
    return { ok: true, gives: await handler(takes) }
  } catch (failure) {
    return { ok: false, error: toWireError(failure) }
  }
}

/** Elsewhere: the same requests, asked of the host through the ledger; what the record answers is answered from it. */
export function askingHost(ports: Ports, own: LiveHandlers): LiveHandlers {
  const { live, clock } = ports
  const ask = async (request: string, takes: unknown): Promise<unknown> => {
    if (!live.hostMayBeUp()) throw new DomainError('live.no-service')
    const id = await live.ledger.ask(request, takes, clock.now())
    const end = clock.now() + patienceMs
    while (clock.now() < end) {
      const answer = (await live.ledger.answerOf(id)) as Answer | undefined
      if (answer?.ok === true) return answer.gives
      if (answer?.ok === false) throw fromWireError(answer.error)
      await new Promise<void>((resolve) => {
        ports.after(lookMs, resolve)
      })
    }
    throw new DomainError('live.no-service')
  }
  const asked = Object.fromEntries(hostRequests.map((request) => [request, (takes: unknown) => ask(request, takes)]))
  /** Without a host the record still tells what there was. */
  const orRecord = <Name extends 'live.list' | 'live.get'>(name: Name): Handlers[Name] =>
    (async (takes: never) => {
      try {
        return await ask(name, takes)
      } catch (failure) {
        if (!isDomainError(failure) || failure.code !== 'live.no-service') throw failure
        return (own[name] as (takes: never) => unknown)(takes)
      }
    }) as unknown as Handlers[Name]
  return {
    ...own,
    ...(asked as Partial<LiveHandlers>),
    'live.list': orRecord('live.list'),
    'live.get': orRecord('live.get'),
  }
}
