import type { WholeBook } from '../../blotter/book-changes.ts'
import { DomainError } from '../../domain/errors.ts'

/** [open time, open, high, low, close, volume]; a missing figure is undefined. */
export type ExchangeCandle = readonly [number, number, number, number, number, number | undefined]

export interface ExchangeTrade {
  readonly id?: string
  readonly timestamp: number
  readonly price: number
  readonly amount: number
  readonly side?: string
}

export interface ExchangeQuote {
  readonly timestamp?: number
  readonly bid?: number
  readonly ask?: number
  readonly bidVolume?: number
  readonly askVolume?: number
}

export interface ExchangeMarket {
  readonly symbol: string
  readonly base: string
  readonly quote: string
  readonly type: string
  readonly active?: boolean
  readonly contractSize?: number
  readonly precision: { readonly price?: number; readonly amount?: number }
}

/** The part of a ccxt exchange that market data needs; its own types describe a hundred times as much. */
export interface ExchangeClient {
  readonly has: Readonly<Record<string, unknown>>
  readonly timeframes: Readonly<Record<string, unknown>>
  loadMarkets(): Promise<Readonly<Record<string, ExchangeMarket>>>
  fetchOHLCV(symbol: string, timeframe: string, since: number, limit: number): Promise<ExchangeCandle[]>
  fetchTrades(symbol: string, since: number, limit: number): Promise<ExchangeTrade[]>
  watchTrades(symbol: string): Promise<ExchangeTrade[]>
  watchOHLCV(symbol: string, timeframe: string): Promise<ExchangeCandle[]>
  watchBidsAsks(symbols: readonly string[]): Promise<Readonly<Record<string, ExchangeQuote>>>
  watchOrderBook(symbol: string, limit?: number): Promise<WholeBook>
  close(): Promise<void>
}

export interface ExchangeOptions {
  /** ccxt's id, e.g. `binance`. */
  readonly exchange: string
  /** Which of its markets: `spot` (default), `swap`, `future`. */
  readonly market?: string
  /**
   * Address of a server that stands in front of the exchange: each request goes there with the meant host as first
   * part of the path. For a proxy of one's own, or a stand-in.
   */
  readonly gateway?: string | undefined
  /** Longest wait for an answer, ms; default 10 000. */
  readonly timeoutMs?: number
}

/** ccxt knows no other name for these; without them it asks for keys, or numbers live prints unlike those of its history. */
const options = {
  fetchCurrencies: false,
  fetchMargins: false,
  watchTrades: { name: 'aggTrade' },
  watchTradesForSymbols: { name: 'aggTrade' },
  // Binance: an order book of 1000 levels asked anew after every reconnect is a ban
  watchOrderBookLimit: 100,
}

type ExchangeClass = new (
  options: object,
) => ExchangeClient & {
  urls: { api: unknown }
  loadHttpProxyAgent(): Promise<unknown>
  client(url: string): Socket
}

/**
 * Opens a client of a crypto exchange. The library (65 MB) is loaded on first use.
 * Fails with `venue.unknown` when ccxt has no such exchange.
 */
export async function openExchange(wanted: ExchangeOptions): Promise<ExchangeClient> {
  const { pro } = (await import('ccxt')) as unknown as { pro: Readonly<Record<string, ExchangeClass>> }
  const Exchange = Object.hasOwn(pro, wanted.exchange) ? pro[wanted.exchange] : undefined
  if (Exchange === undefined) throw new DomainError('venue.unknown', { venue: wanted.exchange })
  const market = wanted.market ?? 'spot'
  const client = new Exchange({
    timeout: wanted.timeoutMs ?? 10_000,
    enableRateLimit: true,
    options: { ...options, defaultType: market, fetchMarkets: { types: [market === 'spot' ? 'spot' : 'linear'] } },
  })
  hearEveryFailure(client)
  if (wanted.gateway !== undefined) {
    throughGateway(client.urls.api, wanted.gateway)
    // ccxt refuses ws:// (not wss://) addresses without it
    await client.loadHttpProxyAgent()
  }
  return client
}

interface Socket {
  future(name: string): Promise<unknown>
}

/**
 * ccxt leaves some of its promises to nobody (the one of a login that others may wait for): when the connection breaks
 * they fail unheard, which ends the process. Each gets a listener; whoever waits for one still hears of it.
 */
function hearEveryFailure(exchange: { client(url: string): Socket }): void {
  const open = exchange.client.bind(exchange)
  const heard = new WeakSet<Socket>()
  exchange.client = (url) => {
    const socket = open(url)
    if (heard.has(socket)) return socket
    heard.add(socket)
    const future = socket.future.bind(socket)
    socket.future = (name) => {
      const promise = future(name)
      promise.catch(() => undefined)
      return promise
    }
    return socket
  }
}

function throughGateway(urls: unknown, gateway: string): void {
  if (typeof urls !== 'object' || urls === null) return
  const tree = urls as Record<string, unknown>
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') tree[key] = gatewayUrl(value, gateway)
    else throughGateway(value, gateway)
  }
}

function gatewayUrl(address: string, gateway: string): string {
  // Not a URL yet: a host may still hold ccxt's `{hostname}`
  const [, scheme = '', host = '', path = ''] = /^(\w+):\/\/([^/]+)(.*)$/.exec(address) ?? []
  const front = scheme.startsWith('ws') ? gateway.replace(/^http/, 'ws') : gateway
  return `${front.replace(/\/$/, '')}/${host}${path.replace(/\/$/, '')}`
}

/** Names of ccxt's errors → our code; the nearest ancestor counts. */
const codes = {
  AuthenticationError: 'venue.refused',
  BadSymbol: 'venue.symbol',
  RateLimitExceeded: 'venue.busy',
  DDoSProtection: 'venue.busy',
  NetworkError: 'venue.unreachable',
  NotSupported: 'venue.unsupported',
} as const

/** What ccxt threw, in our words: `venue.unreachable`, `venue.busy` (both may be tried again), `venue.refused`, `venue.symbol`, `venue.unsupported`, `venue.failed`. */
export function exchangeError(failure: unknown, venue: string): DomainError {
  if (failure instanceof DomainError) return failure
  const detail = firstLine(failure instanceof Error ? failure.message : String(failure))
  for (let kind = Object.getPrototypeOf(failure ?? {}); kind !== null; kind = Object.getPrototypeOf(kind)) {
    const code = codes[kind.constructor?.name as keyof typeof codes]
    if (code !== undefined) return new DomainError(code, { venue, detail })
  }
  return new DomainError('venue.failed', { venue, detail })
}

/** Whether trying again later may help. */
export function isPassing(error: DomainError): boolean {
  return error.code === 'venue.unreachable' || error.code === 'venue.busy'
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 200) ?? ''
}
