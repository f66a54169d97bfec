import { DomainError } from '../../domain/errors.ts'
import { type ExchangeClient, type ExchangeOptions, openExchange } from './exchange-client.ts'

/** An order as ccxt words it. */
export interface ExchangeOrder {
  readonly id: string
  readonly clientOrderId?: string
  readonly symbol: string
  readonly status?: string
  readonly side?: string
  readonly amount?: number
  readonly price?: number
  readonly filled?: number
  readonly timestamp?: number
  readonly lastTradeTimestamp?: number
  readonly trades?: readonly OwnTrade[]
}

/** One of our own executions. */
export interface OwnTrade {
  readonly id?: string
  readonly order?: string
  readonly timestamp?: number
  readonly price: number
  readonly amount: number
  readonly fee?: ExchangeFee
  readonly fees?: readonly ExchangeFee[]
}

export interface ExchangeFee {
  readonly cost?: number
  readonly currency?: string
}

/** The part of a ccxt exchange that orders need. */
export interface TradingClient extends ExchangeClient {
  createOrder(
    symbol: string,
    type: string,
    side: string,
    amount: number,
    price: number | undefined,
    params: object,
  ): Promise<ExchangeOrder>
  cancelOrder(id: string | undefined, symbol: string, params: object): Promise<unknown>
  fetchOrder(id: string | undefined, symbol: string, params: object): Promise<ExchangeOrder>
  fetchOpenOrders(symbol?: string): Promise<ExchangeOrder[]>
  fetchMyTrades(symbol: string, since: number | undefined, limit: number | undefined): Promise<OwnTrade[]>
  fetchOrderTrades(id: string, symbol: string): Promise<OwnTrade[]>
  fetchBalance(): Promise<{
    readonly free: Readonly<Record<string, number | undefined>>
    readonly total: Readonly<Record<string, number | undefined>>
  }>
  watchOrders(): Promise<ExchangeOrder[]>
  amountToPrecision(symbol: string, amount: number): string
  priceToPrecision(symbol: string, price: number): string
  market(symbol: string): { readonly base: string; readonly quote: string; readonly settle?: string }
}

export interface ExchangeKeys {
  readonly apiKey: string
  readonly secret: string
  readonly password: string | null
}

/** Opens a client that may trade, with its markets loaded. Fails with `venue.*`. */
export async function openTrading(options: ExchangeOptions, keys: ExchangeKeys): Promise<TradingClient> {
  const client = (await openExchange(options)) as TradingClient & { options: Record<string, unknown> }
  const { apiKey, secret, password } = keys
  // Ours may differ from the exchange's clock by more than it forgives
  Object.assign(client.options, { adjustForTimeDifference: true, warnOnFetchOpenOrdersWithoutSymbol: false })
  Object.assign(client, { apiKey, secret, ...(password === null ? {} : { password }) })
  try {
    await client.loadMarkets()
    return client
  } catch (failure) {
    await client.close().catch(() => undefined)
    throw failure
  }
}

/** Our own name of an order, in ccxt's words. */
export function named(id: string): { readonly clientOrderId: string } {
  return { clientOrderId: id }
}

/** What is sure about a failed request. `refused`: it was not carried out; `absent`: there is no such order. */
export function verdictOf(failure: unknown): 'refused' | 'absent' | 'unknown' {
  if (failure instanceof DomainError) return 'refused'
  const kinds = new Set<string>()
  for (let kind = Object.getPrototypeOf(failure ?? {}); kind !== null; kind = Object.getPrototypeOf(kind))
    kinds.add(kind.constructor?.name ?? '')
  if (kinds.has('OrderNotFound')) return 'absent'
  if (kinds.has('RateLimitExceeded') || kinds.has('DDoSProtection')) return 'refused'
  if (['NetworkError', 'OperationFailed', 'BadResponse', 'NullResponse'].some((name) => kinds.has(name)))
    return 'unknown'
  return kinds.has('ExchangeError') ? 'refused' : 'unknown'
}
