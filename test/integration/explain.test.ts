import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aService, type RunningService, tableOf } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

const bracketText = `import { type Instrument, param, sma, Strategy } from 'tickwright'
export default class Bracket extends Strategy {
  static params = { period: param.int(20, { min: 2, max: 100 }) }
  onStart() {
    this.each((i) => i.use('average', sma(i.close, this.p.period)))
  }
  onBar(i: Instrument) {
    this.record('distance', i.last - (i.average as ReturnType<typeof sma>).now)
    if (i.flat && i.orders.length === 0 && i.last > (i.average as ReturnType<typeof sma>).now)
      i.buy(10).limit(i.last * 0.995).target(i.last * 1.02).stop(i.last * 0.97).validBars(5)
  }
}
`

async function backtest(config: Parameters<RunningService['backtest']>[0] = {}) {
  const strategy = await running.strategy('bracket.ts', bracketText)
  return running.backtest({ strategy, ...config })
}

const explain = (run: string, order: number) => running.call('run.explain', { run, order, fill: null })

describe('run.explain', () => {
  test('a filled order: what was seen, checked and matched', async () => {
    const { summary } = await backtest({ slippage: { kind: 'fixed', points: 0.1 } })
    const { columns } = await tableOf(running, 'run.fills', summary.id)
    const order = columns.order?.[0] as number
    const { identical, explanation } = await explain(summary.id, order)
    expect(identical).toBe(true)
    expect(explanation.order).toMatchObject({ id: order, side: 'buy', type: 'limit', status: 'filled' })
    const [decision] = explanation.decisions
    expect(decision?.lines.map(({ name }) => name)).toEqual(['average'])
    expect(decision?.recorded.map(({ name }) => name)).toEqual(['distance'])
    expect(decision?.bar.close).toBeGreaterThan(decision?.lines[0]?.now ?? Number.POSITIVE_INFINITY)
    expect(decision?.time).toBe(explanation.order?.createdTime)
    expect(explanation.checks[0]).toMatchObject({ kind: 'cash', passed: true })
    expect(explanation.events.map(({ status }) => status)).toEqual(['submitted', 'accepted', 'filled'])
    const [fill] = explanation.fills
    expect(fill).toMatchObject({ price: columns.price?.[0], quantity: 10, policy: 'pessimistic', position: 10 })
    expect(['limit', 'gap']).toContain(fill?.rule)
    expect(fill?.price).toBeCloseTo((fill?.reference ?? 0) + (fill?.slippage ?? 0), 9)
    expect(fill?.bar.low).toBeLessThanOrEqual(fill?.price ?? 0)
  })
  test('the order of a fill, by the fill’s number', async () => {
    const { summary } = await backtest()
    const { columns } = await tableOf(running, 'run.fills', summary.id)
    const { explanation } = await running.call('run.explain', { run: summary.id, order: null, fill: 2 })
    expect(explanation.order?.id).toBe(columns.order?.[1])
    expect(['stop', 'gap', 'limit']).toContain(explanation.fills[0]?.rule)
  })
  test('an order that ran out of time: how near the price came', async () => {
    const { summary } = await backtest()
    const { columns, reply } = await tableOf(running, 'run.orders', summary.id)
    const row = columns.status?.findIndex((code) => reply.texts.status?.[code] === 'expired') ?? -1
    const { explanation } = await explain(summary.id, row + 1)
    expect(explanation.fills).toEqual([])
    expect(explanation.checks.at(-1)).toMatchObject({ kind: 'validity', passed: false })
    expect(explanation.waiting?.bars).toBeGreaterThan(4)
    expect(explanation.waiting?.nearest).toBeGreaterThan(explanation.order?.limit ?? Number.POSITIVE_INFINITY)
  })
  test('an order that the cash did not cover', async () => {
    const strategy = await running.strategy(
      'greedy.ts',
      bracketText.replace('i.buy(10).limit(i.last * 0.995)', 'i.buy(1000000)'),
    )
    const { summary } = await running.backtest({ strategy })
    const { explanation } = await explain(summary.id, 1)
    expect(explanation.order).toMatchObject({ status: 'rejected', reason: 'margin' })
    const [check] = explanation.checks
    expect(check).toMatchObject({ kind: 'cash', passed: false })
    expect(check?.needed).toBeGreaterThan(check?.available ?? Number.POSITIVE_INFINITY)
  })
  test('an order that does not exist is refused by number', async () => {
    const { summary } = await backtest()
    const failure = await failureOf(explain(summary.id, 99_999))
    expect(failure).toMatchObject({ code: 'order.unknown' })
    expect(saidInBothLanguages(failure)).toContain('99999')
  })
})

