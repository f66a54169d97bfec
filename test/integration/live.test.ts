import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { paperConfig, simulatedMarket } from '../helpers/live-session.ts'

const ticket: Omit<Takes<'live.order'>, 'session'> = {
  ...{ instrument: 'SIM-A', side: 'buy', quantity: 5 },
  ...{ stopEntry: null, limit: null, trailBy: null, target: null, stop: null, valid: null },
}

describe('live sessions on paper', () => {
  const home = temporaryHome()
  let running: RunningService

  beforeAll(async () => {
    await fillHome(home.path)
    running = await aService({ home: home.path })
    await simulatedMarket(running)
  })
  afterAll(async () => {
    await running.close()
    home.remove()
  })

  const filled = async (session: string, fills: number) => {
    await running.until('live.changed', (one) => one.session === session && (one.status?.counts.fills ?? 0) >= fills)
  }
  const start = async (config: Partial<Takes<'live.start'>> = {}) =>
    (await running.call('live.start', { ...paperConfig, ...config })).session
  const get = (session: string) => running.call('live.get', { session })

  it('goes on after a restart where it was, with every order and fill', async () => {
    const session = await start()
    await filled(session, 3)
    await running.close()
    running = await aService({ home: home.path })
    await expect.poll(async () => (await get(session)).state, { timeout: 15_000 }).toBe('running')
    const { status, entries } = await get(session)
    const query = { session, instrument: null, from: null, to: null, limit: 1000 }
    const { fills } = await running.call('live.fills', query)
    expect(status?.counts.fills).toBeGreaterThanOrEqual(3)
    expect(fills.length).toBe(status?.counts.fills)
    await expect.poll(async () => (await get(session)).entries, { timeout: 20_000 }).toBeGreaterThan(entries)
    await running.call('live.stop', { session, flatten: true })
    const again = await running.call('live.replay', { session })
    expect(again).toMatchObject({ identical: true, difference: '' })
    const { broken } = await running.call('live.journal', { session, after: 0, limit: 1, kinds: null })
    expect(broken).toBeNull()
  })

  it('trades a strategy on closed bars, and a backtest of what it saw gives every fill again', async () => {
    const session = await start()
    await filled(session, 6)
    await running.call('live.stop', { session, flatten: false })
    expect(await get(session)).toMatchObject({ state: 'stopped', error: null, status: null })
    const again = await running.call('live.replay', { session })
    expect(again).toMatchObject({ method: 'backtest', identical: true, difference: '' })
    expect(again.fills).toBeGreaterThanOrEqual(6)
    const { entries, broken } = await running.call('live.journal', { session, after: 0, limit: 10_000, kinds: null })
    expect(broken).toBeNull()
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    const { fills } = await running.call('live.fills', { session, instrument: null, from: null, to: null, limit: 100 })
    expect(fills).toHaveLength(again.fills)
    expect(running.heard('live.filled').filter((one) => one.session === session)).toHaveLength(again.fills)
  })

  it('takes orders by hand within its limits, and shows what they would mean before', async () => {
    const session = await start({ warmupBars: 0, limits: { ...noLimits, orderQuantity: 20 } })
    await running.call('live.pause', { session, paused: true })
    await expect.poll(async () => (await get(session)).status?.bars, { timeout: 15_000 }).toBeGreaterThan(1)
    const { orders: refused } = await running.call('live.order', { session, ...ticket })
    const query = { session, instrument: null, from: null, to: null, limit: 100 }
    expect((await running.call('live.orders', query)).orders[0]).toMatchObject({
      ...{ id: refused[0], status: 'denied', reason: 'paused' },
    })
    await running.call('live.pause', { session, paused: false })
    const last = (await get(session)).status?.positions[0]?.last ?? 0
    const preview = await running.call('live.preview', { session, ...ticket, limit: 1, stop: 0.5 })
    expect(preview).toMatchObject({ price: 1, value: 5, risk: 2.5, headroom: 20, closed: false, reduces: false })
    expect(last).toBeGreaterThan(0)
    const { orders: working } = await running.call('live.order', { session, ...ticket, limit: 1, stop: 0.5 })
    const order = working[0] as number
    expect(working).toHaveLength(2)
    await running.call('live.move', { session, order, price: 2 })
    expect((await get(session)).status?.orders.find(({ id }) => id === order)).toMatchObject({ price: 2 })
    await running.call('live.cancel', { session, order })
    await expect(running.call('live.cancel', { session, order })).rejects.toMatchObject({ code: 'live.order-gone' })
    const { orders: large } = await running.call('live.order', { session, ...ticket, quantity: 21 })
    expect((await running.call('live.orders', query)).orders.find(({ id }) => id === large[0])?.reason).toBe(
      'risk-quantity',
    )
    const parts = [
      { quantity: 10, target: 3 },
      { quantity: 10, target: 4 },
    ]
    const split = { ...ticket, quantity: 20, limit: 1, stop: 0.5, parts, breakEven: true }
    expect((await running.call('live.order', { session, ...split })).orders, 'two brackets').toHaveLength(6)
    const wide = { ...split, quantity: 30, parts: [...parts, { quantity: 10, target: 5 }] }
    const { orders: divided } = await running.call('live.order', { session, ...wide })
    const told = (await running.call('live.orders', query)).orders
    expect(
      divided.map((id) => told.find((each) => each.id === id)?.reason),
      'dividing an order passes no limit',
    ).toEqual(['risk-quantity', 'risk-quantity', 'risk-quantity'])
    await expect(running.call('live.order', { session, ...split, quantity: 19 })).rejects.toMatchObject({
      ...{ code: 'order.parts', data: { quantity: 19, parts: 20 } },
    })
    await running.call('live.stop', { session, flatten: false })
    expect(await running.call('live.replay', { session })).toMatchObject({ method: 'events', identical: true })
  })

  it('counts entries that wait as if they were filled: several do not pass a limit that one would not', async () => {
    const session = await start({ warmupBars: 0, limits: { ...noLimits, position: 20, repeatMs: 60_000 } })
    await expect.poll(async () => (await get(session)).status?.bars, { timeout: 15_000 }).toBeGreaterThan(1)
    const reasonOf = async (quantity: number, limit: number) => {
      const { orders } = await running.call('live.order', { session, ...ticket, quantity, limit })
      const query = { session, instrument: null, from: null, to: null, limit: 100 }
      return (await running.call('live.orders', query)).orders.find(({ id }) => id === orders[0])?.reason
    }
    expect(await reasonOf(12, 1)).toBe('')
    const preview = await running.call('live.preview', { session, ...ticket, limit: 2 })
    expect(preview.headroom, 'what waits is taken off').toBe(8)
    expect(await reasonOf(9, 2)).toBe('risk-position')
    expect(await reasonOf(8, 3)).toBe('')
    await running.call('live.stop', { session, flatten: false })
  })

  it('matches orders by each print, as a backtest over the recorded ticks does', async () => {
    const session = await start({ fillPolicy: 'tick' })
    await filled(session, 6)
    await running.call('live.stop', { session, flatten: false })
    expect(await running.call('live.replay', { session })).toMatchObject({
      ...{ method: 'backtest', identical: true, difference: '' },
    })
  })

  it('kills: says what it would do, does it, and tells when all is flat', async () => {
    const session = await start({ fillPolicy: 'tick' })
    await running.until(
      'live.changed',
      (one) => one.session === session && one.status?.positions.some(({ size }) => size !== 0) === true,
    )
    const preview = await running.call('live.kill', { confirm: false })
    expect(preview).toMatchObject({ done: false, sessions: [{ session }] })
    const receipt = await running.call('live.kill', { confirm: true })
    expect(receipt.sessions).toMatchObject([{ session, flat: true, error: null }])
    expect(receipt.sessions[0]?.confirmedAt).toBeGreaterThanOrEqual(receipt.at)
    const { status } = await get(session)
    expect(status).toMatchObject({ paused: true, orders: [] })
    expect(status?.positions.every(({ size }) => size === 0)).toBe(true)
    await running.call('live.stop', { session, flatten: false })
  })

  it('ends a session whose strategy throws, and says where', async () => {
    await running.strategy(
      'faulty.ts',
      `import { Strategy } from 'tickwright'
export default class Faulty extends Strategy {
  onBar() {
    throw new Error('no idea')
  }
}
`,
    )
    const session = await start({ strategy: { kind: 'saved', name: 'faulty.ts' } })
    const end = await running.until('live.changed', (one) => one.session === session && one.state === 'failed')
    expect(end.error).toMatchObject({ code: 'strategy.exception', data: { message: 'Error: no idea', line: 4 } })
    expect(await get(session)).toMatchObject({ state: 'failed', error: { code: 'strategy.exception' } })
  })

  it('refuses an instrument that nobody collects', async () => {
    await expect(running.call('live.start', { ...paperConfig, instruments: ['SPX'] })).rejects.toMatchObject({
      ...{ code: 'live.no-feed', data: { instrument: 'SPX', wanted: '1m', collected: '' } },
    })
  })
})
