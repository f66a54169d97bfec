import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { createPassphraseVault } from '../../core/node/vault/passphrase-vault.ts'
import { aService, fillHome, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal } from '../helpers/a-terminal.ts'
import { rounds } from '../helpers/soak.ts'
import { connectVenue, venueConfig } from '../helpers/venue-session.ts'
import { startStandInExchange } from '../helpers/venues/stand-in-exchange.ts'
import { standInSymbols, VenueMarket } from '../helpers/venues/venue-market.ts'

vi.setConfig({ testTimeout: 3_600_000 })

const home = temporaryHome()
afterAll(() => home.remove())

/** The long form has twenty. */
const kills = rounds(3, 100)

/** Never quiet: brackets, exits at market, limits that are moved and taken back. */
const hastyText = `import { type Instrument, Strategy } from 'tickwright'

export default class Hasty extends Strategy {
  ticks = 0
  onTick(i: Instrument) {
    this.ticks++
    if (i.flat && i.orders.length === 0) {
      const order = i.buy(1)
      if (this.ticks % 2 === 0) order.limit(i.last + 0.3)
      order.target(i.last + 0.4).stop(i.last - 0.6)
    } else if (this.ticks % 5 === 0) i.flatten()
    else if (this.ticks % 7 === 0) i.orders.find(({ side }) => side === 'sell')?.move(i.last + 0.2)
  }
}
`

it(`a service killed ${kills} times with orders at the exchange finds every one again; no fill is lost or told twice`, async () => {
  const exchange = await startStandInExchange({ everyMs: 20, market: new VenueMarket(standInSymbols, 600) })
  const { account } = exchange
  await fillHome(home.path)
  const passphraseFile = join(home.path, 'passphrase')
  writeFileSync(passphraseFile, 'correct horse')
  const vault = createPassphraseVault(join(home.path, 'vault.json'), async () => 'correct horse')
  const first = await aService({ home: home.path, vault })
  await connectVenue(first, exchange.url)
  const strategy = await first.strategy('hasty.ts', hastyText)
  const { session } = await first.call('live.start', { ...venueConfig, strategy })
  await first.until('live.filled', () => true)
  await first.close()

  account.share = 0.4
  for (let kill = 0; kill < kills; kill++) {
    const before = account.trades.length
    const serving = await startTerminal(['serve', '--port', '0', '--json'], { home: home.path, passphraseFile })
    await expect
      .poll(() => account.trades.length, { timeout: 60_000, message: serving.stderr() })
      .toBeGreaterThan(before)
    if (kill % 3 === 1) exchange.swallowNext('after')
    if (kill % 3 === 2) exchange.swallowNext('before')
    // Never at the same place
    await new Promise((resolve) => setTimeout(resolve, (kill * 733) % 1_900))
    serving.child.kill('SIGKILL')
    await serving.ended
    exchange.refuse(false)
  }

  const begin = Date.now()
  const last = await aService({ home: home.path, vault })
  const state = async () => {
    const view = await last.call('live.get', { session })
    return [view.state, view.status?.unresolved]
  }
  await expect.poll(state, { timeout: 30_000 }).toEqual(['running', false])
  const backMs = Date.now() - begin
  await last.call('live.stop', { session, flatten: true })
  const query = { session, instrument: null, from: null, to: null, limit: 50_000 }
  const { fills } = await last.call('live.fills', query)
  const { orders } = await last.call('live.orders', query)
  const { broken } = await last.call('live.journal', { session, after: 0, limit: 1, kinds: null })
  const told = (side: string, time: number, price: number) => `${time} ${side} ${price}`
  expect(fills.map(({ side, time, price }) => told(side, time, price)).sort()).toEqual(
    account.trades.map(({ order, time, price }) => told(order.side.toLowerCase(), time, price)).sort(),
  )
  expect(fills[0]?.positionAfter).toBe(0)
  expect(account.open()).toEqual([])
  // What fees in units leave is less than a lot each time
  expect(account.balanceOf('SOL')).toBeLessThan(0.001 * account.trades.length)
  expect(account.balanceOf('SOL')).toBeGreaterThan(-1e-9)
  expect(broken).toBeNull()
  expect(await last.call('live.replay', { session })).toMatchObject({ identical: true, difference: '' })
  console.info(`${kills} kills, ${orders.length} orders, ${fills.length} fills; back after ${backMs} ms`)
  await last.close()
  await exchange.close()
})
