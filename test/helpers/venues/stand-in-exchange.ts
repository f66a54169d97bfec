import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { ExchangeAccount } from './exchange-account.ts'
import { answerPrivate, executionReport, isPrivate } from './exchange-private.ts'
import { answerRest } from './exchange-rest.ts'
import { createStreams, type ExchangeStreams } from './exchange-streams.ts'
import { standInSymbols, VenueMarket } from './venue-market.ts'

/** What a test can do to the exchange while it runs. */
export interface StandInExchange {
  /** Give it to a source as its `gateway`. */
  readonly url: string
  readonly market: VenueMarket
  /** The account of `standInKeys`. */
  readonly account: ExchangeAccount
  /**
   * The next request that makes an order gets no answer. `after`: it is carried out all the same, and then everything is
   * refused until `refuse(false)`.
   */
  swallowNext(when: 'before' | 'after'): void
  /** Requests answered so far, by path. */
  readonly asked: ReadonlyMap<string, number>
  /** Ends every stream as a pulled cable does: no close frame. Returns how many there were. */
  dropConnections(): number
  /** Connections are refused and requests answered with 503, as a gateway in maintenance does, until called with false. */
  refuse(refused: boolean): void
  /** Streams stay open and say nothing until called with false. */
  silence(silent: boolean): void
  /** Open streams. */
  readonly connections: number
  close(): Promise<void>
}

export interface StandInOptions {
  readonly port?: number
  readonly market?: VenueMarket
  /** Its own time; default the machine's. */
  readonly now?: () => number
  /** Milliseconds between looks at the tape; default 50. */
  readonly everyMs?: number
}

/**
 * An exchange on loopback that speaks Binance's spot protocol: market data over REST and WebSocket. Paths begin with
 * the host that the client meant (`/api.binance.com/api/v3/time`), as a gateway in front of several hosts has them.
 */
export async function startStandInExchange(options: StandInOptions = {}): Promise<StandInExchange> {
  const market = options.market ?? new VenueMarket(standInSymbols)
  const now = options.now ?? Date.now
  const asked = new Map<string, number>()
  const account = new ExchangeAccount(market)
  const state = { refused: false, silent: false, swallow: null as 'before' | 'after' | null }
  const streams = createStreams(market, now)
  const answerSigned = (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => {
    const path = url.pathname.replace('/api/v3/', '')
    const isOrder = path === 'order' && request.method === 'POST'
    const swallow = isOrder ? state.swallow : null
    if (swallow !== null) state.swallow = null
    if (swallow === 'before') {
      request.socket.destroy()
      return
    }
    const query = [url.search.slice(1), body].filter((part) => part !== '').join('&')
    const key = String(request.headers['x-mbx-apikey'] ?? '')
    const answer = answerPrivate({ account, market }, { method: request.method ?? 'GET', path, query, key }, now())
    if (swallow === 'after') {
      // Nor does it answer questions, until it is told to
      state.refused = true
      request.socket.destroy()
    } else reply(response, ...answer)
  }
  const http = createServer((request, response) => {
    const url = withoutHost(request)
    asked.set(url.pathname, (asked.get(url.pathname) ?? 0) + 1)
    if (state.refused) response.writeHead(503).end('<html>Service Unavailable</html>')
    else if (isPrivate(url.pathname.replace('/api/v3/', ''))) {
      let body = ''
      request.on('data', (part) => {
        body += String(part)
      })
      request.on('end', () => answerSigned(request, response, url, body))
    } else reply(response, ...answerRest(market, url, now()))
  })
  const followers = new Set<WebSocket>()
  account.onChange((order, trade) => {
    if (state.silent) return
    for (const socket of followers) socket.send(JSON.stringify(executionReport(order, trade, now())))
  })
  const sockets = new WebSocketServer({ server: http, verifyClient: () => !state.refused })
  sockets.on('connection', (socket) => welcome(socket, streams, followers))
  const timer = setInterval(() => {
    account.match(now())
    if (!state.silent) streams.tell()
  }, options.everyMs ?? 50)
  await listen(http, options.port ?? 0)
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    market,
    account,
    asked,
    swallowNext(when) {
      state.swallow = when
    },
    dropConnections() {
      const open = [...sockets.clients]
      for (const socket of open) socket.terminate()
      return open.length
    },
    refuse(refused) {
      state.refused = refused
    },
    silence(silent) {
      state.silent = silent
    },
    get connections() {
      return sockets.clients.size
    },
    async close() {
      clearInterval(timer)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    },
  }
}

function withoutHost(request: IncomingMessage): URL {
  return new URL((request.url ?? '/').replace(/^\/[a-z0-9.-]+\.[a-z]+(:\d+)?(?=\/)/, ''), 'http://stand-in')
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
}

function welcome(socket: WebSocket, streams: ExchangeStreams, followers: Set<WebSocket>): void {
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    streams.leave(socket)
    followers.delete(socket)
  })
  socket.on('message', (data) => {
    const { method, params, id } = JSON.parse(String(data)) as { method: string; params: string[]; id: number }
    if (method === 'userDataStream.subscribe.signature') {
      followers.add(socket)
      socket.send(JSON.stringify({ id, status: 200, result: { subscriptionId: 0 } }))
      return
    }
    if (method === 'SUBSCRIBE') streams.join(socket, params)
    else if (method === 'UNSUBSCRIBE') streams.part(socket, params)
    socket.send(JSON.stringify({ result: null, id }))
  })
}
