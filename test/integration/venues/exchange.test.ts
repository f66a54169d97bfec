import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceInstrument } from '../../../core/blotter/market-source.ts'
import type { DomainError } from '../../../core/domain/errors.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { BookMessage, MarketKind, MarketMessage, TickMessage } from '../../../core/domain/market-message.ts'
import { type ExchangeClient, exchangeError, openExchange } from '../../../core/node/venues/exchange-client.ts'
import { ExchangeFeed } from '../../../core/node/venues/exchange-feed.ts'
import { exchangeHistory } from '../../../core/node/venues/exchange-history.ts'
import { instrumentsOf } from '../../../core/node/venues/exchange-instruments.ts'
import { bookAt } from '../../helpers/venues/exchange-rest.ts'
import { type StandInExchange, startStandInExchange } from '../../helpers/venues/stand-in-exchange.ts'
import { minuteMs, type VenueSymbol } from '../../helpers/venues/venue-market.ts'
import { collect, fastClock, until } from './venue-fixtures.ts'

const bitcoin: SourceInstrument = { id: 'BTCUSDT.BINANCE' as InstrumentId, symbol: 'BTC/USDT' }
const clock = fastClock(60)
let exchange: StandInExchange
let client: ExchangeClient
let symbol: VenueSymbol

beforeAll(async () => {
  exchange = await startStandInExchange({ now: clock.now, everyMs: 20 })
  symbol = exchange.market.symbol('BTCUSDT') as VenueSymbol
  client = await openExchange({ exchange: 'binance', gateway: exchange.url })
})

afterAll(async () => {
  await client.close()
  await exchange.close()
})

describe('the past of an exchange', () => {
  const history = () => exchangeHistory(async () => client, 'binance', clock)
  const never = { cancelled: () => false }

  test('comes in pages that together are every closed bar of the period, to the last digit', async () => {
    const to = Math.floor(clock.now() / minuteMs) * minuteMs
    const from = to - 2_500 * minuteMs
    const pages = await collect(history().bars(bitcoin, '1m', { from, to: to + 10 * minuteMs }, never))
    const bars = pages.flatMap((page) => Array.from(page.time, (time, index) => [time, page.close[index]]))
    const wanted = exchange.market.bars(symbol, minuteMs, from, to)
    expect(pages.length).toBeGreaterThan(2)
    expect(bars.slice(0, wanted.length)).toEqual(wanted.map(({ time, close }) => [time, close]))
    // Minutes that ended meanwhile may follow, the forming one does not
    expect((bars.at(-1)?.[0] as number) + minuteMs).toBeLessThanOrEqual(clock.now())
  })

  test('has each print once in its order, over pages and hours without any', async () => {
    const to = clock.now() - 10 * minuteMs
    const from = to - 90 * minuteMs
    const pages = await collect(history().ticks?.(bitcoin, { from, to }, never) ?? [])
    const prints = new Map(pages.flatMap((page) => Array.from(page.id, (id, index) => [id, page.price[index]])))
    const wanted = exchange.market.trades(symbol, from, to)
    expect(wanted.length).toBeGreaterThan(2_000)
    expect([...prints]).toEqual(wanted.map(({ id, price }) => [id, price]))
  })

  test('stops asking once it is cancelled', async () => {
    const asked = exchange.asked.get('/api/v3/klines') ?? 0
    const period = { from: clock.now() - 5_000 * minuteMs, to: clock.now() }
    const pages = history().bars(bitcoin, '1m', period, {
      cancelled: () => (exchange.asked.get('/api/v3/klines') ?? 0) > asked,
    })
    expect(await collect(pages)).toHaveLength(1)
  })

  test('fails with the venue and what it said', async () => {
    const nothing = history().bars({ ...bitcoin, symbol: 'NO/SUCH' }, '1m', { from: 0, to: minuteMs }, never)
    await expect(collect(nothing)).rejects.toMatchObject({ code: 'venue.symbol', data: { venue: 'binance' } })
    exchange.refuse(true)
    const period = { from: clock.now() - minuteMs * 10, to: clock.now() }
    await expect(collect(history().bars(bitcoin, '1m', period, never))).rejects.toMatchObject({
      code: 'venue.unreachable',
    })
    exchange.refuse(false)
  })
})

