import { beforeAll, describe, expect, test } from 'vitest'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import { DomainError } from '../../../core/domain/errors.ts'
import type { InstrumentRecord } from '../../../core/domain/instrument.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createBarService } from '../../../core/workstation/bars.ts'

const stores = createMemoryStores({ clock: { now: () => 1 }, sha256 })
const absent = () => Promise.reject(new Error('not here'))
const service = createBarService(stores, { ticks: absent, quotes: absent }, sha256)
const minute = 60_000
const count = 2_000

beforeAll(async () => {
  await stores.instruments.put({ id: 'X', zone: 'UTC' } as InstrumentRecord)
  const bars = createBarSeries(count)
  for (let index = 0; index < count; index++) {
    bars.time[index] = index * minute
    bars.closeTime[index] = (index + 1) * minute
    const price = 100 + 10 * Math.sin(index / 50)
    bars.open[index] = bars.high[index] = bars.low[index] = bars.close[index] = price
    bars.volume[index] = 10
  }
  await stores.bars.upsert('X', '1m', bars, 'test')
})

const whole = { instrument: 'X', from: null, to: null }

describe('bars that time does not end', () => {
  test('are built from the finest stored bars', async () => {
    const { bars, sourceInterval } = await service.read({ ...whole, interval: '100volume' })
    expect([bars.length, sourceInterval, bars.volume[0]]).toEqual([200, '1m', 100])
    expect((await service.read({ ...whole, interval: '5renko' })).bars.length).toBeGreaterThan(10)
  })

  test('of prints need prints: bars cannot be counted for them', async () => {
    const failure = await service.read({ ...whole, interval: '100tick' }).catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(DomainError)
    expect(failure).toMatchObject({ code: 'interval.unavailable', data: { stored: '1m' } })
  })

  test.each(['10volume', '1000value', '0.5range', '0.1renko'])('%s is made larger until it fits', async (interval) => {
    const { bars, available, interval: used } = await service.readAtMost({ ...whole, interval }, 50)
    expect(available).toBeGreaterThan(50)
    expect(bars.length).toBeLessThanOrEqual(50)
    expect(bars.length).toBeGreaterThan(0)
    expect(used).not.toBe(interval)
  })
})