describe('run.cause', () => {
  const cause = (a: string, b: string) => running.call('run.cause', { a, b })
  test('two equal runs have no differing event', async () => {
    const [a, b] = [await backtest(), await backtest()]
    expect(await cause(a.summary.id, b.summary.id)).toMatchObject({ first: null, causes: [] })
  })
  test('another parameter: the parameter, then the line that it moved', async () => {
    const [a, b] = [await backtest(), await backtest({ params: { period: 30 } })]
    const found = await cause(a.summary.id, b.summary.id)
    expect(found.first).toMatchObject({ kind: 'order', instrument: 'SPX' })
    expect(found.causes[0]).toEqual({ kind: 'config', path: 'params.period', a: '20', b: '30' })
    expect(found.causes.find(({ kind }) => kind === 'line')?.path).toBe('SPX average')
  })
  test('another cost: the first fill whose price or fee it changed', async () => {
    const [a, b] = [await backtest(), await backtest({ commission: { kind: 'fixed', perUnit: 1 } })]
    const found = await cause(a.summary.id, b.summary.id)
    expect(found.first?.kind).toBe('fill')
    expect(found.causes[0]?.path).toMatch(/^commission\./)
    expect(found.causes.some(({ kind, path }) => kind === 'fill' && path === 'fee')).toBe(true)
  })
  test('another code: the first line that differs', async () => {
    const a = await backtest()
    const strategy = await running.strategy('bracket.ts', bracketText.replace('1.02', '1.03'))
    const b = await running.backtest({ strategy })
    const [first] = (await cause(a.summary.id, b.summary.id)).causes
    expect(first).toMatchObject({ kind: 'code', path: 'bracket.ts' })
    expect([first?.a, first?.b].map((text) => text?.match(/1\.0\d/)?.[0])).toEqual(['1.02', '1.03'])
  })
})

describe('run.stress', () => {
  test('puts the base beside each variant, and says what was changed', async () => {
    const { summary } = await backtest({ commission: { kind: 'percent', rate: 0.001 } })
    const { job } = await running.call('run.stress', { run: summary.id })
    await running.ended(job)
    const { state, variants } = await running.call('run.stressed', { job })
    expect(state).toBe('done')
    expect(variants.map(({ id }) => id)).toEqual([
      'base',
      'costs-doubled',
      'one-bar-late',
      'missing-bars',
      'top-trades-removed',
    ])
    const [base, costs, , missing, best] = variants
    expect(base?.metrics).toEqual(summary.metrics)
    expect(costs?.change).toEqual([{ path: 'commission.rate', from: '0.001', to: '0.002' }])
    expect(costs?.metrics['net-profit']).toBeLessThan(base?.metrics['net-profit'] ?? 0)
    expect(Number(missing?.change[0]?.to)).toBeLessThan(Number(missing?.change[0]?.from))
    expect(best?.trades).toBeLessThan(base?.trades ?? 0)
    expect(best?.metrics['net-profit']).toBeLessThan(base?.metrics['net-profit'] ?? 0)
  })
  test('a run without costs is put under ordinary ones', async () => {
    const { summary } = await backtest({ commission: { kind: 'none' } })
    const { job } = await running.call('run.stress', { run: summary.id })
    await running.ended(job)
    const { variants } = await running.call('run.stressed', { job })
    expect(variants[1]?.change.map(({ path }) => path)).toContain('commission.rate')
  })
})
