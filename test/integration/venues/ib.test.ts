import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceInstrument } from '../../../core/blotter/market-source.ts'
import type { DomainError } from '../../../core/domain/errors.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { MarketKind, MarketMessage, TickMessage } from '../../../core/domain/market-message.ts'
import { connectIb, type IbConnection } from '../../../core/node/venues/ib-connection.ts'
import { ibContract } from '../../../core/node/venues/ib-contract.ts'
import { IbFeed } from '../../../core/node/venues/ib-feed.ts'
import { type IbHistoryPort, ibHistory } from '../../../core/node/venues/ib-history.ts'
import { type StandInTws, startStandInTws } from '../../helpers/venues/stand-in-tws.ts'
import { minuteMs, type VenueSymbol } from '../../helpers/venues/venue-market.ts'
import { collect, fastClock, until } from './venue-fixtures.ts'

const apple: SourceInstrument = { id: 'AAPL.IB' as InstrumentId, symbol: 'AAPL' }
const euro: SourceInstrument = { id: 'EUR.USD.IB' as InstrumentId, symbol: 'EUR,CASH,IDEALPRO' }
const clock = fastClock(60)
const never = { cancelled: () => false }
let tws: StandInTws
let connection: IbConnection
let symbol: VenueSymbol

const connect = (clientId: number) => connectIb({ host: '127.0.0.1', port: tws.port, clientId })

beforeAll(async () => {
  tws = await startStandInTws({ now: clock.now, everyMs: 20 })
  symbol = tws.market.symbol('AAPL') as VenueSymbol
  connection = await connect(1)
})

afterAll(async () => {
  connection.close()
  await tws.close()
})

describe('the past at Interactive Brokers', () => {
  const port: IbHistoryPort = {
    venue: 'ib',
    connection: async () => connection,
    zone: async () => 'America/New_York',
    turn: async () => undefined,
  }
  const history = ibHistory(port)

  test('comes day by day, each minute once', async () => {
    const to = Math.floor(clock.now() / minuteMs) * minuteMs - 5 * minuteMs
    const from = to - 3_000 * minuteMs
    const pages = await collect(history.bars(apple, '1m', { from, to }, never))
    const bars = new Map(pages.flatMap((page) => Array.from(page.time, (time, at) => [time, page.high[at]])))
    const wanted = tws.market.bars(symbol, minuteMs, from, to)
    expect([...bars].sort(([a], [b]) => a - b)).toEqual(wanted.map(({ time, high }) => [time, high]))
  })

  test('has days that lie from midnight to midnight in New York', async () => {
    const to = clock.now()
    const [page] = await collect(history.bars(apple, '1d', { from: to - 20 * 86_400_000, to }, never))
    const opens = Array.from(page?.time ?? [], (time) => new Date(time).toISOString().slice(11))
    expect(opens.length).toBeGreaterThan(15)
    expect(new Set(opens)).toEqual(
      new Set(['05:00:00.000Z', ...(opens.includes('04:00:00.000Z') ? ['04:00:00.000Z'] : [])]),
    )
  })

  test('has each print once, though its times are whole seconds', async () => {
    const to = Math.floor(clock.now() / 1000) * 1000 - 10 * minuteMs
    const from = to - 90 * minuteMs
    const pages = await collect(history.ticks?.(apple, { from, to }, never) ?? [])
    const wanted = tws.market.trades(symbol, from, to)
    expect(wanted.length).toBeGreaterThan(1_500)
    expect(pages.flatMap((page) => [...page.price])).toEqual(wanted.map(({ price }) => price))
    const keys = pages.flatMap((page) => Array.from(page.time, (time, at) => `${time} ${page.id[at]}`))
    expect(new Set(keys).size).toBe(wanted.length)
  })

  test('has quotes, one for a second', async () => {
    const to = Math.floor(clock.now() / 1000) * 1000 - minuteMs
    const [page] = await collect(history.quotes?.(apple, { from: to - 10 * minuteMs, to }, never) ?? [])
    const times = [...(page?.time ?? [])]
    expect(times.length).toBeGreaterThan(50)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    expect([...(page?.ask ?? [])].every((ask, at) => ask > (page?.bid[at] as number))).toBe(true)
  })

  test('names the contract that TWS does not know', async () => {
    const nothing = history.bars({ ...apple, symbol: 'NOSUCH' }, '1m', { from: 0, to: minuteMs }, never)
    await expect(collect(nothing)).rejects.toMatchObject({ code: 'venue.symbol' })
  })
})

