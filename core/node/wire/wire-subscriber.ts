import { Dealer, Subscriber } from 'zeromq'
import { Follower } from '../../blotter/wire/follower.ts'
import { mostFrameBytes } from '../../blotter/wire/frame.ts'
import { decodeMessage, type WireTopic } from '../../blotter/wire/message-codec.ts'
import type { MarketMessage } from '../../domain/market-message.ts'
import type { CurveKeys } from './wire-publisher.ts'

export interface WireSubscriberOptions {
  readonly frames: string
  readonly questions: string
  /** Which topics are wanted; all unless told. */
  readonly wants?: (topic: WireTopic) => boolean
  readonly curve?: { readonly serverKey: string; readonly keys: CurveKeys }
}

export interface WireListener {
  message(message: MarketMessage): void
  /** Messages that the publisher no longer has: fill them from a store. */
  lost(topic: WireTopic, from: number, to: number): void
  /** The publisher was started (anew). */
  restarted(epoch: number): void
}

export interface WireSubscriber {
  /** Gaps that were noticed, frames that were none. */
  readonly counts: { readonly gaps: number; readonly malformed: number }
  /** Resolves when the topics are known for the first time. */
  readonly ready: Promise<void>
  /** Those that are known. */
  topics(): readonly WireTopic[]
  close(): void
}

const highWater = 100_000
const answerMs = 1_000

/**
 * Hears a blotter: every message of the wanted topics once and in order, those included that ZeroMQ lost. A late joiner
 * begins with the newest message of each topic. Connections are ZeroMQ's own and come back by themselves.
 */
export function openWireSubscriber(options: WireSubscriberOptions, listener: WireListener): WireSubscriber {
  const { curve } = options
  const secure =
    curve === undefined
      ? {}
      : { curveServerKey: curve.serverKey, curvePublicKey: curve.keys.publicKey, curveSecretKey: curve.keys.secretKey }
  const socket = new Subscriber({
    receiveHighWaterMark: highWater,
    maxMessageSize: mostFrameBytes,
    linger: 0,
    ...secure,
  })
  const questions = createQuestions(options.questions, secure)
  const topics = new Map<number, WireTopic>()
  /** Frames of topics that are not known yet, until they are. */
  let unknown: (() => void)[] = []
  /** Counts publishers heard, so that the answer of an old one is not taken for the new one's. */
  let joins = 0
  let closed = false
  let known: () => void = () => undefined
  const ready = new Promise<void>((done) => {
    known = done
  })

  const follower = new Follower({
    deliver(frame) {
      const tell = () => {
        const topic = topics.get(frame.topic)
        const message = topic === undefined ? undefined : decodeMessage(frame, topic)
        if (topic !== undefined && message !== undefined && wanted(topic)) listener.message(message)
      }
      if (topics.has(frame.topic)) tell()
      else {
        unknown.push(tell)
        void learn()
      }
    },
    ask(topic, from, to) {
      void questions.ask({ ask: 'since', topic, from, to }).then((answer) => {
        if (answer === undefined) follower.unanswered(topic)
        else follower.answer(topic, answer.head.first as number, answer.frames)
      })
    },
    lost(id, from, to) {
      const topic = topics.get(id)
      if (topic !== undefined && wanted(topic)) listener.lost(topic, from, to)
    },
    restarted(epoch) {
      topics.clear()
      listener.restarted(epoch)
      void join(++joins)
    },
  })
  const wanted = (topic: WireTopic) => options.wants?.(topic) ?? true

  /** The topics as the publisher has them; undefined when it did not answer. */
  async function learn(): Promise<readonly (WireTopic & { sequence: number })[] | undefined> {
    const answer = await questions.ask({ ask: 'topics' })
    const list = answer?.head.topics as (WireTopic & { sequence: number })[] | undefined
    for (const topic of list ?? []) topics.set(topic.id, topic)
    const waiting = unknown
    unknown = []
    for (const tell of waiting) tell()
    return list
  }

  /** The newest message of each topic, then what follows it; asked until it is answered, or another publisher is heard. */
  async function join(mine: number): Promise<void> {
    while (mine === joins && !closed) {
      const list = await learn()
      if (list === undefined || mine !== joins) continue
      for (const { id, sequence } of list) follower.begin(id, Math.max(0, sequence - 1))
      follower.joined()
      known()
      return
    }
  }

  socket.connect(options.frames)
  socket.subscribe()
  void (async () => {
    try {
      for await (const [bytes] of socket) follower.take(bytes as Buffer)
    } catch {
      // Closed
    }
  })()
  return {
    ready,
    topics: () => [...topics.values()],
    get counts() {
      return { gaps: follower.gaps, malformed: follower.malformed }
    },
    close() {
      closed = true
      socket.close()
      questions.close()
    },
  }
}

interface Asked {
  readonly head: Record<string, unknown>
  readonly frames: Uint8Array
}

/** Questions with their answers by number; an answer that does not come in a second is undefined. */
function createQuestions(address: string, secure: object) {
  const socket = new Dealer({ maxMessageSize: 64 * mostFrameBytes, linger: 0, ...secure })
  const waiting = new Map<number, (answer: Asked | undefined) => void>()
  let last = 0
  let sending: Promise<unknown> = Promise.resolve()
  socket.connect(address)
  void (async () => {
    try {
      for await (const parts of socket) {
        const [head, frames] = parts.slice(-2)
        const parsed = JSON.parse(String(head)) as Record<string, unknown>
        waiting.get(parsed.id as number)?.({ head: parsed, frames: frames ?? new Uint8Array(0) })
      }
    } catch {
      // Closed, or the other side speaks something else: questions run into their time
    }
  })()
  return {
    ask(question: object): Promise<Asked | undefined> {
      const id = ++last
      return new Promise((done) => {
        const late = setTimeout(() => finish(undefined), answerMs)
        const finish = (answer: Asked | undefined) => {
          clearTimeout(late)
          waiting.delete(id)
          done(answer)
        }
        waiting.set(id, finish)
        sending = sending.then(() => socket.send(JSON.stringify({ id, ...question }))).catch(() => undefined)
      })
    },
    close: () => socket.close(),
  }
}
