import { afterAll, expect, it, vi } from 'vitest'
import { aService, fillHome, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal } from '../helpers/a-terminal.ts'
import { paperConfig, simulatedMarket } from '../helpers/live-session.ts'
import { rounds } from '../helpers/soak.ts'

vi.setConfig({ testTimeout: 3_600_000 })

const home = temporaryHome()
afterAll(() => home.remove())

/** The long form is `npm run soak`: a hundred kills. */
const kills = rounds(3, 100)

it(`a service killed ${kills} times loses no order and no fill, doubles none, and goes on where it was`, async () => {
  await fillHome(home.path)
  const first = await aService({ home: home.path })
  await simulatedMarket(first, { speed: 1, printsPerSecond: 10, interval: '1s' })
  const { session } = await first.call('live.start', { ...paperConfig, interval: '1s', warmupBars: 0 })
  await first.until('live.filled', () => true)
  await first.close()

  // Reads beside the service, as a terminal does
  const beside = await aService({ home: home.path, role: 'terminal' })
  const journalled = async (kind: string) => {
    const asked = { session, after: 0, limit: 10_000, kinds: [kind] }
    return (await beside.call('live.journal', asked)).entries.length
  }
  for (let kill = 0; kill < kills; kill++) {
    const serving = await startTerminal(['serve', '--port', '0', '--json'], { home: home.path })
    await expect.poll(() => serving.stdout(), { timeout: 30_000 }).toContain('address')
    const before = await journalled('bars')
    await expect.poll(() => journalled('bars'), { timeout: 30_000 }).toBeGreaterThan(before + 1)
    // Never at the same place
    await new Promise((resolve) => setTimeout(resolve, (kill * 733) % 1_900))
    serving.child.kill('SIGKILL')
    await serving.ended
  }

  await beside.close()
  const last = await aService({ home: home.path })
  await expect.poll(async () => (await last.call('live.get', { session })).state, { timeout: 20_000 }).toBe('running')
  const { status } = await last.call('live.get', { session })
  await last.call('live.stop', { session, flatten: false })
  const query = { session, instrument: null, from: null, to: null, limit: 50_000 }
  const { fills } = await last.call('live.fills', query)
  const { orders } = await last.call('live.orders', query)
  const seen = fills.length
  expect(seen, 'it went on trading').toBeGreaterThan(1)
  expect(fills.map(({ id }) => id).reverse()).toEqual(fills.map((_, index) => index + 1))
  expect(orders.map(({ id }) => id).sort((a, b) => a - b)).toEqual(orders.map((_, index) => index + 1))
  const position = fills[0]?.positionAfter
  expect(fills.reduce((sum, { side, quantity }) => sum + (side === 'buy' ? quantity : -quantity), 0)).toBe(position)
  expect(status?.counts.fills).toBeLessThanOrEqual(seen)
  const { broken } = await last.call('live.journal', { session, after: 0, limit: 1, kinds: null })
  expect(broken).toBeNull()
  const again = await last.call('live.replay', { session })
  expect(again).toMatchObject({ identical: true, difference: '' })
  await last.close()
})
