import { BookChanges } from '../../blotter/book-changes.ts'
import type { SourceInstrument } from '../../blotter/market-source.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { MarketKind, MarketMessage } from '../../domain/market-message.ts'
import type { Clock } from '../../lib/clock.ts'
import { CandleCloser } from './candle-closer.ts'
import {
  type ExchangeClient,
  type ExchangeQuote,
  type ExchangeTrade,
  exchangeError,
  isPassing,
} from './exchange-client.ts'
import { PrintOrdinals } from './print-ordinals.ts'

/** What a feed tells its source. */
export interface FeedListener {
  message(message: MarketMessage): void
  /** A stream that will not be tried again by itself, e.g. one that the exchange does not have. */
  trouble(instrument: SourceInstrument, error: DomainError): void
  /** The connection broke; the feed has ended. Told once. */
  lost(error: DomainError): void
}

/** Levels of the order book asked for a side. */
const bookLevels = 50
/** The bars that are streamed; others are made from prints. */
const barInterval = '1m'

/** Streams of one open connection to an exchange: one loop for each instrument and kind, until it is closed or breaks. */
export class ExchangeFeed {
  readonly #client: ExchangeClient
  readonly #venue: string
  readonly #clock: Clock
  readonly #listener: FeedListener
  readonly #running = new Map<string, { wanted: boolean }>()
  #ended = false

  constructor(client: ExchangeClient, venue: string, clock: Clock, listener: FeedListener) {
    this.#client = client
    this.#venue = venue
    this.#clock = clock
    this.#listener = listener
  }

  /** These kinds of the instrument from now on, and no others. */
  want(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): void {
    for (const kind of ['tick', 'quote', 'book', 'bar'] as const) {
      const key = `${instrument.id} ${kind}`
      const running = this.#running.get(key)
      if (!kinds.has(kind)) {
        // The exchange may go on sending; nobody hears it
        if (running !== undefined) running.wanted = false
      } else if (running !== undefined) running.wanted = true
      else {
        const loop = { wanted: true }
        this.#running.set(key, loop)
        void this.#run(instrument, kind, loop)
      }
    }
  }

  async close(): Promise<void> {
    this.#ended = true
    await this.#client.close().catch(() => undefined)
  }

  async #run(instrument: SourceInstrument, kind: MarketKind, loop: { readonly wanted: boolean }): Promise<void> {
    const next = this.#stream(instrument, kind)
    try {
      while (!this.#ended) {
        const messages = await next()
        if (this.#ended) return
        if (loop.wanted) for (const message of messages) this.#listener.message(message)
      }
    } catch (failure) {
      this.#failed(instrument, exchangeError(failure, this.#venue))
    }
  }

  #failed(instrument: SourceInstrument, error: DomainError): void {
    if (this.#ended) return
    if (!isPassing(error)) this.#listener.trouble(instrument, error)
    else {
      this.#ended = true
      this.#listener.lost(error)
    }
  }

  /** A function that waits for the next facts of one stream. */
  #stream({ id: instrument, symbol }: SourceInstrument, kind: MarketKind): () => Promise<MarketMessage[]> {
    const client = this.#client
    switch (kind) {
      case 'tick': {
        const ordinals = new PrintOrdinals()
        return async () => (await client.watchTrades(symbol)).map((trade) => tickOf(instrument, trade, ordinals))
      }
      case 'quote':
        return async () => {
          const quote = (await client.watchBidsAsks([symbol]))[symbol]
          return quote === undefined ? [] : [quoteOf(instrument, quote, this.#clock)]
        }
      case 'book': {
        const changes = new BookChanges(instrument)
        return async () => changes.of(await client.watchOrderBook(symbol, bookLevels), this.#clock.now())
      }
      case 'bar': {
        const closer = new CandleCloser(instrument, barInterval)
        return async () => closer.take(await client.watchOHLCV(symbol, barInterval))
      }
    }
  }
}

/** A print in our words; the exchange's number is its id where it is a number. */
export function tickOf(
  instrument: SourceInstrument['id'],
  trade: ExchangeTrade,
  ordinals: PrintOrdinals,
): MarketMessage & { kind: 'tick' } {
  const { timestamp: time, price, amount: size } = trade
  const side = trade.side === 'buy' ? 1 : trade.side === 'sell' ? -1 : 0
  return { kind: 'tick', instrument, time, price, size, side, id: ordinals.idOf(trade.id, time) }
}

function quoteOf(instrument: SourceInstrument['id'], quote: ExchangeQuote, clock: Clock): MarketMessage {
  return {
    kind: 'quote',
    instrument,
    // Some exchanges do not say when: then it is when we heard it
    time: quote.timestamp ?? clock.now(),
    bid: quote.bid ?? Number.NaN,
    ask: quote.ask ?? Number.NaN,
    bidSize: quote.bidVolume ?? Number.NaN,
    askSize: quote.askVolume ?? Number.NaN,
  }
}
