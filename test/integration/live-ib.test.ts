import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { aService, fillHome, temporaryHome } from '../helpers/a-service.ts'
import { idleText, venueConfig, venueTicket } from '../helpers/venue-session.ts'
import { startStandInTws } from '../helpers/venues/stand-in-tws.ts'

vi.setConfig({ testTimeout: 90_000 })

const instrument = 'AAPL.IB'
const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function open() {
  const tws = await startStandInTws({ everyMs: 20, perMinute: 600 })
  ends.push(() => tws.close())
  const home = temporaryHome()
  ends.push(() => home.remove())
  await fillHome(home.path)
  const start = () => aService({ home: home.path })
  let service = await start()
  ends.push(() => service.close())
  await service.strategy('idle.ts', idleText)
  const source = { kind: 'ib', name: 'ib', host: '127.0.0.1', port: tws.port, clientId: 10 } as const
  await service.call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [source],
      instruments: [
        {
          ...{ instrument, source: 'ib', symbol: 'AAPL', kinds: ['tick'], intervals: ['1m'] },
          ...{ record: ['bar'], retentionDays: null, backfillDays: 0 },
        },
      ],
    } as Takes<'blotter.configure'>['config'],
  })
  const account = { kind: 'ib', id: 'broker', host: '127.0.0.1', port: tws.port, clientId: 40, account: '' } as const
  await service.call('account.put', { account })
  const test = await service.call('account.test', { account: 'broker' })
  expect(test).toMatchObject({ balances: [{ currency: 'USD', total: 1_000_000 }], orders: [] })
  const config = { ...venueConfig, instruments: [instrument], account: 'broker' }
  const { session } = await service.call('live.start', config)
  const view = () => service.call('live.get', { session })
  const { leadIn } = await view()
  await expect.poll(async () => (await view()).status?.now, { timeout: 30_000 }).toBeGreaterThan(leadIn)
  const last = (await view()).status?.positions[0]?.last ?? 0
  const query = { session, instrument: null, from: null, to: null, limit: 100 }
  const order = async (more: Partial<Omit<Takes<'live.order'>, 'session'>>) => {
    const { orders } = await service.call('live.order', { session, ...venueTicket, instrument, quantity: 10, ...more })
    return async () => {
      const found = (await service.call('live.orders', query)).orders.find(({ id }) => id === orders[0])
      return [found?.status, found?.place, found?.reason]
    }
  }
  return {
    ...{ tws, session, last, order, query },
    call: ((name, takes) => service.call(name, takes)) as typeof service.call,
    status: async () => (await view()).status,
    async restart(meanwhile: () => void) {
      await service.close()
      meanwhile()
      service = await start()
    },
  }
}

const cents = (price: number) => Number(price.toFixed(2))

describe('Interactive Brokers', () => {
  it('takes a bracket: entry and target at TWS with their commissions, the stop in the service, one exit alone', async () => {
    const { tws, call, session, last, order, status, query } = await open()
    const entry = await order({ target: cents(last * 1.05), stop: cents(last * 0.95) })
    await expect.poll(entry, { timeout: 10_000 }).toEqual(['filled', 'service', ''])
    await expect
      .poll(async () => (await status())?.orders.map(({ type, place }) => [type, place]))
      .toEqual([
        ['stop', 'service'],
        ['limit', 'venue'],
      ])
    tws.market.level = 0.94
    await expect.poll(async () => (await status())?.orders, { timeout: 20_000 }).toEqual([])
    await expect.poll(async () => (await status())?.positions[0]?.size, { timeout: 10_000 }).toBe(0)
    const { account } = tws
    expect(account.open()).toEqual([])
    expect((await status())?.cash).toBeCloseTo(100_000 + account.balanceOf('USD') - 1_000_000, 6)
    const { fills } = await call('live.fills', query)
    expect(fills.map(({ side, price, fee }) => [side, price, fee]).reverse()).toEqual(
      account.trades.map(({ order: { side }, price, fee }) => [side.toLowerCase(), price, expect.closeTo(fee, 6)]),
    )
    await call('live.stop', { session, flatten: false })
    expect(await call('live.replay', { session })).toMatchObject({ identical: true })
  })

  it('refuses an order with a reason; one without an answer is sought until it is known', async () => {
    const { tws, order, status, last } = await open()
    tws.account.refusal = { code: 201, msg: 'no trading permission' }
    const refused = await order({})
    await expect.poll(refused).toEqual(['rejected', 'service', 'venue'])
    tws.account.refusal = null
    tws.swallowNext('before')
    const lost = await order({ limit: cents(last * 0.9) })
    await expect.poll(lost, { timeout: 20_000 }).toEqual(['cancelled', 'service', 'lost'])
    tws.swallowNext('after')
    const mute = await order({})
    await expect.poll(mute, { timeout: 20_000 }).toEqual(['filled', 'service', ''])
    expect(await status()).toMatchObject({ unresolved: false, positions: [{ size: 10 }] })
  })

  it('keeps orders while the service is away: what was filled meanwhile is told, what rests is followed and moved', async () => {
    const { tws, order, status, last, restart, call, session } = await open()
    const one = await order({ limit: cents(last * 0.98) })
    const two = await order({ limit: cents(last * 0.9) })
    await expect.poll(one).toEqual(['accepted', 'venue', ''])
    await expect.poll(two).toEqual(['accepted', 'venue', ''])
    await restart(() => {
      tws.market.level = 0.97
      tws.account.match(Date.now())
    })
    await expect.poll(one, { timeout: 20_000 }).toEqual(['filled', 'service', ''])
    await expect.poll(two, { timeout: 20_000 }).toEqual(['accepted', 'venue', ''])
    expect((await status())?.unresolved).toBe(false)
    const row = (await status())?.orders[0]?.id ?? 0
    await call('live.move', { session, order: row, price: cents(last * 0.91) })
    await expect
      .poll(() => tws.account.open().map(({ price }) => price), { timeout: 10_000 })
      .toEqual([cents(last * 0.91)])
    expect((await call('live.kill', { confirm: true })).sessions).toMatchObject([{ flat: true }])
    expect(tws.account.open()).toEqual([])
    expect(tws.account.balanceOf('AAPL')).toBe(0)
  })
})
