import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aService, plainColumns, type RunningService } from '../helpers/a-service.ts'
import { contractDays, storeContract, storedContracts } from '../helpers/stored-contracts.ts'

describe('a continuous series of stored contracts', () => {
  let running: RunningService
  beforeAll(async () => {
    running = await aService()
  })
  afterAll(() => running.close())

  const closes = async (instrument: string) => {
    const wanted = { instrument, interval: '1d', from: null, to: null, maxBars: 0 }
    return plainColumns((await running.call('bars.read', wanted)).columns).close
  }

  it('rolls by its rule, is adjusted, and has the prices as traded beside it', async () => {
    const definition = await storedContracts(running)
    const { rolls, contracts, bars } = await running.call('futures.build', { definition })
    expect(bars).toBe(contractDays.length)
    // The day after the later contract had traded more
    expect(rolls).toMatchObject([{ from: 'ZZG24', to: 'ZZJ24', gap: 10, first: Date.UTC(2024, 0, 10) }])
    expect(contracts.map(({ code, held }) => [code, held])).toEqual([
      ['ZZG24', 6],
      ['ZZJ24', 4],
    ])
    expect(await closes('ZZ.c')).toEqual([110, 111, 112, 113, 114, 115, 116, 117, 118, 119])
    expect(await closes('ZZ.c.raw')).toEqual([100, 101, 102, 103, 104, 105, 116, 117, 118, 119])
  })

  it('takes in a new bar by itself, and is then what it would be from scratch', async () => {
    await storeContract(running, 'ZZJ24', [['01-16', 125, 900]])
    await expect.poll(() => closes('ZZ.c'), { timeout: 10_000 }).toHaveLength(contractDays.length + 1)
    const { series } = await running.call('futures.list', {})
    const definition = series.find(({ id }) => id === 'ZZ.c')
    if (definition === undefined) throw new Error('the definition is gone')
    const { columns } = await running.call('futures.preview', { definition })
    expect(await closes('ZZ.c')).toEqual([...(columns.close ?? [])])
    expect(await closes('ZZ.c.raw')).toEqual([...(columns.raw ?? [])])
  })

  it('rolls earlier where a date is set by hand', async () => {
    const definition = { ...(await storedContracts(running)), calendar: { ZZG24: Date.UTC(2024, 0, 4) } }
    const { rolls } = await running.call('futures.build', { definition })
    expect(rolls).toMatchObject([{ from: 'ZZG24', first: Date.UTC(2024, 0, 4), gap: 10 }])
  })

  it('can be tested like any instrument', async () => {
    const strategy = await running.strategy(
      'hold.ts',
      `import { type Instrument, Strategy } from 'tickwright'
export default class Hold extends Strategy {
  onBar(i: Instrument) {
    if (i.barCount === 1) i.buy(1)
  }
}
`,
    )
    const { summary } = await running.backtest({ strategy, instruments: ['ZZ.c'], params: {} })
    expect(summary.counts).toMatchObject({ orders: 1, fills: 1 })
  })

  it('says what is wrong with a rule', async () => {
    const definition = { ...(await storedContracts(running)), roll: 'sometimes' }
    await expect(running.call('futures.build', { definition })).rejects.toMatchObject({
      ...{ code: 'futures.rule', data: { rule: 'sometimes' } },
    })
  })
})
