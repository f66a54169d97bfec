import type { InstrumentId } from '../../domain/ids.ts'
import type { Aggressor, BookLevel, MarketMessage } from '../../domain/market-message.ts'
import type { Frame } from './frame.ts'

/** What a topic is about; `interval` is empty unless it is one of bars. */
export interface WireTopic {
  readonly id: number
  readonly instrument: string
  readonly kind: MarketMessage['kind']
  readonly interval: string
}

/** Flags of a frame: a closed bar; a book that is whole. */
const closedFlag = 1
const snapshotFlag = 2

/** Payload and flags of a message; numbers are doubles, exact, NaN where unknown. */
export function encodeMessage(message: MarketMessage): { readonly flags: number; readonly payload: Uint8Array } {
  switch (message.kind) {
    case 'tick':
      return { flags: 0, payload: doubles([message.price, message.size, message.side, message.id]) }
    case 'quote':
      return { flags: 0, payload: doubles([message.bid, message.ask, message.bidSize, message.askSize]) }
    case 'bar': {
      const { closeTime, open, high, low, close, volume, openInterest } = message
      const payload = doubles([closeTime, open, high, low, close, volume, openInterest])
      return { flags: message.closed ? closedFlag : 0, payload }
    }
    case 'book': {
      const { bids, asks } = message
      const payload = doubles([bids.length, ...bids.flat(), ...asks.flat()])
      return { flags: message.snapshot ? snapshotFlag : 0, payload }
    }
  }
}

/** The message of a frame of that topic; undefined when the payload does not fit its kind. */
export function decodeMessage(frame: Frame, topic: WireTopic): MarketMessage | undefined {
  const instrument = topic.instrument as InstrumentId
  const { time, flags, type } = frame
  if (type !== topic.kind || frame.payload.length % 8 !== 0) return undefined
  const cells = readDoubles(frame.payload)
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = cells
  if (type === 'tick' && cells.length === 4) {
    return { kind: 'tick', instrument, time, price: a, size: b, side: c as Aggressor, id: d }
  }
  if (type === 'quote' && cells.length === 4)
    return { kind: 'quote', instrument, time, bid: a, ask: b, bidSize: c, askSize: d }
  if (type === 'bar' && cells.length === 7) {
    const [closeTime, open, high, low, close, volume, openInterest] = cells as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const prices = { open, high, low, close, volume, openInterest }
    return {
      kind: 'bar',
      instrument,
      interval: topic.interval,
      time,
      closeTime,
      ...prices,
      closed: (flags & closedFlag) > 0,
    }
  }
  if (type !== 'book' || !(a >= 0 && a <= (cells.length - 1) / 2) || cells.length % 2 === 0) return undefined
  const levels = Array.from(
    { length: (cells.length - 1) / 2 },
    (_, index): BookLevel => [cells[1 + index * 2] as number, cells[2 + index * 2] as number],
  )
  return {
    ...{ kind: 'book', instrument, time, snapshot: (flags & snapshotFlag) > 0 },
    ...{ bids: levels.slice(0, a), asks: levels.slice(a) },
  }
}

function doubles(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true)
  return bytes
}

function readDoubles(payload: Uint8Array): number[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  return Array.from({ length: payload.length / 8 }, (_, index) => view.getFloat64(index * 8, true))
}
