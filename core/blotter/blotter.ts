import { dayMs } from '../data/civil.ts'
import type { DomainError } from '../domain/errors.ts'
import type { MarketMessage } from '../domain/market-message.ts'
import { createEmitter } from '../lib/emitter.ts'
import type { Stores } from '../stores/stores.ts'
import type { Correction } from './cleaning-rules.ts'
import { type FeedRules, InstrumentFeed, type InstrumentWish } from './instrument-feed.ts'
import type { MarketSource, SourceState } from './market-source.ts'
import { Recorder } from './recorder.ts'

/** What a blotter needs from outside. */
export interface BlotterPorts {
  readonly stores: Pick<Stores, 'bars' | 'market'>
  readonly now: () => number
  readonly every: (everyMs: number, call: () => void) => () => void
  /** How an instrument is cleaned and cut into bars. */
  readonly rulesOf: (wish: InstrumentWish) => FeedRules
  /** Told of what may be missing, to be backfilled: a gap of a source, and the time before a start. */
  readonly missed: (wish: InstrumentWish, since: number, until: number) => void
  /** Told of what went wrong and does not end anything. */
  readonly trouble: (source: string, instrument: string | null, error: unknown) => void
}

export interface SourceStatus {
  readonly name: string
  readonly state: SourceState
  /** When something was last heard, EpochMs; NaN: never. */
  readonly heardAt: number
  readonly messages: number
  readonly gaps: number
}

const keptCorrections = 5_000
const tickMs = 250
const mostWaiting = 200_000

/**
 * The running data service: takes what its sources tell, cleans it, makes bars, keeps what is to be kept, and tells
 * everyone who listens. It has no clock and no sockets of its own.
 */
export class Blotter {
  readonly #ports: BlotterPorts
  readonly #sources = new Map<string, { source: MarketSource; status: SourceStatus }>()
  readonly #feeds = new Map<string, InstrumentFeed>()
  readonly #recorder: Recorder
  readonly #told = createEmitter<MarketMessage>()
  readonly #corrections: Correction[] = []
  #stopClock = (): void => undefined

  constructor(ports: BlotterPorts) {
    this.#ports = ports
    this.#recorder = new Recorder({
      stores: ports.stores,
      most: mostWaiting,
      onFailure: (error) => ports.trouble('store', null, error),
    })
  }

  get feeds(): readonly InstrumentFeed[] {
    return [...this.#feeds.values()]
  }

  get sources(): readonly SourceStatus[] {
    return [...this.#sources.values()].map(({ status }) => status)
  }

  /** The newest corrections, newest last. */
  get corrections(): readonly Correction[] {
    return this.#corrections
  }

  get queue(): { readonly waiting: number; readonly written: number; readonly conflated: number } {
    const { waiting, written, conflated } = this.#recorder
    return { waiting, written, conflated }
  }

  source(name: string): MarketSource | undefined {
    return this.#sources.get(name)?.source
  }

  /** Hears every clean message until the returned function is called; what a listener throws reaches nobody else. */
  listen(listener: (message: MarketMessage) => void): () => void {
    return this.#told.subscribe((message) => {
      try {
        listener(message)
      } catch (error) {
        this.#ports.trouble('listener', message.instrument, error)
      }
    })
  }

  start(sources: readonly MarketSource[], wishes: readonly InstrumentWish[]): void {
    const { now } = this.#ports
    for (const source of sources) {
      const status: SourceStatus = {
        name: source.name,
        state: { kind: 'stopped' },
        heardAt: Number.NaN,
        messages: 0,
        gaps: 0,
      }
      this.#sources.set(source.name, { source, status })
    }
    for (const wish of wishes) this.#want(wish)
    for (const source of sources) source.start(this.#listenerOf(source))
    for (const wish of wishes) this.#ports.missed(wish, Number.NEGATIVE_INFINITY, now())
    this.#stopClock = this.#ports.every(tickMs, () => this.#passTime())
  }

  /** Ends the sources, writes what waits, and ends. What could not be stored is told as trouble. */
  async stop(): Promise<void> {
    this.#stopClock()
    await Promise.all([...this.#sources.values()].map(({ source }) => source.stop()))
    await this.#recorder.flush()
  }

  /** Resolves when everything told so far is stored, or has failed. */
  async flush(): Promise<void> {
    await this.#recorder.flush()
  }

  #want(wish: InstrumentWish): void {
    const feed = new InstrumentFeed(wish, this.#ports.rulesOf(wish), {
      now: this.#ports.now,
      tell: (message, from) => this.#tell(message, from),
      correct: (correction) => this.#correct(correction),
    })
    this.#feeds.set(wish.instrument.id, feed)
    this.source(wish.source)?.subscribe(wish.instrument, new Set(wish.kinds))
  }

  #listenerOf({ name }: MarketSource) {
    const update = (change: Partial<SourceStatus>) => {
      const entry = this.#sources.get(name)
      if (entry !== undefined) entry.status = { ...entry.status, ...change }
    }
    const status = () => this.#sources.get(name)?.status as SourceStatus
    return {
      message: (message: MarketMessage) => {
        const entry = status()
        update({ heardAt: this.#ports.now(), messages: entry.messages + 1 })
        this.#feeds.get(message.instrument)?.take(message)
      },
      state: (state: SourceState) => {
        update({ state })
        // From a loss on, what forms is not whole, whatever the clock says; with the next opening it may be again
        const until = state.kind === 'live' ? this.#ports.now() : Number.POSITIVE_INFINITY
        for (const feed of this.#feeds.values()) if (feed.wish.source === name) feed.interrupted(until)
      },
      gap: (instruments: readonly string[], since: number) => {
        update({ gaps: status().gaps + 1 })
        const now = this.#ports.now()
        for (const instrument of instruments) {
          const feed = this.#feeds.get(instrument)
          feed?.interrupted(now)
          if (feed !== undefined) this.#ports.missed(feed.wish, feed.missingSince(since), now)
        }
      },
      trouble: (instrument: string | null, error: DomainError) => this.#ports.trouble(name, instrument, error),
    }
  }

  #tell(message: MarketMessage, { record, source }: InstrumentWish): void {
    const isKept = record.includes(message.kind) && (message.kind !== 'bar' || message.closed)
    if (isKept) this.#recorder.keep(message, source)
    this.#told.emit(message)
  }

  #correct(correction: Correction): void {
    this.#corrections.push(correction)
    if (this.#corrections.length > keptCorrections) this.#corrections.splice(0, keptCorrections / 2)
  }

  #passTime(): void {
    const now = this.#ports.now()
    for (const feed of this.#feeds.values()) feed.passTime(now)
    void this.#recorder.flush()
  }

  /** Removes what is older than each instrument's retention; the count of rows that went. */
  async retain(): Promise<number> {
    let removed = 0
    for (const { wish } of this.#feeds.values()) {
      if (wish.retentionDays === null) continue
      const before = this.#ports.now() - wish.retentionDays * dayMs
      for (const kind of ['tick', 'quote', 'book'] as const) {
        removed += await this.#ports.stores.market.delete(kind, wish.instrument.id, before)
      }
    }
    return removed
  }
}
