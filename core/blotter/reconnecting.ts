import { DomainError, isDomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { MarketKind, MarketMessage } from '../domain/market-message.ts'
import type { Clock } from '../lib/clock.ts'
import type { SourceInstrument, SourceListener } from './market-source.ts'
import type { RateBudget } from './rate-budget.ts'
import { type ReconnectPolicy, waitBefore } from './reconnect-policy.ts'

/** An open connection to a venue. */
export interface VenueConnection {
  /** These kinds of the instrument from now on, and no others. */
  want(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): void
  close(): Promise<void>
}

/** What a connection tells; after `lost` nothing more. */
export interface ConnectionListener {
  message(message: MarketMessage): void
  trouble(instrument: SourceInstrument, error: DomainError): void
  lost(error: DomainError): void
}

/** What keeping a connection needs from outside. */
export interface ReconnectPorts {
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Calls once after a delay unless the returned function is called first. */
  readonly after: (delayMs: number, call: () => void) => () => void
  /** Attempts of all sources together. */
  readonly budget: RateBudget
}

/** The part of a `MarketSource` that connects, watches for silence and connects again. */
export interface KeptConnection {
  start(listener: SourceListener): void
  subscribe(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): void
  stop(): Promise<void>
}

/** Errors that no further attempt will mend: the user has to change something. */
const final: ReadonlySet<string> = new Set(['venue.unknown', 'venue.refused'])

/**
 * Keeps one connection open: opens it, subscribes what is wanted, and after a loss, a failed attempt or a silence
 * tries again by the policy and tells the gap, that between the start and the first opening too. An error that trying cannot mend (`venue.refused`) ends it as `failed`.
 */
export function keepConnected(
  open: (listener: ConnectionListener) => Promise<VenueConnection>,
  policy: ReconnectPolicy,
  ports: ReconnectPorts,
): KeptConnection {
  const { clock, random, after, budget } = ports
  const wanted = new Map<InstrumentId, Wanted>()
  let listener: SourceListener | undefined
  let connection: VenueConnection | undefined
  /** Counts connections, so that what an old one still tells is not heard. */
  let era = 0
  let attempt = 0
  let openedAt = Number.NaN
  let heardAt = Number.NaN
  let cancelTimer = (): void => undefined

  async function connect(): Promise<void> {
    const mine = ++era
    attempt++
    listener?.state({ kind: 'connecting', attempt })
    try {
      const opened = await open(listenerOf(mine))
      if (mine === era) begin(opened)
      else await opened.close()
    } catch (failure) {
      if (mine === era) retry(asDomainError(failure))
    }
  }

  function begin(opened: VenueConnection): void {
    const since = heardAt
    connection = opened
    openedAt = clock.now()
    heardAt = openedAt
    for (const { instrument, kinds } of wanted.values()) opened.want(instrument, kinds)
    listener?.state({ kind: 'live' })
    if (wanted.size > 0) listener?.gap([...wanted.keys()], since)
    watch()
  }

  function listenerOf(mine: number): ConnectionListener {
    return {
      message(message) {
        if (mine !== era) return
        heardAt = clock.now()
        listener?.message(message)
      },
      trouble(instrument, error) {
        if (mine === era) listener?.trouble(instrument.id, error)
      },
      lost(error) {
        if (mine === era) lose(error)
      },
    }
  }

  function lose(error: DomainError): void {
    if (clock.now() - openedAt >= policy.steadyMs) attempt = 0
    retry(error)
  }

  function retry(error: DomainError): void {
    era++
    cancelTimer()
    void connection?.close().catch(() => undefined)
    connection = undefined
    if (final.has(error.code)) {
      listener?.state({ kind: 'failed', error })
      return
    }
    const now = clock.now()
    const until = budget.take(now + waitBefore(Math.max(1, attempt), policy, random()))
    listener?.state({ kind: 'waiting', attempt: attempt + 1, until, error })
    cancelTimer = after(until - now, () => void connect())
  }

  /** Looks whether anything came; what nobody subscribed to may be silent. */
  function watch(): void {
    if (policy.silentMs === Number.POSITIVE_INFINITY) return
    const left = heardAt + policy.silentMs - clock.now()
    cancelTimer = after(Math.max(left, policy.silentMs / 10), () => {
      if (wanted.size > 0 && clock.now() - heardAt >= policy.silentMs) {
        listener?.state({ kind: 'silent', since: heardAt })
        lose(new DomainError('venue.silent', { seconds: Math.round(policy.silentMs / 1000) }))
      } else watch()
    })
  }

  return {
    start(told) {
      listener = told
      heardAt = clock.now()
      void connect()
    },
    subscribe(instrument, kinds) {
      if (kinds.size === 0) wanted.delete(instrument.id)
      else wanted.set(instrument.id, { instrument, kinds })
      connection?.want(instrument, kinds)
    },
    async stop() {
      era++
      cancelTimer()
      await connection?.close().catch(() => undefined)
      connection = undefined
      listener?.state({ kind: 'stopped' })
      listener = undefined
    },
  }
}

interface Wanted {
  readonly instrument: SourceInstrument
  readonly kinds: ReadonlySet<MarketKind>
}

function asDomainError(failure: unknown): DomainError {
  if (isDomainError(failure)) return failure
  return new DomainError('venue.failed', { venue: '', detail: String(failure) }, { cause: failure })
}