describe('the streams of an exchange', () => {
  /** A connection of its own that has heard `count` messages of a kind. */
  async function heard(kind: MarketKind, count: number, after: () => void = () => undefined) {
    const messages: MarketMessage[] = []
    const lost: DomainError[] = []
    const own = await openExchange({ exchange: 'binance', gateway: exchange.url })
    const feed = new ExchangeFeed(own, 'binance', clock, {
      message: (message) => messages.push(message),
      trouble: (_, error) => lost.push(error),
      lost: (error) => lost.push(error),
    })
    feed.want(bitcoin, new Set([kind]))
    await until(() => messages.length >= count || lost.length > 0)
    after()
    return { messages, lost, feed }
  }

  test('tell each print once, with the number that history gives it', async () => {
    const { messages, lost, feed } = await heard('tick', 100)
    await feed.close()
    expect(lost).toEqual([])
    const ticks = messages as TickMessage[]
    const [first, last] = [ticks[0] as TickMessage, ticks.at(-1) as TickMessage]
    const tape = exchange.market.trades(symbol, first.time, last.time + 1)
    const from = tape.findIndex(({ id }) => id === first.id)
    expect(ticks.map(({ id, price, size }) => [id, price, size])).toEqual(
      tape.slice(from, from + ticks.length).map(({ id, price, size }) => [id, price, size]),
    )
    expect(new Set(ticks.map(({ side }) => side))).toEqual(new Set([1, -1]))
  })

  test('tell a book whose snapshot and changes add up to the book of the exchange', async () => {
    const { messages, lost, feed } = await heard('book', 40)
    await feed.close()
    expect(lost).toEqual([])
    const books = messages as BookMessage[]
    expect(books.map(({ snapshot }) => snapshot)).toEqual(books.map((_, index) => index === 0))
    const bids = new Map<number, number>()
    for (const { bids: changes } of books) {
      for (const [price, size] of changes) size === 0 ? bids.delete(price) : bids.set(price, size)
    }
    const near = Math.floor((books.at(-1) as BookMessage).time / 100)
    const shown = [...bids].sort(([a], [b]) => b - a)
    const candidates = Array.from({ length: 40 }, (_, index) => bookAt(exchange.market, symbol, near - index + 5).bids)
    expect(candidates.map((levels) => JSON.stringify(levels))).toContain(JSON.stringify(shown))
  })

  test('close a bar when the next one begins', async () => {
    const { messages, feed } = await heard('bar', 150)
    await feed.close()
    const closed = messages.filter((message) => message.kind === 'bar' && message.closed)
    expect(closed.length).toBeGreaterThan(0)
    const open = messages.filter((message) => message.kind === 'bar' && !message.closed)
    expect(open.length).toBeGreaterThan(closed.length)
  })

  test('end with one loss when the cable is pulled', async () => {
    const { lost, feed } = await heard('quote', 3, () => exchange.dropConnections())
    await until(() => lost.length > 0)
    await feed.close()
    expect(lost.map(({ code }) => code)).toEqual(['venue.unreachable'])
  })
})

test('instruments are found by a part of their name, with the steps of the exchange', async () => {
  const found = instrumentsOf(await client.loadMarkets(), { exchange: 'binance', text: 'sol', limit: 5 })
  expect(found).toEqual([
    expect.objectContaining({
      id: 'SOLUSDT.BINANCE',
      symbol: 'SOL/USDT',
      kind: 'crypto',
      tickSize: 0.05,
      lotSize: 0.001,
    }),
  ])
})

test('an exchange that ccxt does not have is named', async () => {
  await expect(openExchange({ exchange: 'mtgox' })).rejects.toMatchObject({
    code: 'venue.unknown',
    data: { venue: 'mtgox' },
  })
})

test('what is not an error of ccxt keeps its text', () => {
  expect(exchangeError(new TypeError('x is not a function\nat …'), 'kraken')).toMatchObject({
    code: 'venue.failed',
    data: { venue: 'kraken', detail: 'x is not a function' },
  })
})
