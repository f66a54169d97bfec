import { afterEach, expect, it, vi } from 'vitest'
import type { Vault } from '../../core/stores/vault.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { memoryVault } from '../helpers/memory-vault.ts'
import { connectVenue, venueTicket as ticket, venueConfig } from '../helpers/venue-session.ts'
import { type StandInExchange, startStandInExchange } from '../helpers/venues/stand-in-exchange.ts'

vi.setConfig({ testTimeout: 60_000 })

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
  const exchange = await startStandInExchange({ everyMs: 20 })
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
})

function round(price: number): number {
  return Number((Math.round(price / 0.05) * 0.05).toFixed(2))
}