describe('the streams of Interactive Brokers', () => {
  async function heard(instrument: SourceInstrument, kind: MarketKind, count: number) {
    const messages: MarketMessage[] = []
    const troubles: DomainError[] = []
    const feed = new IbFeed(connection, 'ib', clock, {
      message: (message) => messages.push(message),
      trouble: (_, error) => troubles.push(error),
    })
    feed.want(instrument, new Set([kind]))
    await until(() => messages.length >= count || troubles.length > 0)
    feed.want(instrument, new Set())
    return { messages, troubles }
  }

  test('tell each print once, numbered within its second as history numbers it', async () => {
    const { messages, troubles } = await heard(apple, 'tick', 60)
    expect(troubles).toEqual([])
    const ticks = messages as TickMessage[]
    const first = ticks[0] as TickMessage
    const tape = tws.market.trades(symbol, first.time, clock.now()).slice(0, ticks.length)
    expect(ticks.map(({ time, price, size }) => [time, price, size])).toEqual(
      tape.map(({ time, price, size }) => [Math.floor(time / 1000) * 1000, price, size]),
    )
    expect(first.id).toBe(0)
    expect(new Set(ticks.map(({ time, id }) => `${time} ${id}`)).size).toBe(ticks.length)
  })

  test.each([
    ['quotes', 'quote', (message: MarketMessage) => message.kind === 'quote' && message.ask > message.bid],
    ['books', 'book', (message: MarketMessage) => message.kind === 'book' && message.snapshot],
    ['bars of five seconds', 'bar', (message: MarketMessage) => message.kind === 'bar' && message.closed],
  ] as const)('tell %s', async (_, kind, sound) => {
    const { messages } = await heard(apple, kind, 12)
    expect(messages.every(sound)).toBe(true)
  })

  test('of what is unknown are a trouble, and the others go on', async () => {
    const { troubles } = await heard({ id: 'NOSUCH.IB' as InstrumentId, symbol: 'NOSUCH' }, 'quote', 1)
    expect(troubles[0]).toMatchObject({ code: 'venue.symbol' })
    expect((await heard(euro, 'quote', 2)).messages.length).toBeGreaterThanOrEqual(2)
  })
})

describe('the connection to TWS', () => {
  test('is lost once, by a pulled cable or by TWS without its venue', async () => {
    const losses: string[] = []
    const pulled = await connect(2)
    pulled.onLost(({ code }) => losses.push(`pulled ${code}`))
    tws.dropConnections()
    await until(() => losses.length === 1)
    const cut = await connect(3)
    cut.onLost(({ code }) => losses.push(`cut ${code}`))
    tws.say(1100, 'Connectivity between IB and TWS has been lost.')
    await until(() => losses.length === 2)
    cut.close()
    connection = await connect(1)
    expect(losses).toEqual(['pulled venue.unreachable', 'cut venue.unreachable'])
  })

  test('that TWS refuses says where it was sought', async () => {
    const closed = await startStandInTws()
    await closed.close()
    await expect(connectIb({ host: '127.0.0.1', port: closed.port, clientId: 1 })).rejects.toMatchObject({
      code: 'venue.unreachable',
      data: { venue: `127.0.0.1:${closed.port}` },
    })
  })
})

describe('a contract in text', () => {
  test.each([
    ['AAPL', { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' }],
    [
      'ES,FUT,CME,USD,202612',
      { symbol: 'ES', secType: 'FUT', exchange: 'CME', lastTradeDateOrContractMonth: '202612' },
    ],
    ['FUT.ES.202612', { symbol: 'ES', secType: 'FUT', exchange: 'CME', lastTradeDateOrContractMonth: '202612' }],
    ['SPX,OPT,SMART,USD,20261218,5000,C', { symbol: 'SPX', secType: 'OPT', strike: 5000, right: 'C' }],
  ])('%s', (text, contract) => expect(ibContract(text)).toMatchObject(contract))

  test.each([
    '',
    'X,NOTHING',
    'ES,FUT,CME,USD,12',
    'SPX,OPT,SMART,USD,20261218,high,C',
    'A,OPT,SMART,USD,20261218,5,Z',
  ])('%j is refused with the text', (text) =>
    expect(() => ibContract(text)).toThrow(expect.objectContaining({ code: 'venue.symbol' })),
  )
})
