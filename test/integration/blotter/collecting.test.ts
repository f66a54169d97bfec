import { afterEach, describe, expect, test } from 'vitest'
import { Blotter } from '../../../core/blotter/blotter.ts'
import { defaultCleaning } from '../../../core/blotter/cleaning-rules.ts'
import type { InstrumentWish } from '../../../core/blotter/instrument-feed.ts'
import { RateBudget } from '../../../core/blotter/rate-budget.ts'
import { resampleColumns } from '../../../core/data/resample-columns.ts'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { MarketMessage } from '../../../core/domain/market-message.ts'
import { createExchangeSource } from '../../../core/node/venues/exchange-source.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createBackfills } from '../../../core/workstation/backfills.ts'
import { createJobs } from '../../../core/workstation/jobs.ts'
import type { Ports } from '../../../core/workstation/ports.ts'
import { createTopics } from '../../../core/workstation/topics.ts'
import { type StandInExchange, startStandInExchange } from '../../helpers/venues/stand-in-exchange.ts'
import { minuteMs, type VenueSymbol } from '../../helpers/venues/venue-market.ts'
import { fastClock, until } from '../venues/venue-fixtures.ts'

/** A minute of the market in a second of the test. */
const speed = 60
const wish: InstrumentWish = {
  instrument: { id: 'BTCUSDT.BINANCE' as InstrumentId, symbol: 'BTC/USDT' },
  source: 'binance',
  kinds: ['tick', 'quote'],
  intervals: ['1m'],
  record: ['bar', 'tick'],
  retentionDays: null,
}

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A blotter on a stand-in exchange, both on one fast clock, that fills what it missed. */
async function collecting() {
  const clock = fastClock(speed)
  const exchange: StandInExchange = await startStandInExchange({ now: clock.now, everyMs: 20 })
  const after = (delayMs: number, call: () => void) => {
    const timer = setTimeout(call, delayMs / speed)
    return () => clearTimeout(timer)
  }
  const every = (everyMs: number, call: () => void) => {
    const timer = setInterval(call, everyMs / speed)
    return () => clearInterval(timer)
  }
  const stores = createMemoryStores({ clock, sha256: () => '' })
  const ports = { stores, clock, after } as unknown as Ports
  let jobs = 0
  const backfills = createBackfills(
    ports,
    createJobs(
      clock,
      () => `job-${jobs++}`,
      () => undefined,
    ),
    createTopics(),
  )
  const troubles: unknown[] = []
  const source = createExchangeSource(
    { name: 'binance', exchange: 'binance', gateway: exchange.url, reconnect: { silentMs: 600_000 } },
    { clock, random: Math.random, after, budget: new RateBudget(50, 50) },
  )
  const blotter = new Blotter({
    stores,
    every,
    now: clock.now,
    rulesOf: () => ({ limits: { ...defaultCleaning, spikeFactor: 0 }, zone: 'UTC', graceMs: 500 }),
    missed(missed, since, till) {
      const from = Number.isFinite(since) ? since : till - 3 * minuteMs
      const task = { source, instrument: missed.instrument, interval: '1m', from, to: till, ticks: true, leastBars: 1 }
      backfills.later(task, (error) => troubles.push(error))
    },
    trouble: (_, __, error) => troubles.push(error),
  })
  ends.push(async () => {
    backfills.cancelAll()
    await blotter.stop()
    await exchange.close()
  })
  const heard: MarketMessage[] = []
  blotter.listen((message) => heard.push(message))
  blotter.start([source], [wish])
  await until(() => heard.length > 0)
  return { clock, exchange, stores, blotter, heard, troubles, symbol: exchange.market.symbol('BTCUSDT') as VenueSymbol }
}

describe('collecting from an exchange', () => {
  test('leaves no hole, though the cable is pulled twice: every bar and print is there, once, to the last digit', {
    timeout: 60_000,
  }, async () => {
    const { clock, exchange, stores, troubles, symbol } = await collecting()
    const first = Math.floor(clock.now() / minuteMs) * minuteMs
    const minutesLater = (count: number) => until(() => clock.now() > first + count * minuteMs)
    await minutesLater(3)
    exchange.dropConnections()
    await minutesLater(6)
    exchange.refuse(true)
    exchange.dropConnections()
    await minutesLater(8)
    exchange.refuse(false)
    await minutesLater(14)
    const wanted = exchange.market.bars(symbol, minuteMs, first - minuteMs, first + 12 * minuteMs)
    await expect
      .poll(
        async () => {
          const bars = await stores.bars.read(wish.instrument.id, '1m', first - minuteMs, first + 12 * minuteMs)
          return Array.from(bars.time, (time, row) => [time, bars.high[row], bars.close[row]])
        },
        { timeout: 10_000 },
      )
      .toEqual(wanted.map(({ time, high, close }) => [time, high, close]))
    const tape = exchange.market.trades(symbol, first, first + 12 * minuteMs)
    const ticks = await stores.market.read('tick', wish.instrument.id, first, first + 12 * minuteMs)
    expect([...ticks.id]).toEqual(tape.map(({ id }) => id))
    expect(troubles).toEqual([])
  })

  test('tells bars that are those of the prints it stored, and what a listener throws reaches nobody else', async () => {
    const { blotter, heard, stores, troubles } = await collecting()
    blotter.listen(() => {
      throw new Error('a strategy that dies')
    })
    const before = heard.length
    await until(() => heard.filter((message) => message.kind === 'bar' && message.closed).length >= 3)
    await blotter.flush()
    expect(heard.length).toBeGreaterThan(before)
    expect(String(troubles[0])).toContain('a strategy that dies')
    const told = heard.filter((message) => message.kind === 'bar' && message.closed)
    const ticks = await stores.market.read('tick', wish.instrument.id, null, null)
    const prints = createBarSeries(ticks.length)
    for (const name of ['time', 'closeTime'] as const) prints[name].set(ticks.time)
    for (const name of ['open', 'high', 'low', 'close'] as const) prints[name].set(ticks.price)
    prints.volume.set(ticks.size)
    const { bars } = resampleColumns(prints, { profile: 'default', spec: { unit: 'minute', step: 1 }, zone: 'UTC' })
    const made = new Map(
      Array.from(bars.time, (time, row) => [time, [bars.open[row], bars.close[row], bars.volume[row]]]),
    )
    // A print that comes after its bar's end corrects the bar: the last one told of a time counts
    for (const each of new Map(told.map((bar) => [bar.time, bar])).values()) {
      if (each.kind === 'bar') expect([each.open, each.close, each.volume]).toEqual(made.get(each.time))
    }
  })
})
