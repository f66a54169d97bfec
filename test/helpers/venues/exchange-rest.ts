import {
  decimalsOf,
  minuteMs,
  type VenueBar,
  type VenueMarket,
  type VenueSymbol,
  type VenueTrade,
} from './venue-market.ts'

type Answer = [status: number, body: unknown]

const intervals: Readonly<Record<string, number>> = {
  '1m': minuteMs,
  '5m': 5 * minuteMs,
  '15m': 15 * minuteMs,
  '1h': 60 * minuteMs,
  '1d': 1440 * minuteMs,
}

/** What the exchange's REST interface says to a request at its time. */
export function answerRest(market: VenueMarket, url: URL, now: number): Answer {
  const path = url.pathname.replace('/api/v3/', '')
  if (path === 'ping') return [200, {}]
  if (path === 'time') return [200, { serverTime: now }]
  if (path === 'exchangeInfo') return [200, exchangeInfo(market, now)]
  const symbol = market.symbol(url.searchParams.get('symbol') ?? '')
  if (symbol === undefined) return [400, { code: -1121, msg: 'Invalid symbol.' }]
  if (path === 'klines') return klines(market, symbol, url.searchParams, now)
  if (path === 'aggTrades') return trades(market, symbol, url.searchParams, now)
  if (path === 'depth') return [200, depth(market, symbol, url.searchParams, now)]
  return [404, { code: -1100, msg: `The stand-in has no ${path}.` }]
}

function exchangeInfo(market: VenueMarket, now: number) {
  return {
    timezone: 'UTC',
    serverTime: now,
    rateLimits: [],
    exchangeFilters: [],
    symbols: market.symbols.map((symbol) => ({
      symbol: symbol.id,
      status: 'TRADING',
      baseAsset: symbol.base,
      baseAssetPrecision: 8,
      quoteAsset: symbol.quote,
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT'],
      icebergAllowed: true,
      ocoAllowed: true,
      isSpotTradingAllowed: true,
      isMarginTradingAllowed: false,
      filters: [
        {
          filterType: 'PRICE_FILTER',
          minPrice: `${symbol.tickSize}`,
          maxPrice: '1000000',
          tickSize: plain(symbol.tickSize),
        },
        { filterType: 'LOT_SIZE', minQty: plain(symbol.lotSize), maxQty: '9000', stepSize: plain(symbol.lotSize) },
        { filterType: 'NOTIONAL', minNotional: '5', applyMinToMarket: true, maxNotional: '9000000' },
      ],
      permissions: ['SPOT'],
      permissionSets: [['SPOT']],
    })),
  }
}

function klines(market: VenueMarket, symbol: VenueSymbol, query: URLSearchParams, now: number): Answer {
  const intervalMs = intervals[query.get('interval') ?? '']
  if (intervalMs === undefined) return [400, { code: -1120, msg: 'Invalid interval.' }]
  const limit = Number(query.get('limit') ?? 500)
  const end = Math.min(Number(query.get('endTime') ?? now), now) + 1
  const from = Number(query.get('startTime') ?? Math.floor(end / intervalMs - limit + 1) * intervalMs)
  const bars = market.bars(symbol, intervalMs, from, Math.min(end, from + limit * intervalMs))
  return [200, bars.map((bar) => klineOf(symbol, bar, intervalMs))]
}

function klineOf(symbol: VenueSymbol, bar: VenueBar, intervalMs: number) {
  const [price, size] = [decimalsOf(symbol.tickSize), decimalsOf(symbol.lotSize)]
  const { time, trades } = bar
  const prices = [bar.open, bar.high, bar.low, bar.close].map((value) => value.toFixed(price))
  return [time, ...prices, bar.volume.toFixed(size), time + intervalMs - 1, '0', trades, '0', '0', '0']
}

function trades(market: VenueMarket, symbol: VenueSymbol, query: URLSearchParams, now: number): Answer {
  const limit = Math.min(1000, Number(query.get('limit') ?? 500))
  const end = Math.min(Number(query.get('endTime') ?? now), now) + 1
  const from = query.get('startTime')
  if (from === null)
    return [
      200,
      market
        .trades(symbol, end - 30 * minuteMs, end)
        .slice(-limit)
        .map((trade) => tradeOf(symbol, trade)),
    ]
  return [
    200,
    market
      .trades(symbol, Number(from), end)
      .slice(0, limit)
      .map((trade) => tradeOf(symbol, trade)),
  ]
}

/** An aggregate trade as REST has it. */
function tradeOf(symbol: VenueSymbol, { id, time, price, size, buyerIsMaker }: VenueTrade) {
  return {
    a: id,
    p: price.toFixed(decimalsOf(symbol.tickSize)),
    q: size.toFixed(decimalsOf(symbol.lotSize)),
    ...{ f: id, l: id, T: time, m: buyerIsMaker, M: true },
  }
}

function depth(market: VenueMarket, symbol: VenueSymbol, query: URLSearchParams, now: number) {
  const number = bookNumber(now)
  const { bids, asks } = bookAt(market, symbol, number)
  const limit = Number(query.get('limit') ?? 100)
  return { lastUpdateId: number, bids: bids.slice(0, limit).map(asText), asks: asks.slice(0, limit).map(asText) }
}

/** The book as its update of that number leaves it. */
export function bookAt(market: VenueMarket, symbol: VenueSymbol, number: number) {
  return market.depth(symbol, number * 100, 20)
}

/** Numbers of the book's updates rise with time and leave no hole. */
export function bookNumber(now: number): number {
  return Math.floor(now / 100)
}

export function asText([price, size]: readonly [number, number]): [string, string] {
  return [plain(price), plain(size)]
}

/** Digits without an exponent. */
export function plain(value: number): string {
  return value.toFixed(8).replace(/\.?0+$/, '')
}
