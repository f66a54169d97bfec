import type { Blotter, SourceStatus } from '../blotter/blotter.ts'
import type { Correction } from '../blotter/cleaning-rules.ts'
import type { InstrumentFeed } from '../blotter/instrument-feed.ts'
import type { WatchRow } from '../blotter/watch-row.ts'
import type { Wire } from '../blotter/wire/wire-port.ts'
import type { Gives, Payload } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import type { BarMessage, BookLevel } from '../domain/market-message.ts'

type Status = Gives<'blotter.status'>['status']

const known = (value: number) => (Number.isFinite(value) ? value : null)

/** What a blotter is doing, in the words of the contract. */
export function blotterStatus(
  running: { readonly blotter: Blotter; readonly startedAt: number; readonly wire: Wire | null } | null,
  troubles: Status['troubles'],
  at: number,
): Status {
  const blotter = running?.blotter
  return {
    running: running !== null,
    at,
    startedAt: running?.startedAt ?? null,
    sources: (blotter?.sources ?? []).map(sourceLine),
    instruments: (blotter?.feeds ?? []).map(instrumentLine),
    wire: wireLine(running?.wire ?? null),
    queue: { ...(blotter?.queue ?? { waiting: 0, written: 0, conflated: 0 }) },
    troubles: [...troubles],
  }
}

function wireLine(wire: Wire | null): Status['wire'] {
  return wire === null ? null : { ...wire.addresses, sent: wire.sent, waiting: wire.waiting }
}

function sourceLine({ name, state, heardAt, messages, gaps }: SourceStatus): Status['sources'][number] {
  return {
    name,
    state: state.kind,
    until: state.kind === 'waiting' ? state.until : null,
    error: 'error' in state ? toWireError(state.error) : null,
    heardAt: known(heardAt),
    messages,
    gaps,
  }
}

function instrumentLine({ wish, counts, corrections, partialBars }: InstrumentFeed): Status['instruments'][number] {
  return {
    instrument: wish.instrument.id,
    source: wish.source,
    counts: { ...counts },
    corrections: Object.fromEntries(corrections),
    partialBars,
  }
}

export function watchLine(row: WatchRow): Gives<'blotter.watch'>['rows'][number] {
  return {
    instrument: row.instrument,
    last: known(row.last),
    lastSize: known(row.lastSize),
    lastTime: known(row.lastTime),
    reference: known(row.reference),
    bid: known(row.bid),
    ask: known(row.ask),
    bidSize: known(row.bidSize),
    askSize: known(row.askSize),
    quoteTime: known(row.quoteTime),
    barTime: known(row.barTime),
  }
}

/**
 * What stands at each price: the order book where one is streamed, else the best bid and ask of the quotes. Null where
 * neither was heard.
 */
export function bookLines(
  { book, watch: { row }, wish }: InstrumentFeed,
  levels: number,
): Gives<'blotter.book'>['book'] {
  const figures = { last: known(row.last), lastSize: known(row.lastSize), lastTime: known(row.lastTime) }
  const { time, bids, asks } = book.book()
  if (time !== null) {
    const sides = { bids: top(bids, levels), asks: top(asks, levels) }
    return { from: 'book', time, isWhole: book.isWhole, ...sides, ...figures }
  }
  if (!wish.kinds.includes('quote') || Number.isNaN(row.quoteTime)) return null
  const side = (price: number, size: number): [number, number | null][] =>
    Number.isFinite(price) ? [[price, known(size)]] : []
  const sides = { bids: side(row.bid, row.bidSize), asks: side(row.ask, row.askSize) }
  return { from: 'quote', time: row.quoteTime, isWhole: true, ...sides, ...figures }
}

const top = (side: readonly BookLevel[], levels: number) =>
  side.slice(0, levels).map(([price, size]): [number, number] => [price, size])

/** A closed bar as the topic tells it. */
export function barLine({ volume, openInterest, ...bar }: BarMessage): Payload<'market.bar'> {
  return { ...bar, volume: known(volume), openInterest: known(openInterest) }
}

export function findingLine({ value, ...finding }: Correction): Gives<'blotter.corrections'>['corrections'][number] {
  return { ...finding, value: known(value) }
}
