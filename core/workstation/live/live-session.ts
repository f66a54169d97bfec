import type { VenueIntent, VenueReport } from '../../broker/venue/venue-messages.ts'
import { toWireError, type WireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import type { LiveEvent, LiveOutcome } from '../../engine/live/live-event.ts'
import type { LiveNews, LiveState } from '../../engine/live/live-view.ts'
import type { LedgerEntry, LedgerKind, LiveLedger } from '../../stores/live-ledger.ts'
import type { Applied, LiveEngine } from './live-port.ts'
import type { LiveRecord } from './live-record.ts'
import type { VenueLine } from './venue-port.ts'

/** Who hears of a session. What it hears is on disk. */
export interface LiveListener {
  changed(): void
  news(news: LiveNews): void
}

interface Queued {
  readonly event: LiveEvent
  readonly done: (outcome: LiveOutcome) => void
  readonly failed: (error: unknown) => void
}

/** What a session is made of. */
export interface LiveParts {
  readonly id: string
  readonly createdAt: number
  readonly record: LiveRecord
  readonly engine: LiveEngine
  readonly ledger: LiveLedger
  readonly now: () => number
  /** Number of the last entry of its journal. */
  readonly seq: number
  readonly state: LiveState
  readonly listener: LiveListener
  /** Null on paper. */
  readonly venue: VenueLine | null
}

/** Events of one commit: many when they come faster than the disk. */
const mostAtOnce = 500
/** A decision to open a position is too old to be carried out after so long, ms. */
const staleMs = 60_000

/**
 * One running session. Events are worked on one after another; each is on disk, and what came of it too, before
 * anybody hears of it. When the disk or the strategy fails, the session is over and says why.
 */
export class LiveSession {
  readonly id: string
  readonly createdAt: number
  readonly record: LiveRecord
  state: LiveState
  /** When the market was last heard, by the service's clock; null: never. */
  heardAt: number | null = null
  /** Why it ended; null while it runs. */
  failure: WireError | null = null
  readonly #parts: LiveParts
  readonly #queue: Queued[] = []
  #seq: number
  /** Resolves when nothing waits. */
  #idle: Promise<void> = Promise.resolve()
  #isWorking = false
  #isOver = false

  constructor(parts: LiveParts) {
    this.#parts = parts
    this.id = parts.id
    this.createdAt = parts.createdAt
    this.record = parts.record
    this.state = parts.state
    this.#seq = parts.seq
  }

  get entries(): number {
    return this.#seq
  }

  get waiting(): number {
    return this.#queue.length
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get engine(): LiveEngine {
    return this.#parts.engine
  }

  /** Resolves when the event has been worked on and is on disk with what came of it. Throws `live.ended`. */
  push(event: LiveEvent): Promise<LiveOutcome> {
    if (this.#isOver) return Promise.reject(this.#ended())
    return new Promise((done, failed) => {
      this.#queue.push({ event, done, failed })
      if (!this.#isWorking) this.#idle = this.#work()
    })
  }

  /**
   * Goes on after a restart. `missing`: what came of events that are on disk, and is not. What was given to the venue
   * before is looked for; until the venue answers nobody knows what became of it, and nothing new is sent.
   */
  async takeUp(missing: LiveNews): Promise<void> {
    const { ledger, listener, venue } = this.#parts
    await ledger.append(this.#outputs(missing))
    listener.news(missing)
    const fresh = new Set(missing.intents.flatMap(({ kind, id }) => (kind === 'place' ? [id] : [])))
    const given = this.state.sendings.filter(({ intent }) => !fresh.has(intent.id))
    for (const { intent } of given) this.report({ kind: 'unknown', id: intent.id, detail: 'the service was restarted' })
    if (given.length > 0) venue?.resume(given)
    this.#send(missing.intents)
  }

  /** Asks back at the venue itself what rests there, past an engine that does not answer; it hears of it later. */
  async withdrawAtVenue(): Promise<void> {
    await this.#parts.venue?.abandon()
  }

  /** Takes what the venue says; after the session's end nobody hears it. */
  report(report: VenueReport): void {
    this.push({ kind: 'report', at: this.#parts.now(), report }).catch(() => undefined)
  }

  /** A line of the service in the session's log; not an event. */
  async note(text: string): Promise<void> {
    const line = { time: this.state.now ?? this.#parts.now(), kind: 'engine' as const, text }
    await this.#parts.ledger.append([this.#entry('log', line)])
    this.#parts.listener.news({ orders: [], fills: [], log: [line], intents: [] })
  }

  /** Ends it; what waits is refused. */
  async end(state: 'stopped' | 'failed', failure: WireError | null): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.failure = failure
    for (const { failed } of this.#queue.splice(0)) failed(this.#ended())
    if (state === 'failed') await this.#parts.venue?.abandon()
    await this.#parts.venue?.close()
    await this.#parts.engine.close()
    const end = { state, endedAt: this.#parts.now(), error: failure }
    await this.#parts.ledger.end(this.id, end).catch(() => undefined)
    this.#parts.listener.changed()
  }

  /** Lets go of its thread without ending it: the next start of the service goes on with it. */
  async detach(): Promise<void> {
    this.#isOver = true
    await this.#idle
    await this.#parts.venue?.close()
    await this.#parts.engine.close()
  }

  async #work(): Promise<void> {
    this.#isWorking = true
    while (this.#queue.length > 0 && !this.#isOver) {
      const batch = this.#queue.splice(0, mostAtOnce)
      try {
        await this.#workOn(batch)
      } catch (error) {
        for (const { failed } of batch) failed(error)
        await this.end('failed', toWireError(error))
      }
    }
    this.#isWorking = false
  }

  async #workOn(batch: readonly Queued[]): Promise<void> {
    const { engine, ledger, listener } = this.#parts
    const inputs = batch.map(({ event }) => this.#entry(event.kind, event))
    // Nothing leaves before both are done: what the engine knows and the disk does not is forgotten with it
    const [applied] = await Promise.all([engine.apply(batch.map(({ event }) => event)), ledger.append(inputs)])
    const outputs = applied.events.flatMap(({ news }) => this.#outputs(news))
    if (applied.failure !== null) outputs.push(this.#entry('state', { failed: applied.failure }))
    await ledger.append(outputs)
    this.state = applied.state
    for (const { news } of applied.events) this.#send(news.intents)
    for (const { news } of applied.events) listener.news(news)
    this.#settle(batch, applied)
    listener.changed()
    if (applied.failure !== null) await this.end('failed', applied.failure)
  }

  #settle(batch: readonly Queued[], { events, failure }: Applied): void {
    for (const [index, { done, failed }] of batch.entries()) {
      const applied = events[index]
      if (applied !== undefined) done(applied.outcome)
      else failed(failure === null ? this.#ended() : new DomainError('strategy.exception', failure.data as never))
    }
  }

  /** To the venue, now that it is on disk; what would open a position on an old decision is not sent. */
  #send(intents: readonly VenueIntent[]): void {
    const { venue, now } = this.#parts
    if (venue === null || intents.length === 0) return
    const isStale = (intent: VenueIntent) => intent.kind === 'place' && intent.opens && now() - intent.at > staleMs
    for (const { id } of intents.filter(isStale))
      this.report({ kind: 'ended', id, how: 'stale', detail: 'not sent: it was decided too long ago' })
    venue.send(intents.filter((intent) => !isStale(intent)))
  }

  #outputs({ orders, fills, log, intents }: LiveNews): LedgerEntry[] {
    return [
      ...intents.map((intent) => this.#entry('intent', intent)),
      ...orders.map((order) => this.#entry('order', order)),
      ...fills.map((fill) => this.#entry('fill', fill)),
      ...log.map((line) => this.#entry('log', line)),
    ]
  }

  #entry(kind: LedgerKind, data: unknown): LedgerEntry {
    return { session: this.id, seq: ++this.#seq, at: this.#parts.now(), kind, data }
  }

  #ended(): DomainError {
    return new DomainError('live.ended', { session: this.id })
  }
}
