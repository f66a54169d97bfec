import { expect, test, vi } from 'vitest'
import type { PlaceIntent, VenueReport } from '../../../core/broker/venue/venue-messages.ts'
import { IbTrader } from '../../../core/node/venues/ib-trader.ts'
import { startStandInTws } from '../../helpers/venues/stand-in-tws.ts'

vi.setConfig({ testTimeout: 40_000 })

const intentOf = (id: string): PlaceIntent => ({
  ...{ kind: 'place', id, order: 1, instrument: 0, side: 'buy', type: 'market', quantity: 5, price: null },
  ...{ immediate: false, whole: false, opens: true, at: Date.now() },
})

test('a session that comes back after another on the same connection hears of its own fills', async () => {
  const tws = await startStandInTws({ everyMs: 20 })
  const options = { host: '127.0.0.1', port: tws.port, clientId: 40, account: '' }
  const heard = new Map<string, VenueReport['kind'][]>()
  const follow = (trader: IbTrader, id: string) =>
    trader.follow(intentOf(id), {
      ...{ symbol: 'AAPL', currency: 'USD' },
      report: ({ kind }) => void heard.set(id, [...(heard.get(id) ?? []), kind]),
    })
  const before = new IbTrader(options)
  for (const id of ['tw-a-1-1', 'tw-b-1-1']) {
    follow(before, id)
    void before.place(id)
  }
  await expect.poll(() => tws.account.trades.length, { timeout: 10_000 }).toBe(2)
  await before.close()
  heard.clear()

  const after = new IbTrader(options)
  follow(after, 'tw-a-1-1')
  after.seek()
  await expect.poll(() => heard.get('tw-a-1-1'), { timeout: 10_000 }).toEqual(['fill'])
  follow(after, 'tw-b-1-1')
  after.seek()
  await expect.poll(() => heard.get('tw-b-1-1'), { timeout: 10_000 }).toEqual(['fill'])
  expect(heard.get('tw-a-1-1')).toEqual(['fill'])
  await after.close()
  await tws.close()
})
