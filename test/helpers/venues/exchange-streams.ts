import type { WebSocket } from 'ws'
import { asText, bookAt, bookNumber, plain } from './exchange-rest.ts'
import { barOf, minuteMs, type VenueMarket, type VenueSymbol, type VenueTrade } from './venue-market.ts'

export interface ExchangeStreams {
  join(socket: WebSocket, names: readonly string[]): void
  part(socket: WebSocket, names: readonly string[]): void
  leave(socket: WebSocket): void
  /** Sends what happened since the call before. */
  tell(): void
}

/** Who listens to which stream (`btcusdt@aggTrade`), and what each hears. */
export function createStreams(market: VenueMarket, now: () => number): ExchangeStreams {
  const wanted = new Map<WebSocket, Set<string>>()
  let told = now()
  return {
    join(socket, names) {
      const set = wanted.get(socket) ?? new Set()
      for (const name of names) set.add(name)
      wanted.set(socket, set)
    },
    part(socket, names) {
      for (const name of names) wanted.get(socket)?.delete(name)
    },
    leave: (socket) => void wanted.delete(socket),
    tell() {
      const [from, to] = [told, now()]
      told = to
      if (to <= from) return
      const news = new Map<string, string[]>()
      for (const names of wanted.values()) {
        for (const name of names)
          if (!news.has(name))
            news.set(
              name,
              newsOf(name, from, to).map((each) => JSON.stringify(each)),
            )
      }
      for (const [socket, names] of wanted) {
        for (const name of names) for (const text of news.get(name) ?? []) socket.send(text)
      }
    },
  }

  function newsOf(name: string, from: number, to: number): object[] {
    const [id = '', stream = ''] = name.split('@')
    const symbol = market.symbol(id.toUpperCase())
    if (symbol === undefined) return []
    const trades = market.trades(symbol, from, to)
    if (stream === 'aggTrade') return trades.map((trade) => tradeNews(symbol, trade))
    if (stream === 'bookTicker') return quoteNews(market, symbol, from, to)
    if (stream === 'kline_1m') return trades.length === 0 ? [] : [klineNews(market, symbol, to)]
    if (stream.startsWith('depth')) return depthNews(symbol, from, to)
    return []
  }

  function depthNews(symbol: VenueSymbol, from: number, to: number): object[] {
    const news: object[] = []
    for (let number = bookNumber(from) + 1; number <= bookNumber(to); number++) {
      const [before, after] = [bookAt(market, symbol, number - 1), bookAt(market, symbol, number)]
      const sides = { b: changes(before.bids, after.bids), a: changes(before.asks, after.asks) }
      news.push({ e: 'depthUpdate', E: to, s: symbol.id, U: number, u: number, ...sides })
    }
    return news
  }
}

function tradeNews(symbol: VenueSymbol, { id, time, price, size, buyerIsMaker }: VenueTrade): object {
  return {
    e: 'aggTrade',
    ...{ E: time, s: symbol.id, a: id, p: plain(price), q: plain(size), f: id, l: id, T: time },
    ...{ m: buyerIsMaker, M: true },
  }
}

function quoteNews(market: VenueMarket, symbol: VenueSymbol, from: number, to: number): object[] {
  if (Math.floor(from / 250) === Math.floor(to / 250)) return []
  const { bid, ask, bidSize, askSize } = market.quote(symbol, to)
  return [{ u: to, s: symbol.id, b: plain(bid), B: plain(bidSize), a: plain(ask), A: plain(askSize) }]
}

function klineNews(market: VenueMarket, symbol: VenueSymbol, to: number): object {
  const time = Math.floor(to / minuteMs) * minuteMs
  const bar = barOf(time, market.trades(symbol, time, to)) ?? {
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    volume: 0,
    trades: 0,
  }
  const prices = {
    o: plain(bar.open),
    h: plain(bar.high),
    l: plain(bar.low),
    c: plain(bar.close),
    v: plain(bar.volume),
  }
  const k = {
    t: time,
    T: time + minuteMs - 1,
    s: symbol.id,
    i: '1m',
    ...prices,
    n: bar.trades,
    x: false,
    q: '0',
    V: '0',
    Q: '0',
  }
  return { e: 'kline', E: to, s: symbol.id, k }
}

type Levels = readonly (readonly [number, number])[]

/** Levels of `after` that are new or changed, and those that went, with size 0. */
function changes(before: Levels, after: Levels): [string, string][] {
  const [old, now] = [new Map(before.map(asText)), new Map(after.map(asText))]
  const gone = [...old.keys()].filter((price) => !now.has(price)).map((price): [string, string] => [price, '0'])
  return [...gone, ...[...now].filter(([price, size]) => old.get(price) !== size)]
}
