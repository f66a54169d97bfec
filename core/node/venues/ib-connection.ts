import { EventName, IBApi } from '@stoqey/ib'
import { DomainError } from '../../domain/errors.ts'

export interface IbOptions {
  readonly host: string
  /** 7496 TWS, 7497 TWS on paper, 4001 and 4002 the gateway. */
  readonly port: number
  /** Each program at one TWS needs its own. */
  readonly clientId: number
}

/** What TWS tells about itself or a request of it; 2xxx are notices. */
export interface IbTrouble {
  readonly code: number
  readonly request: number
  readonly text: string
}

const connectTimeoutMs = 10_000
/** Far from the numbers of orders: errors name both by number alone. */
const firstRequest = 1_000_000_000

/** A connection that has greeted; requests take their numbers from it. */
export interface IbConnection {
  readonly api: IBApi
  nextRequest(): number
  /** Numbers of orders rise from what TWS names. */
  nextOrder(): number
  /** Hears an event until the returned function is called; the library types each event by itself. */
  hear(event: EventName, listener: (...facts: never[]) => void): () => void
  /** Calls back for errors of that request until the returned function is called. */
  onError(request: number, call: (trouble: IbTrouble) => void): () => void
  /** The connection broke or TWS lost the venue; told once. */
  onLost(call: (error: DomainError) => void): void
  close(): void
}

/** Connects and waits until TWS is ready for requests. Fails with `venue.unreachable` or `venue.refused` (client id in use). */
export async function connectIb(options: IbOptions): Promise<IbConnection> {
  const { host, port, clientId } = options
  const venue = `${host}:${port}`
  const api = new IBApi({ host, port, clientId })
  const errors = new Map<number, (trouble: IbTrouble) => void>()
  const state = {
    lost: undefined as DomainError | undefined,
    tell: (_: DomainError): void => undefined,
    request: firstRequest,
    order: 0,
  }
  const lose = (error: DomainError) => {
    if (state.lost !== undefined) return
    state.lost = error
    state.tell(error)
  }
  api.on(EventName.disconnected, () =>
    lose(new DomainError('venue.unreachable', { venue, detail: 'TWS closed the connection' })),
  )
  const hear = (trouble: IbTrouble) => {
    errors.get(trouble.request)?.(trouble)
    const lost = lossOf(trouble, venue)
    if (lost !== undefined) lose(lost)
  }
  api.on(EventName.error, (failure, code, request) => hear({ code: Number(code), request, text: failure.message }))
  // What concerns no request comes here, the loss of the venue among it
  api.on(EventName.info, (text, code) => hear({ code: Number(code), request: -1, text }))
  try {
    state.order = await greeted(api, venue, (fail) => {
      state.tell = fail
    })
  } catch (failure) {
    api.disconnect()
    throw failure
  }
  return {
    api,
    nextRequest: () => ++state.request,
    nextOrder: () => state.order++,
    hear(event, listener) {
      const events = api as unknown as Record<'on' | 'off', (event: EventName, call: typeof listener) => void>
      events.on(event, listener)
      return () => events.off(event, listener)
    },
    onError(request, call) {
      errors.set(request, call)
      return () => void errors.delete(request)
    },
    onLost(call) {
      state.tell = call
      if (state.lost !== undefined) call(state.lost)
    },
    close() {
      state.tell = () => undefined
      api.disconnect()
    },
  }
}

function greeted(api: IBApi, venue: string, failing: (fail: (error: DomainError) => void) => void): Promise<number> {
  return new Promise((done, fail) => {
    const late = setTimeout(
      () =>
        fail(new DomainError('venue.unreachable', { venue, detail: 'TWS did not greet in time; is its API enabled?' })),
      connectTimeoutMs,
    )
    failing((error) => {
      clearTimeout(late)
      fail(error)
    })
    api.once(EventName.nextValidId, (order) => {
      clearTimeout(late)
      done(order)
    })
    api.connect()
  })
}

/** Codes that mean the end of the connection: refused, in use, TWS without its venue, streams dropped on the way back. */
function lossOf({ code, text }: IbTrouble, venue: string): DomainError | undefined {
  if (code === 326) return new DomainError('venue.refused', { venue, detail: text })
  if ([502, 504, 507, 1100, 1101, 1300].includes(code))
    return new DomainError('venue.unreachable', { venue, detail: text })
  return undefined
}

/** A request's error in our words: `venue.symbol`, `venue.refused` (no market data rights), `venue.busy` (pacing), `venue.failed`. */
export function ibError({ code, text }: IbTrouble, venue: string): DomainError {
  const detail = `${code}: ${text}`
  if (code === 200) return new DomainError('venue.symbol', { venue, detail })
  if ([354, 10_089, 10_090, 10_168, 10_186, 10_187].includes(code))
    return new DomainError('venue.refused', { venue, detail })
  if (code === 100 || (code === 162 && /pacing/i.test(text))) return new DomainError('venue.busy', { venue, detail })
  return new DomainError('venue.failed', { venue, detail })
}

/** Notices that come with a request's number but end nothing. */
export function isNotice({ code }: IbTrouble): boolean {
  return (code >= 2100 && code < 2200) || code === 10_167 || code === 399
}
