import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import type { Vault } from '../../core/stores/vault.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { memoryVault } from '../helpers/memory-vault.ts'
import { connectVenue, venueTicket as ticket, venueConfig } from '../helpers/venue-session.ts'
import { type StandInExchange, startStandInExchange } from '../helpers/venues/stand-in-exchange.ts'
import { standInSymbols, VenueMarket } from '../helpers/venues/venue-market.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Rests a limit order, and never comes back when the price has fallen. */
const hangingText = `import { type Instrument, Strategy } from 'tickwright'

export default class Hangs extends Strategy {
  first = 0
  onTick(i: Instrument) {
    if (this.first === 0) {
      this.first = i.last
      i.buy(1).limit(Math.round(i.last * 0.9))
    }
    while (i.last < this.first * 0.985) this.first += 0
  }
}
`

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function trading(): Promise<{
  readonly exchange: StandInExchange
  readonly home: string
  readonly vault: Vault
  start(): Promise<RunningService>
}> {
  const exchange = await startStandInExchange({ everyMs: 20, market: new VenueMarket(standInSymbols, 600) })
  ends.push(() => exchange.close())
  const home = temporaryHome()
  ends.push(() => home.remove())
  await fillHome(home.path)
  const vault = memoryVault()
  return {
    exchange,
    home: home.path,
    vault,
    async start() {
      const service = await aService({ home: home.path, vault })
      ends.push(() => service.close())
      return service
    },
  }
}

it('trades at an exchange: market and bracket orders, fees, the stop in the service, and a flat end', async () => {
  const { exchange, start } = await trading()
  const service = await start()
  const { call } = service
  await connectVenue(service, exchange.url)
  const { balances } = await call('account.test', { account: 'mine' })
  expect(balances).toEqual([{ currency: 'USDT', free: 1_000_000, total: 1_000_000 }])
  const { session } = await call('live.start', venueConfig)
  const view = async () => await call('live.get', { session })
  const status = async () => (await view()).status
  expect((await view()).account).toBe('mine')
  const { leadIn } = await view()
  await expect.poll(async () => (await status())?.now, { timeout: 20_000 }).toBeGreaterThan(leadIn)

  const last = (await status())?.positions[0]?.last ?? 0
  await call('live.order', { session, ...ticket, target: round(last * 1.05), stop: round(last * 0.95) })
  await expect.poll(async () => (await status())?.positions[0]?.size, { timeout: 10_000 }).toBeCloseTo(1.998, 9)
  const places = async () => (await status())?.orders.map(({ type, place }) => [type, place])
  await expect.poll(places).toEqual([
    ['stop', 'service'],
    ['limit', 'venue'],
  ])
  expect(exchange.account.open()).toMatchObject([{ side: 'SELL', type: 'LIMIT', quantity: 1.998 }])

  exchange.market.level = 0.94
  await expect.poll(async () => (await status())?.orders, { timeout: 15_000 }).toEqual([])
  await expect.poll(async () => (await status())?.positions[0]?.size).toBe(0)
  expect(exchange.account.open()).toEqual([])
  const { account } = exchange
  const spent = account.trades.reduce(
    (sum, { order, price, quantity, fee, feeIn }) =>
      sum + (order.side === 'BUY' ? -1 : 1) * price * quantity - (feeIn === 'USDT' ? fee : 0),
    0,
  )
  expect(account.balanceOf('SOL')).toBeCloseTo(0, 9)
  const final = await status()
  expect(final?.cash).toBeCloseTo(100_000 + spent, 6)
  expect(final?.fees).toBeGreaterThan(0)
  const { fills } = await call('live.fills', { session, instrument: null, from: null, to: null, limit: 10 })
  expect(fills.map(({ side, price }) => [side, price]).reverse()).toEqual(
    account.trades.map(({ order, price }) => [order.side.toLowerCase(), price]),
  )
  await call('live.stop', { session, flatten: false })
  expect(await call('live.replay', { session })).toMatchObject({ method: 'events', identical: true })
  const { run } = await call('live.save', { session, note: '' })
  const { summary } = await call('run.get', { run })
  expect(summary).toMatchObject({ state: 'done', note: expect.stringContaining('live · mine') })
  expect(summary.counts.fills).toBe(account.trades.length)
  const { job } = await call('run.verify', { run })
  await service.ended(job)
  expect((await call('run.verification', { job })).state).toBe('identical')
})

/** A session with a price, and what it knows of its only order. */
async function open() {
  const { exchange, start } = await trading()
  const service = await start()
  const { call } = service
  await connectVenue(service, exchange.url)
  const { session } = await call('live.start', venueConfig)
  const view = () => call('live.get', { session })
  const { leadIn } = await view()
  await expect.poll(async () => (await view()).status?.now, { timeout: 20_000 }).toBeGreaterThan(leadIn)
  const last = (await view()).status?.positions[0]?.last ?? 0
  const query = { session, instrument: null, from: null, to: null, limit: 100 }
  const order = async (more: Partial<Omit<Takes<'live.order'>, 'session'>>) => {
    const { orders } = await call('live.order', { session, ...ticket, ...more })
    return async () => {
      const found = (await call('live.orders', query)).orders.find(({ id }) => id === orders[0])
      return [found?.status, found?.place, found?.reason]
    }
  }
  const status = async () => (await view()).status
  return { exchange, call, session, last, order, status, far: round(last * 0.9) }
}

