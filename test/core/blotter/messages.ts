import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { BarMessage, QuoteMessage, TickMessage } from '../../../core/domain/market-message.ts'

export const gold = 'GOLD' as InstrumentId

/** A print; its id is the ordinal that it needs to be another one than those of the same time. */
export function tick(time: number, price: number, size = 1, id = 0): TickMessage {
  return { kind: 'tick', instrument: gold, time, price, size, side: 0, id }
}

export function quote(time: number, bid: number, ask: number): QuoteMessage {
  return { kind: 'quote', instrument: gold, time, bid, ask, bidSize: 1, askSize: 1 }
}

export function bar(time: number, prices: Partial<BarMessage> = {}): BarMessage {
  const flat = { open: 1, high: 1, low: 1, close: 1, volume: 1, openInterest: Number.NaN, closed: true }
  return { kind: 'bar', instrument: gold, interval: '1m', time, closeTime: time + 60_000, ...flat, ...prices }
}
