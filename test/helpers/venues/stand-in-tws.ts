import { type AddressInfo, createServer, type Socket } from 'node:net'
import { ExchangeAccount } from './exchange-account.ts'
import { answerTws } from './tws-answers.ts'
import { TwsDesk } from './tws-orders.ts'
import type { TwsSession } from './tws-session.ts'
import { tellStreams } from './tws-streams.ts'
import { VenueMarket, type VenueSymbol } from './venue-market.ts'

/** What a test can do to the gateway while it runs. */
export interface StandInTws {
  readonly port: number
  readonly market: VenueMarket
  /** The account of everybody who connects. */
  readonly account: ExchangeAccount
  /** The next order gets no answer; `after`: it is carried out all the same. */
  swallowNext(when: 'before' | 'after'): void
  /** Requests by message number. */
  readonly asked: ReadonlyMap<number, number>
  dropConnections(): number
  /** New connections are closed at once until called with false. */
  refuse(refused: boolean): void
  silence(silent: boolean): void
  /** Sends an error message to every session, e.g. 1100: connectivity between IB and TWS has been lost. */
  say(code: number, text: string): void
  readonly connections: number
  close(): Promise<void>
}

export interface StandInTwsOptions {
  readonly port?: number
  readonly now?: () => number
  readonly everyMs?: number
  /** Prints of a busy minute. */
  readonly perMinute?: number
}

export const twsSymbols: readonly VenueSymbol[] = [
  { id: 'AAPL', base: 'AAPL', quote: 'USD', around: 190, tickSize: 0.01, lotSize: 1 },
  { id: 'ES', base: 'ES', quote: 'USD', around: 5_200, tickSize: 0.25, lotSize: 1 },
  { id: 'EUR', base: 'EUR', quote: 'USD', around: 1.08, tickSize: 0.00005, lotSize: 1_000 },
]

/** What server versions up to this one say; the newer protobuf messages are not spoken. */
const serverVersion = '176'

/** TWS (or IB Gateway) on loopback: the socket protocol of server version 176, market data and history. */
export async function startStandInTws(options: StandInTwsOptions = {}): Promise<StandInTws> {
  const market = new VenueMarket(twsSymbols, options.perMinute)
  const account = new ExchangeAccount(market, { currency: 'USD', onMargin: true })
  const now = options.now ?? Date.now
  const sessions = new Map<Socket, TwsSession>()
  const desk = new TwsDesk(account, () => sessions.values())
  const asked = new Map<number, number>()
  const state = { refused: false, silent: false }
  const server = createServer((socket) => {
    if (state.refused) return void socket.destroy()
    const session: TwsSession = {
      market,
      now,
      streams: new Map(),
      desk,
      clientId: 0,
      send: (...fields) => void socket.write(frame(fields)),
    }
    sessions.set(socket, session)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sessions.delete(socket))
    socket.on('data', reader(session, asked))
  })
  const timer = setInterval(() => {
    account.match(now())
    if (!state.silent) for (const session of sessions.values()) tellStreams(session)
  }, options.everyMs ?? 50)
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    market,
    account,
    swallowNext: (when) => desk.swallowNext(when),
    asked,
    dropConnections() {
      const open = [...sessions.keys()]
      for (const socket of open) socket.destroy()
      return open.length
    },
    refuse(refused) {
      state.refused = refused
    },
    silence(silent) {
      state.silent = silent
    },
    say(code, text) {
      for (const session of sessions.values()) session.send(4, 2, -1, code, text, '')
    },
    get connections() {
      return sessions.size
    },
    async close() {
      clearInterval(timer)
      for (const socket of sessions.keys()) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A message: its length in four bytes, then fields that each end with a zero byte. */
function frame(fields: readonly (string | number)[]): Buffer {
  const text = Buffer.from(fields.map((field) => `${field}\0`).join(''))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

/** Takes a client's bytes: its greeting (`API\0` and the versions it speaks), then messages. */
function reader(session: TwsSession, asked: Map<number, number>): (bytes: Buffer) => void {
  let pending = Buffer.alloc(0)
  let greeted = false
  return (bytes) => {
    pending = Buffer.concat([pending, bytes])
    for (;;) {
      const start = greeted ? 0 : 4
      if (pending.length < start + 4) return
      const end = start + 4 + pending.readUInt32BE(start)
      if (pending.length < end) return
      const text = pending.subarray(start + 4, end).toString()
      pending = pending.subarray(end)
      if (!greeted) {
        greeted = true
        session.send(serverVersion, '20261126 10:00:00 UTC')
        continue
      }
      const fields = text.split('\0').slice(0, -1)
      const kind = Number(fields[0])
      asked.set(kind, (asked.get(kind) ?? 0) + 1)
      answerTws(session, kind, fields.slice(1))
    }
  }
}
