import type { MarketMessage } from '../../domain/market-message.ts'
import { encodeFrame, encodeHeartbeat } from './frame.ts'
import { encodeMessage, type WireTopic } from './message-codec.ts'

interface Channel {
  readonly topic: WireTopic
  sequence: number
  /** The newest frames, as a ring by sequence. */
  readonly ring: Uint8Array[]
}

/** What a subscriber asked for and what there is of it. */
export interface Answer {
  /** Frames one after the other. */
  readonly frames: Uint8Array
  /** Number of the first frame; frames before it are gone (0: there are none at all). */
  readonly first: number
}

/** Numbers messages by topic, makes frames of them and keeps the newest of each for those who missed some. */
export class Broadcast {
  readonly epoch: number
  readonly #kept: number
  readonly #channels = new Map<string, Channel>()
  readonly #byId: Channel[] = []

  /** `epoch`: the start of the publisher, EpochMs; `kept`: frames of a topic that are kept. */
  constructor(epoch: number, kept = 10_000) {
    this.epoch = epoch
    this.#kept = kept
  }

  get topics(): readonly (WireTopic & { readonly sequence: number })[] {
    return this.#byId.map(({ topic, sequence }) => ({ ...topic, sequence }))
  }

  /** The frame of the next message of its topic. */
  next(message: MarketMessage): Uint8Array {
    const channel = this.#channelOf(message)
    const { flags, payload } = encodeMessage(message)
    const { id: topic, kind: type } = channel.topic
    const sequence = ++channel.sequence
    const frame = encodeFrame({ topic, type, flags, epoch: this.epoch, sequence, time: message.time, payload })
    channel.ring[sequence % this.#kept] = frame
    return frame
  }

  /** The last numbers of all topics. */
  heartbeat(now: number): Uint8Array {
    const last = new Map(this.#byId.map(({ topic, sequence }) => [topic.id, sequence]))
    const beat = { topic: 0, type: 'heartbeat', flags: 0, epoch: this.epoch, sequence: 0, time: now } as const
    return encodeFrame({ ...beat, payload: encodeHeartbeat(last) })
  }

  /** Frames of a topic with numbers in [from, to], as far as they are kept. */
  since(topic: number, from: number, to: number): Answer {
    const channel = this.#byId[topic - 1]
    if (channel === undefined || channel.sequence === 0) return { frames: new Uint8Array(0), first: 0 }
    const first = Math.max(from, channel.sequence - this.#kept + 1, 1)
    const frames: Uint8Array[] = []
    for (let sequence = first; sequence <= Math.min(to, channel.sequence); sequence++) {
      frames.push(channel.ring[sequence % this.#kept] as Uint8Array)
    }
    return { frames: joined(frames), first }
  }

  /** The newest frame of each topic: what a late joiner begins with. */
  snapshot(): Uint8Array {
    return joined(
      this.#byId.flatMap(({ ring, sequence }) => (sequence === 0 ? [] : [ring[sequence % this.#kept] as Uint8Array])),
    )
  }

  #channelOf(message: MarketMessage): Channel {
    const interval = message.kind === 'bar' ? message.interval : ''
    const key = `${message.instrument} ${message.kind} ${interval}`
    const found = this.#channels.get(key)
    if (found !== undefined) return found
    const topic = { id: this.#byId.length + 1, instrument: message.instrument, kind: message.kind, interval }
    const made: Channel = { topic, sequence: 0, ring: [] }
    this.#channels.set(key, made)
    this.#byId.push(made)
    return made
  }
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(frames.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const frame of frames) {
    all.set(frame, at)
    at += frame.length
  }
  return all
}
