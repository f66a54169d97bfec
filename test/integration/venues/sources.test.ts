import { afterEach, describe, expect, test } from 'vitest'
import type { MarketSource, SourceInstrument } from '../../../core/blotter/market-source.ts'
import { RateBudget } from '../../../core/blotter/rate-budget.ts'
import type { ReconnectPorts } from '../../../core/blotter/reconnecting.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { MarketMessage } from '../../../core/domain/market-message.ts'
import { createExchangeSource } from '../../../core/node/venues/exchange-source.ts'
import { createIbSource } from '../../../core/node/venues/ib-source.ts'
import { type StandInExchange, startStandInExchange } from '../../helpers/venues/stand-in-exchange.ts'
import { type StandInTws, startStandInTws } from '../../helpers/venues/stand-in-tws.ts'
import { fastClock, until } from './venue-fixtures.ts'

const clock = fastClock(60)
const ports: ReconnectPorts = {
  clock: { now: Date.now },
  random: () => 0.5,
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs)
    return () => clearTimeout(timer)
  },
  budget: new RateBudget(5, 5),
}

/** A source with everything that it told. */
function follow(source: MarketSource, instrument: SourceInstrument) {
  const messages: MarketMessage[] = []
  const told: string[] = []
  source.subscribe(instrument, new Set(['quote']))
  source.start({
    message: (message) => messages.push(message),
    state: ({ kind }) => told.push(kind),
    gap: (instruments) => told.push(`gap ${instruments}`),
    trouble: (id, { code }) => told.push(`${id} ${code}`),
  })
  return { messages, told }
}

type Venue = Pick<StandInExchange, 'dropConnections' | 'refuse' | 'silence' | 'close'>

describe.each([
  [
    'an exchange',
    { id: 'ETHUSDT.BINANCE' as InstrumentId, symbol: 'ETH/USDT' },
    async () => {
      const exchange = await startStandInExchange({ now: clock.now, everyMs: 20 })
      const reconnect = { silentMs: 1_500 }
      return [
        exchange,
        createExchangeSource({ name: 'b', exchange: 'binance', gateway: exchange.url, reconnect }, ports),
      ] as const
    },
    'eth',
  ],
  [
    'Interactive Brokers',
    { id: 'ES.IB' as InstrumentId, symbol: 'ES,FUT,CME,USD,202612' },
    async () => {
      const tws: StandInTws = await startStandInTws({ now: clock.now, everyMs: 20 })
      const reconnect = { silentMs: 1_500 }
      return [
        tws,
        createIbSource({ name: 'ib', host: '127.0.0.1', port: tws.port, clientId: 5, reconnect }, ports),
      ] as const
    },
    'ES,FUT,CME,USD,202612',
  ],
] as const)('%s as a source', (_, instrument, open, question) => {
  let venue: Venue
  let source: MarketSource

  afterEach(async () => {
    await source.stop()
    await venue.close()
  })

  test('goes on by itself after a pulled cable, a silence and an outage, and tells each gap', async () => {
    ;[venue, source] = await open()
    const { messages, told } = follow(source, instrument)
    const more = async () => {
      const before = messages.length
      await until(() => messages.length > before + 2)
    }
    await more()
    venue.dropConnections()
    await until(() => told.includes('waiting'))
    await more()
    venue.silence(true)
    await until(() => told.includes('silent'))
    venue.silence(false)
    await more()
    venue.refuse(true)
    venue.dropConnections()
    await until(() => told.slice(-4).filter((each) => each === 'waiting').length === 2)
    venue.refuse(false)
    await more()
    // The first opening is the end of a gap as well
    expect(told.filter((each) => each.startsWith('gap'))).toHaveLength(4)
    expect(told.filter((each) => each.includes('failed'))).toEqual([])
  })

  test('finds instruments', async () => {
    ;[venue, source] = await open()
    const found = await source.find(question, 3)
    expect(found.map(({ symbol }) => symbol)).toContain(instrument.symbol)
  })
})
