import { Publisher, Reply, Router } from 'zeromq'
import { Broadcast } from '../../blotter/wire/broadcast.ts'
import { mostFrameBytes } from '../../blotter/wire/frame.ts'
import type { Wire } from '../../blotter/wire/wire-port.ts'
import { DomainError } from '../../domain/errors.ts'

/** CURVE keys as ZeroMQ writes them, 40 letters. */
export interface CurveKeys {
  readonly publicKey: string
  readonly secretKey: string
}

export interface WirePublisherOptions {
  /** Address to listen on; anything but loopback needs `curve`. */
  readonly host: string
  /** Frames are broadcast here; questions are answered on the next port, JSON is broadcast on the one after. 0: any free ones. */
  readonly port: number
  readonly curve?: {
    readonly keys: CurveKeys /** Public keys that may connect. */
    readonly allowed: readonly string[]
  }
}

/** A wire over ZeroMQ. */
export interface WirePublisher extends Wire {
  /** Questions that could not be read. */
  readonly malformed: number
}

const highWater = 100_000
const beatMs = 100
const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Broadcasts messages over ZeroMQ as docs/wire.md says. Fails with `wire.unprotected` when it would listen to other
 * machines without CURVE, and with `wire.address` when an address is in use.
 */
export async function openWirePublisher(options: WirePublisherOptions, now: () => number): Promise<WirePublisher> {
  const { host, port, curve } = options
  if (!loopback.has(host) && curve === undefined) throw new DomainError('wire.unprotected', { host })
  const broadcast = new Broadcast(now())
  const secure =
    curve === undefined ? {} : { curveServer: true, curveSecretKey: curve.keys.secretKey, zapDomain: 'tickwright' }
  const guard = curve === undefined ? undefined : await openGuard(curve.allowed)
  const limits = { maxMessageSize: mostFrameBytes, linger: 0, ...secure }
  const frames = new Publisher({ ...limits, sendHighWaterMark: highWater })
  const json = new Publisher({ ...limits, sendHighWaterMark: highWater })
  const questions = new Router({ ...limits })
  // Never `unbind` first: with a peer just coming or going, libzmq 4.3.5 then aborts the whole process (pipe.cpp:355)
  const close = () => {
    frames.close()
    json.close()
    questions.close()
    guard?.close()
  }
  const at = (offset: number) => `tcp://${host}:${port === 0 ? '*' : port + offset}`
  try {
    await bindSoon(frames, at(0))
    await bindSoon(questions, at(1))
    await bindSoon(json, at(2))
  } catch (failure) {
    close()
    throw new DomainError('wire.address', { address: `${host}:${port}`, reason: (failure as Error).message })
  }
  const out = queueOf(frames)
  const text = queueOf(json)
  const state = { sent: 0, malformed: 0 }
  void answerQuestions(questions, broadcast, () => state.malformed++)
  const beat = setInterval(() => out.send(broadcast.heartbeat(now())), beatMs)
  return {
    addresses: {
      frames: frames.lastEndpoint ?? '',
      questions: questions.lastEndpoint ?? '',
      json: json.lastEndpoint ?? '',
    },
    send(message) {
      out.send(broadcast.next(message))
      text.send(`${message.instrument} ${message.kind} ${JSON.stringify(message)}`)
      state.sent++
    },
    get waiting() {
      return out.waiting
    },
    get sent() {
      return state.sent
    },
    get malformed() {
      return state.malformed
    },
    async close() {
      clearInterval(beat)
      await out.drained()
      close()
    },
  }
}

const bindTries = 10
const bindWaitMs = 100

/** Binds; an address that its last owner is just giving back is waited for. */
async function bindSoon(socket: Publisher | Router, address: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await socket.bind(address)
      return
    } catch (failure) {
      if (tries === bindTries || (failure as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw failure
      await new Promise((done) => setTimeout(done, bindWaitMs))
    }
  }
}

/** ZeroMQ refuses a second send before the first is done: one after the other. */
function queueOf(socket: Publisher) {
  const waiting: (Uint8Array | string)[] = []
  let running: Promise<void> | undefined
  async function drain(): Promise<void> {
    try {
      for (let at = 0; at < waiting.length; at++) await socket.send(waiting[at] as Uint8Array | string)
    } catch {
      // Closed while it was sending: nobody hears it any more
    }
    waiting.length = 0
    running = undefined
  }
  return {
    send(message: Uint8Array | string): void {
      waiting.push(message)
      running ??= drain()
    },
    get waiting() {
      return waiting.length
    },
    drained: async () => running,
  }
}

/** Questions are JSON: `{"ask":"topics"}`, `{"ask":"snapshot"}`, `{"ask":"since","topic":1,"from":5,"to":9}`. */
async function answerQuestions(socket: Router, broadcast: Broadcast, malformed: () => void): Promise<void> {
  try {
    for await (const [client, ...parts] of socket) {
      const answer = answerOf(broadcast, parts.at(-1))
      if (answer === undefined) malformed()
      else await socket.send([client as Buffer, ...answer]).catch(() => undefined)
    }
  } catch {
    // The socket was closed
  }
}

function answerOf(broadcast: Broadcast, question: Buffer | undefined): [string, Uint8Array] | undefined {
  let asked: { ask?: unknown; topic?: unknown; from?: unknown; to?: unknown; id?: unknown }
  try {
    asked = JSON.parse(String(question)) as typeof asked
  } catch {
    return undefined
  }
  const { epoch } = broadcast
  const head = (more: object) => JSON.stringify({ id: asked.id ?? null, epoch, ...more })
  if (asked.ask === 'topics') return [head({ topics: broadcast.topics }), new Uint8Array(0)]
  if (asked.ask === 'snapshot') return [head({}), broadcast.snapshot()]
  const { topic, from, to } = asked
  const isSound = [topic, from, to].every((value) => Number.isSafeInteger(value) && (value as number) >= 0)
  if (asked.ask !== 'since' || !isSound) return undefined
  const { frames, first } = broadcast.since(topic as number, from as number, to as number)
  return [head({ topic, first }), frames]
}

/** ZAP: who may connect, by public key. One for each process, as ZeroMQ has it. */
async function openGuard(allowed: readonly string[]): Promise<Reply> {
  const guard = new Reply()
  await guard.bind('inproc://zeromq.zap.01')
  void (async () => {
    try {
      for await (const [version, request, , , , mechanism, key] of guard) {
        const isAllowed = String(mechanism) === 'CURVE' && key !== undefined && allowed.includes(z85(key))
        await guard.send([
          version ?? '1.0',
          request ?? '',
          isAllowed ? '200' : '400',
          isAllowed ? 'OK' : 'not allowed',
          '',
          '',
        ])
      }
    } catch {
      // Closed
    }
  })()
  return guard
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'

/** Bytes in ZeroMQ's base 85 (its RFC 32). */
function z85(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const word = bytes.readUInt32BE(at)
    for (let power = 4; power >= 0; power--) text += letters[Math.floor(word / 85 ** power) % 85]
  }
  return text
}
