import { barSpecMs, parseBarSpec } from '../../domain/bar-spec.ts'
import type { InstrumentId } from '../../domain/ids.ts'
import type { BarMessage } from '../../domain/market-message.ts'
import type { ExchangeCandle } from './exchange-client.ts'

/**
 * A stream of candles has no word for "closed": a candle is closed when the next one begins. Feeds that skip a quiet
 * minute therefore tell of its end late; the blotter closes its own bars by the clock.
 */
export class CandleCloser {
  readonly #instrument: InstrumentId
  readonly #interval: string
  readonly #length: number
  #last: BarMessage | undefined

  constructor(instrument: InstrumentId, interval: string) {
    this.#instrument = instrument
    this.#interval = interval
    this.#length = barSpecMs(parseBarSpec(interval))
  }

  take(candles: readonly ExchangeCandle[]): BarMessage[] {
    const messages: BarMessage[] = []
    for (const candle of candles) {
      const bar = barOf(this.#instrument, this.#interval, candle, this.#length)
      const before = this.#last
      if (before !== undefined && bar.time < before.time) continue
      if (before !== undefined && bar.time > before.time) messages.push({ ...before, closed: true })
      messages.push(bar)
      this.#last = bar
    }
    return messages
  }
}

function barOf(instrument: InstrumentId, interval: string, candle: ExchangeCandle, length: number): BarMessage {
  const [time, open, high, low, close, volume = Number.NaN] = candle
  const prices = { open, high, low, close, volume, openInterest: Number.NaN }
  return { kind: 'bar', instrument, interval, time, closeTime: time + length, ...prices, closed: false }
}
