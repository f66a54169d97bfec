import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aService, plainColumns, type RunningService } from '../helpers/a-service.ts'
import { paperConfig, simulatedMarket } from '../helpers/live-session.ts'
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

  it('is what a run signals on, while it trades the contracts and pays for the roll', async () => {
    await running.call('futures.build', { definition: await storedContracts(running) })
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
    const commission = { kind: 'futures' as const, perContract: 2, margin: 10, multiplier: 100 }
    const setup = { strategy, instruments: ['ZZ.c'], params: {}, commission }
    const { summary, capsule } = await running.backtest(setup)
    expect(summary.counts).toMatchObject({ orders: 1, fills: 1 })
    expect(capsule.data[0]?.contracts).toMatchObject([
      { code: 'ZZG24', shift: 10, factor: 1, gap: null },
      { code: 'ZZJ24', first: Date.UTC(2024, 0, 10), shift: 0, gap: 10 },
    ])
    const { reply, columns } = await running.call('run.rolls', { run: summary.id })
    expect(reply).toMatchObject({ rows: 1, texts: { from: ['ZZG24', 'ZZJ24'] } })
    expect(plainColumns(columns)).toMatchObject({ size: [1], oldPrice: [105], newPrice: [115], fee: [4] })
    // The report counts what the run counted: an entry of 2, a roll of 4, nothing else
    const sheet = await running.call('run.report', {
      run: summary.id,
      benchmark: null,
      riskFree: 0,
      periodsPerYear: 252,
    })
    expect(summary.metrics.fees).toBe(6)
    // Bought at 101; rolled from 105 to 115
    expect(sheet.metrics).toMatchObject({
      fees: 6,
      'slippage-cost': 0,
      funding: 0,
      'traded-value': 100 * (101 + 105 + 115),
    })
    const fills = await running.call('run.fills', { run: summary.id })
    expect(plainColumns(fills.columns)).toMatchObject({ price: [111], contractPrice: [101], contract: [0] })
    // From 101 to 105 and from 115 to the last close, less three commissions
    const last = (await closes('ZZ.c'))?.at(-1) ?? Number.NaN
    const equity = plainColumns((await running.call('run.equity', { run: summary.id, maxRows: 0 })).columns).equity
    expect(equity?.at(-1)).toBe(summary.config.cash + 100 * (4 + (last - 115)) - 6)
    const { job } = await running.call('run.verify', { run: summary.id })
    await running.ended(job)
    expect((await running.call('run.verification', { job })).state).toBe('identical')

    const series = await running.backtest({ ...setup, broker: { futures: 'series' } })
    expect(series.capsule.data[0]?.contracts).toBeUndefined()
    expect((await running.call('run.rolls', { run: series.summary.id })).reply.rows).toBe(0)
  })

  it('says what is wrong with a rule', async () => {
    const definition = { ...(await storedContracts(running)), roll: 'sometimes' }
    await expect(running.call('futures.build', { definition })).rejects.toMatchObject({
      ...{ code: 'futures.rule', data: { rule: 'sometimes' } },
    })
  })
})

describe('a roll while sessions trade the contracts', () => {
  let running: RunningService
  beforeAll(async () => {
    running = await aService()
  })
  afterAll(() => running.close())

  const holding = `import { type Instrument, Strategy } from 'tickwright'
export default class Hold extends Strategy {
  onBar(i: Instrument) {
    if (i.id === 'ZZG24' && i.flat && i.barCount === 2) i.buy(3)
  }
}
`
  const positions = async (session: string) => {
    const { status } = await running.call('live.get', { session })
    return (status?.positions ?? []).flatMap(({ instrument, size }) => (size === 0 ? [] : [[instrument, size]]))
  }

  it('is told, listed with who holds the old contract, and carried by two orders', async () => {
    const { call } = running
    const days = contractDays.slice(0, 5)
    const definition = await storedContracts(running, days)
    await call('futures.build', { definition })
    await running.strategy('hold.ts', holding)
    await simulatedMarket(running, { instruments: ['ZZG24', 'ZZJ24'] })
    const { session } = await call('live.start', {
      ...{
        ...paperConfig,
        strategy: { kind: 'saved', name: 'hold.ts' },
        instruments: ['ZZG24', 'ZZJ24'],
        warmupBars: 0,
      },
    })
    await expect.poll(() => positions(session), { timeout: 20_000 }).toEqual([['ZZG24', 3]])
    const told = running.until('futures.rollDue', ({ series }) => series === 'ZZ.c')
    // The sixth day: the later one trades more
    await storeContract(running, 'ZZG24', [['01-09', 105, 100]])
    await storeContract(running, 'ZZJ24', [['01-09', 115, 900]])
    const due = { series: 'ZZ.c', from: 'ZZG24', to: 'ZZJ24', time: Date.UTC(2024, 0, 10), gap: 10 }
    expect(await told).toMatchObject(due)
    const held = [{ session, quantity: 3, possible: true }]
    expect((await call('futures.rolls', {})).rolls).toMatchObject([{ ...due, held }])

    expect((await call('futures.roll', { series: 'ZZ.c', session })).orders).toHaveLength(2)
    await expect.poll(() => positions(session), { timeout: 20_000 }).toEqual([['ZZJ24', 3]])
    await expect(call('futures.roll', { series: 'ZZ.c', session })).rejects.toMatchObject({ code: 'futures.no-roll' })
    await call('live.stop', { session, flatten: true })
  })
})