it('moves the stop of the rest to the entry price when the first of several targets is filled there', async () => {
  const { exchange, call, session, last, status } = await open()
  const parts = [
    { quantity: 1, target: round(last * 1.03) },
    { quantity: 1, target: round(last * 1.2) },
  ]
  await call('live.order', { session, ...ticket, quantity: 2, stop: round(last * 0.95), parts, breakEven: true })
  const stops = async () => ((await status())?.orders ?? []).filter(({ type }) => type === 'stop')
  await expect.poll(async () => (await stops()).length, { timeout: 10_000 }).toBe(2)
  await expect.poll(() => exchange.account.open().length).toBe(2)

  exchange.market.level = 1.05
  await expect.poll(async () => (await stops()).length, { timeout: 15_000 }).toBe(1)
  const bought = exchange.account.trades.filter(({ order }) => order.side === 'BUY').map(({ price }) => price)
  const [stop] = await stops()
  expect(Math.min(...bought.map((price) => Math.abs(price - (stop?.price ?? 0))))).toBeLessThan(0.011)
  exchange.market.level = 0.98
  await expect.poll(async () => (await status())?.orders, { timeout: 15_000 }).toEqual([])
  await expect.poll(async () => (await status())?.positions[0]?.size).toBe(0)
  expect(exchange.account.open()).toEqual([])
  await call('live.stop', { session, flatten: false })
  expect(await call('live.replay', { session })).toMatchObject({ method: 'events', identical: true })
})

describe('when the exchange', () => {
  it('does not answer, an order that it took all the same is found, and nothing else is sent meanwhile', async () => {
    const { exchange, order, status } = await open()
    exchange.silence(true)
    exchange.swallowNext('after')
    const one = await order({})
    await expect.poll(async () => (await status())?.unresolved).toBe(true)
    const second = await order({})
    expect(await second()).toEqual(['denied', 'service', 'unresolved'])
    exchange.refuse(false)
    await expect.poll(one, { timeout: 15_000 }).toEqual(['filled', 'service', ''])
    expect((await status())?.unresolved).toBe(false)
    expect((await status())?.positions[0]?.size).toBeCloseTo(1.998, 9)
    expect(exchange.account.orders).toHaveLength(1)
  })

  it('does not answer, an order that never arrived is ended as lost, and is not sent again', async () => {
    const { exchange, order, status } = await open()
    exchange.swallowNext('before')
    const one = await order({})
    await expect.poll(one, { timeout: 15_000 }).toEqual(['cancelled', 'service', 'lost'])
    expect(await status()).toMatchObject({ unresolved: false, orders: [] })
    expect(exchange.account.orders).toHaveLength(0)
  })

  it('refuses an order, that is its end, with what the exchange says in the log', async () => {
    const { exchange, order, call, session } = await open()
    exchange.account.refusal = { code: -2010, msg: 'Account has insufficient balance for requested action.' }
    const one = await order({})
    await expect.poll(one).toEqual(['rejected', 'service', 'venue'])
    const { entries } = await call('live.journal', { session, after: 0, limit: 100, kinds: ['log'] })
    expect(JSON.stringify(entries)).toContain('insufficient balance')
  })

  it('is asked for what fills at once, it fills a part or nothing, and the rest is gone', async () => {
    const { exchange, order, last } = await open()
    exchange.account.share = 0.5
    const ioc = await order({ limit: round(last * 1.01), valid: 'ioc' })
    await expect.poll(ioc, { timeout: 10_000 }).toEqual(['expired', 'service', 'immediate'])
    expect(exchange.account.trades.map(({ quantity }) => quantity)).toEqual([1])
    const fok = await order({ limit: round(last * 1.01), valid: 'fok' })
    await expect.poll(fok, { timeout: 10_000 }).toEqual(['expired', 'service', 'immediate'])
    expect(exchange.account.trades).toHaveLength(1)
  })

  it('is away for a while, a resting order is followed again afterwards, though its stream is silent', async () => {
    const { exchange, order, status, far, last } = await open()
    const one = await order({ limit: far })
    await expect.poll(one).toEqual(['accepted', 'venue', ''])
    exchange.refuse(true)
    exchange.silence(true)
    exchange.dropConnections()
    exchange.market.level = 0.85
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    exchange.refuse(false)
    await expect.poll(one, { timeout: 20_000 }).toEqual(['filled', 'service', ''])
    expect((await status())?.positions[0]?.averagePrice).toBeLessThan(last * 0.9)
  })

  it('R29: is told to stop everything while the strategy hangs, what rests is taken back within a second all the same', async () => {
    const { exchange, start } = await trading()
    const service = await start()
    const { call } = service
    await connectVenue(service, exchange.url)
    const strategy = await service.strategy('hangs.ts', hangingText)
    const { session } = await call('live.start', { ...venueConfig, strategy })
    await expect.poll(() => exchange.account.open().length, { timeout: 20_000 }).toBe(1)
    exchange.market.level = 0.97
    // The strategy hangs with the next print
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const begin = Date.now()
    const killed = call('live.kill', { confirm: true })
    await expect.poll(() => exchange.account.open().length, { timeout: 5_000, interval: 20 }).toBe(0)
    expect(Date.now() - begin).toBeLessThan(2_000)
    expect((await killed).sessions).toMatchObject([{ flat: false, error: { code: 'strategy.endless' } }])
    expect((await call('live.get', { session })).state).toBe('failed')
  })

  it('is told to stop everything, the kill switch takes back what rests and sells what is held, confirmed by it', async () => {
    const { exchange, order, call, far } = await open()
    const resting = await order({ limit: far })
    await expect.poll(resting).toEqual(['accepted', 'venue', ''])
    const bought = await order({})
    await expect.poll(bought).toEqual(['filled', 'service', ''])
    const { sessions } = await call('live.kill', { confirm: true })
    expect(sessions).toMatchObject([{ flat: true, error: null }])
    expect(exchange.account.open()).toEqual([])
    expect(exchange.account.balanceOf('SOL')).toBeLessThan(0.001)
  })
})

function round(price: number): number {
  return Number((Math.round(price / 0.05) * 0.05).toFixed(2))
}
