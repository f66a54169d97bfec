import { DomainError } from '../domain/errors.ts'
import { instrumentId } from '../domain/ids.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { MarketKind, MarketMessage } from '../domain/market-message.ts'
import type { MarketSource, SourceClock, SourceInstrument, SourceListener } from './market-source.ts'

export interface ReplaySourceOptions {
  readonly name: string
  /** How many seconds of the record pass in one of ours. */
  readonly speed: number
  /** EpochMs, `from` inclusive; null: all that is recorded. */
  readonly from: number | null
  readonly to: number | null
}

/** What was recorded, by a text that names it. */
export interface RecordedMarket {
  /** Messages of these kinds ascending by time, in parts. */
  read(
    symbol: string,
    kinds: ReadonlySet<MarketKind>,
    period: { readonly from: number | null; readonly to: number | null },
  ): AsyncIterable<readonly MarketMessage[]>
  /** The instrument that it is a record of; null: there is none. */
  describe(symbol: string): Promise<InstrumentRecord | null>
}

export interface ReplaySourcePorts extends SourceClock {
  readonly recorded: RecordedMarket
}

/** One instrument that is played. */
interface Track {
  readonly instrument: SourceInstrument
  readonly parts: AsyncIterator<readonly MarketMessage[]>
  part: readonly MarketMessage[]
  at: number
  state: 'idle' | 'loading' | 'ended'
}

const lookMs = 50
const weekMs = 7 * 86_400_000
/** What is played is not the market: it never has an instrument's own name. */
export const replayPrefix = 'REPLAY-'

/**
 * Plays what was recorded as if it came now. Times are moved by whole weeks, so that weekday and time of day stay, to
 * where nothing was yet; all instruments keep their order among each other. Only instruments called `REPLAY-…` are
 * played: a record must not be mixed with the market.
 */
export function createReplaySource(options: ReplaySourceOptions, ports: ReplaySourcePorts): MarketSource {
  const wishes = new Map<string, { readonly instrument: SourceInstrument; readonly kinds: ReadonlySet<MarketKind> }>()
  const tracks = new Map<string, Track>()
  let listener: SourceListener | undefined
  let stopLooking = (): void => undefined
  /** Known once the first message of every track is. */
  let course: { readonly shift: number; readonly first: number; readonly began: number } | undefined

  function open({ instrument, kinds }: { instrument: SourceInstrument; kinds: ReadonlySet<MarketKind> }): void {
    if (!instrument.id.startsWith(replayPrefix)) {
      const name = `${replayPrefix}${instrument.id}`
      listener?.trouble(instrument.id, new DomainError('replay.own-name', { instrument: instrument.id, name }))
      return
    }
    const parts = ports.recorded.read(instrument.symbol, kinds, options)[Symbol.asyncIterator]()
    tracks.set(instrument.id, { instrument, parts, part: [], at: 0, state: 'idle' })
  }

  async function load(track: Track): Promise<void> {
    track.state = 'loading'
    try {
      const { done, value } = await track.parts.next()
      track.state = done === true ? 'ended' : 'idle'
      track.part = done === true ? [] : value
      track.at = 0
    } catch (error) {
      track.state = 'ended'
      const known = error instanceof DomainError ? error : new DomainError('internal', { message: String(error) })
      listener?.trouble(track.instrument.id, known)
    }
    look()
  }

  /** Reads on where nothing is left to play; true while something is being read. */
  function isReading(): boolean {
    let isAny = false
    for (const track of tracks.values()) {
      if (track.state === 'ended' || track.at < track.part.length) continue
      if (track.state === 'idle') void load(track)
      isAny = true
    }
    return isAny
  }

  function earliest(): Track | undefined {
    let first: Track | undefined
    for (const track of tracks.values()) {
      if (track.state !== 'ended' && (first === undefined || timeOf(track) < timeOf(first))) first = track
    }
    return first
  }

  function look(): void {
    while (listener !== undefined && !isReading()) {
      const track = earliest()
      if (track === undefined) {
        finish()
        return
      }
      course ??= begin(timeOf(track))
      if (timeOf(track) > course.first + (ports.now() - course.began) * options.speed) return
      tell(track, course.shift)
    }
  }

  function begin(first: number) {
    const began = ports.now()
    return { first, began, shift: Math.ceil((began - first) / weekMs) * weekMs }
  }

  function tell(track: Track, shift: number): void {
    const message = track.part[track.at++] as MarketMessage
    const moved = { ...message, instrument: track.instrument.id, time: message.time + shift }
    listener?.message(moved.kind === 'bar' ? { ...moved, closeTime: moved.closeTime + shift } : moved)
  }

  function finish(): void {
    stopLooking()
    if (tracks.size > 0) listener?.state({ kind: 'stopped' })
  }

  return {
    name: options.name,
    streams: new Set<MarketKind>(['tick', 'quote', 'bar']),
    history: null,
    start(told) {
      listener = told
      for (const wish of wishes.values()) open(wish)
      told.state({ kind: 'live' })
      stopLooking = ports.every(lookMs, look)
    },
    subscribe(instrument, kinds) {
      tracks.delete(instrument.id)
      if (kinds.size === 0) wishes.delete(instrument.id)
      else {
        wishes.set(instrument.id, { instrument, kinds })
        if (listener !== undefined) open({ instrument, kinds })
      }
    },
    async find(text) {
      const record = await ports.recorded.describe(text)
      const id = record === null ? undefined : instrumentId(`${replayPrefix}${record.id}`)
      if (record === null || id === undefined) return []
      return [{ ...record, id, symbol: text, name: `${record.name} (replay)`.trim(), simulated: true }]
    },
    async stop() {
      stopLooking()
      listener?.state({ kind: 'stopped' })
      listener = undefined
      await Promise.all([...tracks.values()].map(({ parts }) => parts.return?.()))
    },
  }
}

/** When a message could be known: a bar at its close. */
function timeOf({ part, at }: Track): number {
  const message = part[at] as MarketMessage
  return message.kind === 'bar' ? message.closeTime : message.time
}
