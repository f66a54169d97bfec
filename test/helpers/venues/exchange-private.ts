import { createHmac } from 'node:crypto'
import type { ExchangeAccount, StandInOrder, StandInTrade } from './exchange-account.ts'
import { plain } from './exchange-rest.ts'
import type { VenueMarket } from './venue-market.ts'

type Answer = [status: number, body: unknown]

export const standInKeys = { apiKey: 'stand-in-key', secret: 'stand-in-secret' }

const privatePaths = ['account', 'order', 'openOrders', 'myTrades']

export function isPrivate(path: string): boolean {
  return privatePaths.includes(path)
}

/** What the exchange says to a request that must be signed. `query`: as it came, without the question mark. */
export function answerPrivate(
  { account, market }: { readonly account: ExchangeAccount; readonly market: VenueMarket },
  request: { readonly method: string; readonly path: string; readonly query: string; readonly key: string },
  now: number,
): Answer {
  const { method, path, query, key } = request
  if (key !== standInKeys.apiKey) return [401, { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' }]
  if (!isSigned(query)) return [400, { code: -1022, msg: 'Signature for this request is not valid.' }]
  const asked = new URLSearchParams(query)
  if (path === 'account') return [200, balances(account)]
  if (path === 'openOrders') return [200, account.open().map(orderOf)]
  const symbol = market.symbol(asked.get('symbol') ?? '')
  if (symbol === undefined) return [400, { code: -1121, msg: 'Invalid symbol.' }]
  if (path === 'myTrades') {
    const wanted = asked.get('orderId')
    const own = account.trades.filter(
      ({ order }) => order.symbol === symbol && (wanted === null || String(order.id) === wanted),
    )
    return [200, own.map(tradeOf)]
  }
  if (method === 'POST') return place(account, asked, now, symbol)
  const order = account.find({ orderId: asked.get('orderId'), clientId: asked.get('origClientOrderId') })
  if (order === undefined || order.symbol !== symbol)
    return [
      400,
      {
        code: method === 'DELETE' ? -2011 : -2013,
        msg: method === 'DELETE' ? 'Unknown order sent.' : 'Order does not exist.',
      },
    ]
  if (method === 'DELETE')
    return account.cancel(order) ? [200, orderOf(order)] : [400, { code: -2011, msg: 'Unknown order sent.' }]
  return [200, orderOf(order)]
}

function isSigned(query: string): boolean {
  const at = query.lastIndexOf('&signature=')
  if (at < 0) return false
  const signature = createHmac('sha256', standInKeys.secret).update(query.slice(0, at)).digest('hex')
  return query.slice(at + '&signature='.length) === signature
}

function place(account: ExchangeAccount, asked: URLSearchParams, time: number, symbol: StandInOrder['symbol']): Answer {
  const made = account.place({
    ...{ symbol, time, clientId: asked.get('newClientOrderId') ?? '' },
    ...{
      side: asked.get('side') === 'SELL' ? 'SELL' : 'BUY',
      type: asked.get('type') === 'LIMIT' ? 'LIMIT' : 'MARKET',
    },
    timeInForce: asked.get('timeInForce') ?? 'GTC',
    ...{ price: Number(asked.get('price') ?? 0), quantity: Number(asked.get('quantity') ?? 0) },
  })
  if ('code' in made) return [400, made]
  const fills = account.trades
    .filter(({ order }) => order === made)
    .map(({ id, price, quantity, fee, feeIn }) => ({
      ...{ tradeId: id, price: plain(price), qty: plain(quantity), commission: plain(fee), commissionAsset: feeIn },
    }))
  return [200, { ...orderOf(made), transactTime: time, fills }]
}

function balances(account: ExchangeAccount) {
  return {
    canTrade: true,
    accountType: 'SPOT',
    balances: [...account.balances].map(([asset, total]) => {
      const locked = account.lockedOf(asset)
      return { asset, free: plain(total - locked), locked: plain(locked) }
    }),
  }
}

function orderOf({
  id,
  clientId,
  symbol,
  side,
  type,
  timeInForce,
  price,
  quantity,
  filled,
  paid,
  status,
  time,
}: StandInOrder) {
  return {
    ...{ symbol: symbol.id, orderId: id, orderListId: -1, clientOrderId: clientId, price: plain(price) },
    ...{ origQty: plain(quantity), executedQty: plain(filled), cummulativeQuoteQty: plain(paid), status },
    ...{ timeInForce, type, side, stopPrice: '0.00000000', time, updateTime: time, isWorking: true },
  }
}

function tradeOf({ id, order, time, price, quantity, fee, feeIn }: StandInTrade) {
  return {
    ...{ symbol: order.symbol.id, id, orderId: order.id, price: plain(price), qty: plain(quantity) },
    ...{ quoteQty: plain(price * quantity), commission: plain(fee), commissionAsset: feeIn, time },
    ...{ isBuyer: order.side === 'BUY', isMaker: order.type === 'LIMIT', isBestMatch: true },
  }
}

/** The event of the user data stream. */
export function executionReport(order: StandInOrder, trade: StandInTrade | null, now: number): object {
  const kind = trade !== null ? 'TRADE' : order.status === 'NEW' ? 'NEW' : order.status
  return {
    subscriptionId: 0,
    event: {
      ...{ e: 'executionReport', E: now, s: order.symbol.id, c: order.clientId, S: order.side, o: order.type },
      ...{ f: order.timeInForce, q: plain(order.quantity), p: plain(order.price), P: '0', F: '0', g: -1, C: '' },
      ...{ x: kind, X: order.status, r: 'NONE', i: order.id, l: plain(trade?.quantity ?? 0), z: plain(order.filled) },
      ...{
        L: plain(trade?.price ?? 0),
        n: plain(trade?.fee ?? 0),
        N: trade?.feeIn ?? null,
        T: now,
        t: trade?.id ?? -1,
      },
      ...{ w: true, m: false, O: order.time, Z: plain(order.paid), Y: '0', Q: '0', I: now },
    },
  }
}
