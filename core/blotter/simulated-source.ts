import { instrumentId } from '../domain/ids.ts'
import { type MarketKind, marketKinds } from '../domain/market-message.ts'
import { seededRandom } from '../lib/seeded-random.ts'
import { BookChanges } from './book-changes.ts'
import type { MarketSource, SourceClock, SourceInstrument, SourceListener } from './market-source.ts'
import { SimulatedBook } from './simulated-book.ts'

export interface SimulatedSourceOptions {
  readonly name: string
  readonly seed: number
  /** Prints of one instrument in a second of its market, on average. */
  readonly printsPerSecond: number
  /** How many seconds of its market pass in one of ours. */
  readonly speed: number
}

interface Market {
  readonly instrument: SourceInstrument
  readonly kinds: ReadonlySet<MarketKind>
  readonly random: () => number
  readonly book: SimulatedBook
  readonly changes: BookChanges
  price: number
  /** The market's time of the next print. */
  next: number
  ordinal: number
  lastTime: number
}

const lookMs = 100
const tickSize = 0.01

/**
 * A market that does not exist, for first steps without a venue. The same seed, instruments and looks at the same times
 * give the same messages. Its time runs `speed` times ours, from the moment of its start.
 */
export function createSimulatedSource(options: SimulatedSourceOptions, ports: SourceClock): MarketSource {
  const markets = new Map<string, Market>()
  let listener: SourceListener | undefined
  let began = Number.NaN
  let stopLooking = (): void => undefined

  const marketTime = () => began + (ports.now() - began) * options.speed
  const look = () => {
    const now = marketTime()
    for (const market of markets.values()) {
      while (market.next <= now) print(market)
    }
  }

  function print(market: Market): void {
    const { random, instrument, kinds } = market
    const time = Math.floor(market.next)
    market.ordinal = time === market.lastTime ? market.ordinal + 1 : 0
    market.lastTime = time
    const step = random() + random() + random() - 1.5
    market.price = Math.max(tickSize, Math.round((market.price * (1 + step * 0.0004)) / tickSize) * tickSize)
    const price = Number(market.price.toFixed(2))
    const side = step >= 0 ? 1 : -1
    const size = 1 + Math.floor(random() * 200)
    standing(market, time, price, side)
    if (kinds.has('tick')) {
      listener?.message({ kind: 'tick', instrument: instrument.id, time, price, size, side, id: market.ordinal })
    }
    market.next += ((random() + random()) * 1000) / options.printsPerSecond
  }

  /** What stands around a print: its quote and its book, which agree. */
  function standing(
    { kinds, instrument, random, book, changes }: Market,
    time: number,
    price: number,
    side: 1 | -1,
  ): void {
    const [below, above] = side === 1 ? [price - tickSize, price] : [price, price + tickSize]
    const best = { bid: Number(below.toFixed(2)), ask: Number(above.toFixed(2)) }
    let sizes = kinds.has('quote') ? drawSizes(random) : null
    if (kinds.has('book')) {
      const whole = book.around(best.bid, best.ask)
      sizes &&= { bidSize: whole.bids[0]?.[1] ?? 0, askSize: whole.asks[0]?.[1] ?? 0 }
      for (const message of changes.of(whole, time)) listener?.message(message)
    }
    if (sizes !== null) listener?.message({ kind: 'quote', instrument: instrument.id, time, ...best, ...sizes })
  }

  function open(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): Market {
    const random = seededRandom(options.seed + markets.size * 7919)
    const before = markets.get(instrument.id)
    if (before !== undefined) return { ...before, kinds, changes: new BookChanges(instrument.id) }
    const next = Number.isNaN(began) ? Number.NaN : marketTime()
    // A stream of its own: with a book and without, the prints are the same
    const book = new SimulatedBook(seededRandom(options.seed + markets.size * 7919 + 1), tickSize)
    const changes = new BookChanges(instrument.id)
    return {
      instrument,
      kinds,
      random,
      book,
      changes,
      price: 50 + 100 * random(),
      next,
      ordinal: 0,
      lastTime: Number.NaN,
    }
  }

  return {
    name: options.name,
    streams: new Set(marketKinds),
    history: null,
    start(told) {
      listener = told
      began = ports.now()
      for (const market of markets.values()) market.next = began
      told.state({ kind: 'live' })
      stopLooking = ports.every(lookMs, look)
    },
    subscribe(instrument, kinds) {
      if (kinds.size === 0) markets.delete(instrument.id)
      else markets.set(instrument.id, open(instrument, kinds))
    },
    async find(text) {
      const name = text.toUpperCase().replace(/[^A-Z0-9-]/g, '')
      const id = instrumentId(name.startsWith('SIM-') ? name : `SIM-${name}`)
      if (id === undefined) return []
      const facts = { symbol: id, name: `${id} (simulated)`, kind: 'stock', currency: 'USD', zone: 'UTC' } as const
      return [{ id, ...facts, tickSize, lotSize: 1, multiplier: 1, simulated: true }]
    },
    async stop() {
      stopLooking()
      listener?.state({ kind: 'stopped' })
      listener = undefined
    },
  }
}

const drawSizes = (random: () => number) => ({
  bidSize: 100 + Math.floor(random() * 900),
  askSize: 100 + Math.floor(random() * 900),
})
