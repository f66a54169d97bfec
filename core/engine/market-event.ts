import { assertNever } from '../lib/assert.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { OrderBook, Quote, Tick } from './market-data.ts'
import type { Strategy } from './strategy.ts'

/** What a live feed sends besides bars. `instrument` is its position in the run. */
export type MarketEvent =
  | { readonly kind: 'tick'; readonly instrument: number; readonly data: Tick }
  | { readonly kind: 'quote'; readonly instrument: number; readonly data: Quote }
  | { readonly kind: 'order-book'; readonly instrument: number; readonly data: OrderBook }

/** Puts the event on the instrument, where the strategy reads it. */
export function showEvent(instrument: InstrumentApi, event: MarketEvent): void {
  switch (event.kind) {
    case 'tick':
      instrument.tick = event.data
      return
    case 'quote':
      instrument.quote = event.data
      return
    case 'order-book':
      instrument.orderBook = event.data
      return
    default:
      assertNever(event)
  }
}

/** Calls the strategy's callback for the kind of event, if it has one. */
export function tellEvent(strategy: Strategy, instrument: Instrument, kind: MarketEvent['kind']): void {
  switch (kind) {
    case 'tick':
      strategy.onTick?.(instrument)
      return
    case 'quote':
      strategy.onQuote?.(instrument)
      return
    case 'order-book':
      strategy.onOrderBook?.(instrument)
      return
    default:
      assertNever(kind)
  }
}
