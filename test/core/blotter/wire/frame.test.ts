import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameType,
  frameTypes,
} from '../../../../core/blotter/wire/frame.ts'
import { decodeMessage, encodeMessage, type WireTopic } from '../../../../core/blotter/wire/message-codec.ts'
import type { MarketMessage } from '../../../../core/domain/market-message.ts'
import { crc32 } from '../../../../core/lib/crc32.ts'
import { bar, gold, quote, tick } from '../messages.ts'

const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, 1e308, 0.1 + 0.2))
const levels = fc.array(fc.tuple(number, number), { maxLength: 5 })
const message: fc.Arbitrary<MarketMessage> = fc.oneof(
  fc.tuple(number, number, number, fc.integer()).map(([time, price, size, id]) => tick(time, price, size, id)),
  fc.tuple(number, number, number).map(([time, bid, ask]) => quote(time, bid, ask)),
  fc.tuple(number, number, fc.boolean()).map(([time, close, closed]) => bar(time, { close, closed })),
  fc
    .tuple(number, levels, levels, fc.boolean())
    .map(([time, bids, asks, snapshot]) => ({ kind: 'book' as const, instrument: gold, time, snapshot, bids, asks })),
)

const topicOf = (each: MarketMessage): WireTopic => ({
  ...{ id: 7, instrument: each.instrument, kind: each.kind },
  interval: each.kind === 'bar' ? each.interval : '',
})

function frameOf(each: MarketMessage, sequence = 3): Uint8Array {
  const { flags, payload } = encodeMessage(each)
  return encodeFrame({ topic: 7, type: each.kind, flags, epoch: 1_795_708_200_000, sequence, time: each.time, payload })
}

describe('a frame', () => {
  test('gives back the very message, every double to the last bit', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (each, sequence) => {
        const frame = decodeFrame(frameOf(each, sequence)) as Frame
        expect(frame).toMatchObject({ topic: 7, epoch: 1_795_708_200_000, sequence })
        expect(decodeMessage(frame, topicOf(each))).toEqual(each)
      }),
    )
  })

  test('with any byte changed, cut or added is none', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, at, change) => {
        const bytes = frameOf(each)
        const broken = bytes.slice()
        broken[at % bytes.length] = (broken[at % bytes.length] as number) ^ change
        expect(decodeFrame(broken)).toBeUndefined()
        expect(decodeFrame(bytes.subarray(0, at % bytes.length))).toBeUndefined()
      }),
    )
  })

  test('of anything at all never throws', () => {
    const type = fc.constantFrom(...(Object.keys(frameTypes) as FrameType[]))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeFrame(bytes)))
    fc.assert(
      fc.property(
        type,
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom('tick', 'quote', 'book', 'bar'),
        (name, payload, kind) => {
          const frame = decodeFrame(
            encodeFrame({ topic: 1, type: name, flags: 0, epoch: 1, sequence: 1, time: 1, payload }),
          )
          if (frame !== undefined) decodeMessage(frame, { id: 1, instrument: 'A', kind: kind as 'tick', interval: '' })
        },
      ),
    )
  })

  test('has the checksum that zlib has', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})
