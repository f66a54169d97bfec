import { orderAnswers } from './tws-orders.ts'
import type { AnswerTws, TwsSession, TwsStream } from './tws-session.ts'
import { minuteMs, type VenueSymbol } from './venue-market.ts'

/** Answers a message by its number, as its sender's documentation names them. */
export function answerTws(session: TwsSession, kind: number, fields: readonly string[]): void {
  const answer = answers[kind]
  if (answer !== undefined) answer(session, fields)
}

/** Fields of a contract in a request: conId, symbol, type, expiry, strike, right, multiplier, exchange, primary, currency, local, class. */
const contractFields = 12

const answers: Readonly<Record<number, AnswerTws>> = {
  // START_API
  71: (session, [, clientId = '0']) => {
    session.clientId = Number(clientId)
    session.send(15, 1, 'DU1234567')
    session.send(9, 1, session.desk.nextOrder)
    session.send(4, 2, -1, 2104, 'Market data farm connection is OK:stand-in', '')
  },
  ...orderAnswers,
  // REQ_CURRENT_TIME
  49: (session) => session.send(49, 1, Math.floor(session.now() / 1000)),
  // REQ_CONTRACT_DATA
  9: (session, [, id = '', , symbol = '', type = '', expiry = '']) => {
    const found = session.market.symbol(symbol)
    if (found === undefined)
      return session.send(4, 2, id, 200, 'No security definition has been found for the request', '')
    session.send(10, id, ...contractOf(found, type, expiry))
    session.send(52, 1, id)
  },
  // REQ_HISTORICAL_DATA
  20: (session, [id = '', , symbol = '', ...rest]) => {
    const found = session.market.symbol(symbol)
    if (found === undefined)
      return session.send(4, 2, id, 200, 'No security definition has been found for the request', '')
    const [end = '', barSize = '', duration = ''] = rest.slice(contractFields - 2 + 1)
    history(session, found, { id, end, barSize, duration })
  },
  // REQ_HISTORICAL_TICKS
  96: (session, [id = '', , symbol = '', ...rest]) => {
    const found = session.market.symbol(symbol)
    if (found === undefined)
      return session.send(4, 2, id, 200, 'No security definition has been found for the request', '')
    const [start = '', , count = '', what = ''] = rest.slice(contractFields - 2 + 1)
    historicalTicks(session, found, { id, from: timeOf(start), count: Number(count), what })
  },
  // REQ_TICK_BY_TICK_DATA, CANCEL
  97: (session, [id = '', , symbol = '', ...rest]) =>
    listen(session, id, symbol, rest[contractFields - 2] === 'BidAsk' ? 'bid-ask' : 'last'),
  98: (session, [id]) => void session.streams.delete(Number(id)),
  // REQ_MKT_DEPTH, CANCEL
  10: (session, [, id = '', , symbol = '']) => listen(session, id, symbol, 'depth'),
  11: (session, [, id]) => void session.streams.delete(Number(id)),
  // REQ_REAL_TIME_BARS, CANCEL
  50: (session, [, id = '', , symbol = '']) => listen(session, id, symbol, 'bars'),
  51: (session, [, id]) => void session.streams.delete(Number(id)),
}

function listen(session: TwsSession, id: string, symbol: string, kind: TwsStream['kind']): void {
  const found = session.market.symbol(symbol)
  if (found === undefined) {
    session.send(4, 2, id, 200, 'No security definition has been found for the request', '')
    return
  }
  session.streams.set(Number(id), { kind, symbol: found, told: session.now(), shown: new Map() })
}

function contractOf(symbol: VenueSymbol, type: string, expiry: string): (string | number)[] {
  const exchange = type === 'FUT' ? 'CME' : type === 'CASH' ? 'IDEALPRO' : 'SMART'
  const multiplier = type === 'FUT' ? 50 : ''
  return [
    ...[
      symbol.id,
      type,
      expiry,
      0,
      '',
      exchange,
      symbol.quote,
      symbol.id,
      symbol.id,
      symbol.id,
      1000 + symbol.id.length,
    ],
    ...[symbol.tickSize, multiplier, 'LMT,MKT,STP', exchange, 1, 0, `Stand-in ${symbol.id}`, exchange, '', '', '', ''],
    ...['America/New_York', '', '', '', 0, 0, 1, '', '', '26', expiry, 'COMMON'],
    ...[symbol.lotSize, symbol.lotSize, symbol.lotSize],
  ]
}

const barSizes: Readonly<Record<string, number>> = {
  '1 min': minuteMs,
  '5 mins': 5 * minuteMs,
  '1 hour': 60 * minuteMs,
  '1 day': 1440 * minuteMs,
}
const durationUnits: Readonly<Record<string, number>> = {
  S: 1000,
  D: 86_400_000,
  W: 604_800_000,
  M: 2_592_000_000,
  Y: 31_536_000_000,
}

interface HistoryQuestion {
  readonly id: string
  readonly end: string
  readonly barSize: string
  readonly duration: string
}

function history(session: TwsSession, symbol: VenueSymbol, { id, end, barSize, duration }: HistoryQuestion): void {
  const intervalMs = barSizes[barSize]
  const [count = '1', unit = ''] = duration.split(' ')
  const lengthMs = Number(count) * (durationUnits[unit] ?? Number.NaN)
  if (intervalMs === undefined || Number.isNaN(lengthMs)) {
    session.send(4, 2, id, 321, `Error validating request: ${barSize}, ${duration}`, '')
    return
  }
  const to = Math.min(end === '' ? session.now() : timeOf(end), session.now())
  const bars = session.market.bars(symbol, intervalMs, to - lengthMs, to)
  const daily = intervalMs === barSizes['1 day']
  const stamp = (time: number) => (daily ? new Date(time).toISOString().slice(0, 10).replaceAll('-', '') : time / 1000)
  const rows = bars.flatMap((bar) => [
    stamp(bar.time),
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.volume,
    bar.close,
    bar.trades,
  ])
  session.send(17, id, '', '', bars.length, ...rows)
}

/** `20261126-15:30:00` is UTC. */
function timeOf(text: string): number {
  const [, y, m, d, time] = /^(\d{4})(\d\d)(\d\d)-(\d\d:\d\d:\d\d)$/.exec(text) ?? []
  return Date.parse(`${y}-${m}-${d}T${time}Z`)
}

interface TicksQuestion {
  readonly id: string
  readonly from: number
  readonly count: number
  readonly what: string
}

/** Times are whole seconds; a page is filled up to the end of its last second. */
function historicalTicks(session: TwsSession, symbol: VenueSymbol, { id, from, count, what }: TicksQuestion): void {
  const second = (time: number) => Math.floor(time / 1000)
  const all = session.market.trades(symbol, from, Math.min(session.now(), from + 86_400_000))
  const last = all[count - 1]
  const page = last === undefined ? all : all.filter(({ time }) => second(time) <= second(last.time))
  if (what === 'BID_ASK') {
    const rows = page.flatMap(({ time }) => {
      const { bid, ask, bidSize, askSize } = session.market.quote(symbol, time)
      return [second(time), 0, bid, ask, bidSize, askSize]
    })
    session.send(97, id, page.length, ...rows, 1)
  } else {
    const rows = page.flatMap(({ time, price, size }) => [second(time), 0, price, size, 'SMART', ''])
    session.send(98, id, page.length, ...rows, 1)
  }
}
