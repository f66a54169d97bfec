import { decodeFrame, decodeFrames, decodeHeartbeat, type Frame } from './frame.ts'

/** What a follower of the wire wants done. */
export interface FollowerPorts {
  /** A frame in its turn: none is told twice, none before one with a smaller number. */
  readonly deliver: (frame: Frame) => void
  /** Ask the publisher for frames [from, to] of a topic. */
  readonly ask: (topic: number, from: number, to: number) => void
  /** Frames [from, to] of a topic cannot be had from the publisher any more. */
  readonly lost: (topic: number, from: number, to: number) => void
  /** The publisher was started anew, or is heard for the first time: its topics have to be asked for. */
  readonly restarted: (epoch: number) => void
}

interface Track {
  /** Number of the next frame to deliver. */
  next: number
  /** The last number that was asked for, 0 when nothing is. */
  askedTo: number
  /** Frames that came while earlier ones were missing. */
  readonly ahead: Map<number, Frame>
}

/**
 * The subscriber's side of the wire: puts frames in order, notices what is missing (by the next frame, or by a
 * heartbeat when the tail was lost), and delivers each frame once. It has no sockets.
 */
export class Follower {
  readonly #ports: FollowerPorts
  readonly #tracks = new Map<number, Track>()
  readonly #wanted: (topic: number) => boolean
  #epoch = Number.NaN
  /** False until the topics of this publisher are known: before that, what it had said already is not asked for. */
  #hasJoined = false
  /** Bytes that were no frame. */
  malformed = 0
  /** Gaps that were noticed. */
  gaps = 0

  constructor(ports: FollowerPorts, wanted: (topic: number) => boolean = () => true) {
    this.#ports = ports
    this.#wanted = wanted
  }

  /** Where a topic is known to stand: what comes after that number is delivered. */
  begin(topic: number, sequence: number): void {
    if (!this.#tracks.has(topic)) this.#tracks.set(topic, { next: sequence + 1, askedTo: 0, ahead: new Map() })
  }

  /** All topics of the publisher have been begun. */
  joined(): void {
    this.#hasJoined = true
  }

  /** Bytes as they come from the publisher. */
  take(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    if (frame === undefined) {
      this.malformed++
      return
    }
    this.#hearEpoch(frame.epoch)
    if (frame.type === 'heartbeat') this.#beat(frame)
    else if (this.#wanted(frame.topic)) this.#place(frame)
  }

  /** The publisher's answer to `ask`: frames from `first` on; what lies before is gone. */
  answer(topic: number, first: number, bytes: Uint8Array): void {
    const track = this.#tracks.get(topic)
    if (track === undefined) return
    if (first > track.next) {
      this.#ports.lost(topic, track.next, first - 1)
      track.next = first
    }
    for (const frame of decodeFrames(bytes)) {
      if (frame.epoch === this.#epoch && frame.sequence === track.next) this.#deliver(track, frame)
    }
    track.askedTo = 0
    this.#drain(track)
    this.#askIfMissing(topic, track)
  }

  /** A question was not answered in time: the next frame or heartbeat asks again. */
  unanswered(topic: number): void {
    const track = this.#tracks.get(topic)
    if (track !== undefined) track.askedTo = 0
  }

  #hearEpoch(epoch: number): void {
    if (epoch === this.#epoch) return
    // An old publisher's frames may still be under way when the new one is heard
    if (epoch < this.#epoch) return
    this.#epoch = epoch
    this.#tracks.clear()
    this.#hasJoined = false
    this.#ports.restarted(epoch)
  }

  #beat(frame: Frame): void {
    if (frame.epoch !== this.#epoch) return
    for (const [topic, last] of decodeHeartbeat(frame.payload)) {
      if (!this.#wanted(topic)) continue
      // A topic that began after we joined: all of it is wanted
      if (!this.#tracks.has(topic) && !this.#hasJoined) continue
      this.begin(topic, 0)
      this.#missing(topic, this.#tracks.get(topic) as Track, last)
    }
  }

  #place(frame: Frame): void {
    if (frame.epoch !== this.#epoch) return
    this.begin(frame.topic, this.#hasJoined ? 0 : frame.sequence - 1)
    const track = this.#tracks.get(frame.topic) as Track
    if (frame.sequence < track.next) return
    if (frame.sequence === track.next) {
      this.#deliver(track, frame)
      this.#drain(track)
      return
    }
    track.ahead.set(frame.sequence, frame)
    this.#missing(frame.topic, track, frame.sequence - 1)
  }

  #missing(topic: number, track: Track, last: number): void {
    if (last < track.next || track.askedTo >= track.next) return
    this.gaps++
    track.askedTo = last
    this.#ports.ask(topic, track.next, last)
  }

  #askIfMissing(topic: number, track: Track): void {
    const [first] = [...track.ahead.keys()].sort((a, b) => a - b)
    if (first !== undefined && first > track.next) this.#missing(topic, track, first - 1)
  }

  #deliver(track: Track, frame: Frame): void {
    track.next = frame.sequence + 1
    this.#ports.deliver(frame)
  }

  #drain(track: Track): void {
    for (let frame = track.ahead.get(track.next); frame !== undefined; frame = track.ahead.get(track.next)) {
      track.ahead.delete(track.next)
      this.#deliver(track, frame)
    }
    for (const sequence of track.ahead.keys()) if (sequence < track.next) track.ahead.delete(sequence)
  }
}
