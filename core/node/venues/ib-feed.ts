import { EventName } from '@stoqey/ib'
import type { SourceInstrument } from '../../blotter/market-source.ts'
import { type DomainError, isDomainError } from '../../domain/errors.ts'
import type { BookLevel, MarketKind, MarketMessage } from '../../domain/market-message.ts'
import type { Clock } from '../../lib/clock.ts'
import { type IbConnection, ibError, isNotice } from './ib-connection.ts'
import { hasPrints, ibContract } from './ib-contract.ts'
import { PrintOrdinals } from './print-ordinals.ts'

export interface IbFeedListener {
  message(message: MarketMessage): void
  trouble(instrument: SourceInstrument, error: DomainError): void
}

interface Stream {
  readonly kind: MarketKind
  readonly instrument: SourceInstrument
  readonly ordinals: PrintOrdinals
  /** Prints of this second and before are left out: it began before we listened, and a number counts from its first. */
  readonly afterSecond: number
  readonly bids: BookLevel[]
  readonly asks: BookLevel[]
  cancel(): void
}

const depthRows = 10
const barSeconds = 5

/** Tick-by-tick prints and quotes, depth and five-second bars over one connection. */
export class IbFeed {
  readonly #connection: IbConnection
  readonly #venue: string
  readonly #clock: Clock
  readonly #listener: IbFeedListener
  readonly #streams = new Map<number, Stream>()

  constructor(connection: IbConnection, venue: string, clock: Clock, listener: IbFeedListener) {
    this.#connection = connection
    this.#venue = venue
    this.#clock = clock
    this.#listener = listener
    this.#listen()
  }

  /** These kinds of the instrument from now on, and no others. */
  want(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): void {
    const running = [...this.#streams].filter(([, stream]) => stream.instrument.id === instrument.id)
    for (const [request, stream] of running) if (!kinds.has(stream.kind)) this.#end(request, stream)
    for (const kind of kinds) {
      if (running.some(([, stream]) => stream.kind === kind)) continue
      try {
        this.#start(instrument, kind)
      } catch (failure) {
        if (!isDomainError(failure)) throw failure
        this.#listener.trouble(instrument, failure)
      }
    }
  }

  #start(instrument: SourceInstrument, kind: MarketKind): void {
    const { api } = this.#connection
    const contract = ibContract(instrument.symbol)
    // Currencies have no prints: the blotter makes bars of their quotes
    if (kind === 'tick' && !hasPrints(contract)) return
    const request = this.#connection.nextRequest()
    const ends = {
      tick: () => api.cancelTickByTickData(request),
      quote: () => api.cancelTickByTickData(request),
      book: () => api.cancelMktDepth(request, false),
      bar: () => api.cancelRealTimeBars(request),
    }
    const afterSecond = Math.floor(this.#clock.now() / 1000)
    const fresh = { ordinals: new PrintOrdinals(), afterSecond, bids: [], asks: [] }
    this.#streams.set(request, { kind, instrument, cancel: ends[kind], ...fresh })
    this.#connection.onError(request, (trouble) => {
      if (isNotice(trouble)) return
      this.#streams.delete(request)
      this.#listener.trouble(instrument, ibError(trouble, this.#venue))
    })
    if (kind === 'tick') api.reqTickByTickData(request, contract, 'AllLast' as never, 0, false)
    else if (kind === 'quote') api.reqTickByTickData(request, contract, 'BidAsk' as never, 0, false)
    else if (kind === 'book') api.reqMktDepth(request, contract, depthRows, false)
    else
      api.reqRealTimeBars(request, contract, barSeconds, (hasPrints(contract) ? 'TRADES' : 'MIDPOINT') as never, false)
  }

  #end(request: number, stream: Stream): void {
    this.#streams.delete(request)
    stream.cancel()
  }

  #listen(): void {
    const { api } = this.#connection
    api.on(EventName.tickByTickAllLast, (request, _, time, price, size) => {
      const stream = this.#streams.get(request)
      const second = Number(time)
      if (stream === undefined || second <= stream.afterSecond) return
      const id = stream.ordinals.idOf(undefined, second)
      const instrument = stream.instrument.id
      this.#listener.message({ kind: 'tick', instrument, time: second * 1000, price, size, side: 0, id })
    })
    api.on(EventName.tickByTickBidAsk, (request, time, bid, ask, bidSize, askSize) => {
      const stream = this.#streams.get(request)
      if (stream === undefined) return
      const instrument = stream.instrument.id
      this.#listener.message({
        kind: 'quote',
        instrument,
        time: quoteTime(time, this.#clock),
        bid,
        ask,
        bidSize,
        askSize,
      })
    })
    api.on(EventName.updateMktDepth, (request, position, operation, side, price, size) =>
      this.#depth(request, { position, operation, side, price, size }),
    )
    api.on(EventName.updateMktDepthL2, (request, position, _, operation, side, price, size) =>
      this.#depth(request, { position, operation, side, price, size }),
    )
    api.on(EventName.realtimeBar, (request, time, open, high, low, close, volume) => {
      const stream = this.#streams.get(request)
      if (stream === undefined) return
      const span = { time: time * 1000, closeTime: (time + barSeconds) * 1000 }
      const prices = { open, high, low, close, volume, openInterest: Number.NaN }
      const instrument = stream.instrument.id
      this.#listener.message({ kind: 'bar', instrument, interval: `${barSeconds}s`, ...span, ...prices, closed: true })
    })
  }

  /** Depth comes by position: the whole book is kept and told, for a position says nothing of the price that left it. */
  #depth(request: number, row: DepthRow): void {
    const stream = this.#streams.get(request)
    if (stream === undefined) return
    const side = row.side === 1 ? stream.bids : stream.asks
    if (row.operation === 2) side.splice(row.position, 1)
    else if (row.operation === 0) side.splice(row.position, 0, [row.price, row.size])
    else side[row.position] = [row.price, row.size]
    const { bids, asks } = stream
    const message = { snapshot: true, bids: [...bids], asks: [...asks] }
    this.#listener.message({ kind: 'book', instrument: stream.instrument.id, time: this.#clock.now(), ...message })
  }
}

interface DepthRow {
  readonly position: number
  /** 0 insert, 1 update, 2 delete. */
  readonly operation: number
  /** 0 ask, 1 bid. */
  readonly side: number
  readonly price: number
  readonly size: number
}

/** TWS dates quotes by the second; within the present one our own clock tells them apart. */
function quoteTime(second: number, clock: Clock): number {
  const now = clock.now()
  return Math.floor(now / 1000) === Number(second) ? now : Number(second) * 1000
}
