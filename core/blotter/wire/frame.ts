import { crc32 } from '../../lib/crc32.ts'

/** What a frame carries. */
export const frameTypes = { heartbeat: 0, tick: 1, quote: 2, book: 3, bar: 4 } as const
export type FrameType = keyof typeof frameTypes

export const wireVersion = 1
const headBytes = 36
const tailBytes = 4
/** A frame longer than this is not read: a message of the market is a hundred bytes, a deep book some thousand. */
export const mostFrameBytes = 1 << 20

/** One frame. Topic 0 is the publisher itself; its heartbeats tell the last number of every topic. */
export interface Frame {
  readonly topic: number
  readonly type: FrameType
  readonly flags: number
  /** When the publisher was started, EpochMs: numbers begin anew with it. */
  readonly epoch: number
  /** Number within the topic, from 1 without a hole. */
  readonly sequence: number
  /** Time of the message, EpochMs. */
  readonly time: number
  readonly payload: Uint8Array
}

const typeNames = Object.keys(frameTypes) as FrameType[]
const upper = 4_294_967_296

function writeInteger(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % upper, true)
  view.setUint32(at + 4, Math.floor(value / upper), true)
}

function readInteger(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * upper
}

/**
 * Bytes of a frame (docs/wire.md): topic u32 big-endian (so that a subscription is a prefix), version u8, type u8,
 * flags u16, epoch u64, sequence u64, time f64, length u32, payload, CRC-32 u32; little-endian but the topic.
 */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headBytes + frame.payload.length + tailBytes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, frame.topic)
  view.setUint8(4, wireVersion)
  view.setUint8(5, frameTypes[frame.type])
  view.setUint16(6, frame.flags, true)
  writeInteger(view, 8, frame.epoch)
  writeInteger(view, 16, frame.sequence)
  view.setFloat64(24, frame.time, true)
  view.setUint32(32, frame.payload.length, true)
  bytes.set(frame.payload, headBytes)
  view.setUint32(bytes.length - tailBytes, crc32(bytes, 0, bytes.length - tailBytes), true)
  return bytes
}

/** The frame that begins at `from`; undefined when these bytes are none (too short, another version, a wrong sum). */
export function decodeFrame(bytes: Uint8Array, from = 0): Frame | undefined {
  if (bytes.length - from < headBytes + tailBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, bytes.length - from)
  const length = view.getUint32(32, true)
  const end = headBytes + length
  const type = typeNames[view.getUint8(5)]
  if (view.getUint8(4) !== wireVersion || type === undefined) return undefined
  if (end + tailBytes > Math.min(view.byteLength, mostFrameBytes)) return undefined
  if (view.getUint32(end, true) !== crc32(bytes, from, from + end)) return undefined
  return {
    topic: view.getUint32(0),
    type,
    flags: view.getUint16(6, true),
    epoch: readInteger(view, 8),
    sequence: readInteger(view, 16),
    time: view.getFloat64(24, true),
    payload: bytes.subarray(from + headBytes, from + end),
  }
}

/** Bytes of a frame with that payload. */
export function frameBytes(payloadBytes: number): number {
  return headBytes + payloadBytes + tailBytes
}

/** All frames that lie one after the other; stops at the first that is none. */
export function decodeFrames(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length; ) {
    const frame = decodeFrame(bytes, at)
    if (frame === undefined) break
    frames.push(frame)
    at += frameBytes(frame.payload.length)
  }
  return frames
}

/** A heartbeat's payload: for each topic its u32 and its last number u64. */
export function encodeHeartbeat(last: ReadonlyMap<number, number>): Uint8Array {
  const bytes = new Uint8Array(last.size * 12)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [topic, sequence] of last) {
    view.setUint32(at, topic, true)
    writeInteger(view, at + 4, sequence)
    at += 12
  }
  return bytes
}

export function decodeHeartbeat(payload: Uint8Array): Map<number, number> {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const last = new Map<number, number>()
  for (let at = 0; at + 12 <= payload.length; at += 12) last.set(view.getUint32(at, true), readInteger(view, at + 4))
  return last
}
