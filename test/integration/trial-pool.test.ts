import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { trialFacts } from '../../core/engine/optimiser/trial-result.ts'
import { createEnginePool } from '../../core/node/engine/engine-pool.ts'
import { createTrialPool, type TrialPoolOptions } from '../../core/node/engine/trial-pool.ts'
import { headlineMetrics } from '../../core/reports/metrics.ts'
import type { CompiledStrategy } from '../../core/workstation/ports.ts'
import type { TrialJob, TrialOutcome, TrialQueue } from '../../core/workstation/trial-port.ts'
import { instrument } from '../core/stores/builders.ts'
import { temporaryHome } from '../helpers/a-service.ts'
import { dailyBars, waveCloses } from '../helpers/shared-bars.ts'
import { compiled, crossText, strategyText } from '../helpers/strategies.ts'
import { testBuild } from '../helpers/test-build.ts'

let outFolder: string
let cross: CompiledStrategy
beforeAll(async () => {
  outFolder = await testBuild()
  cross = await compiled({ 'cross.ts': crossText })
})

const pools: { close(): Promise<void> }[] = []
afterEach(async () => {
  delete process.env.TICKWRIGHT_TEST_MORTAL
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const metrics = [...headlineMetrics]

function job(bundle: CompiledStrategy, bars: BarSeries = dailyBars(waveCloses(400)), keepsState = false): TrialJob {
  const setup = {
    instruments: [{ record: instrument('AAA'), bars, interval: '1d' }],
    cash: 100_000,
    commission: { kind: 'percent' as const, rate: 0.0005 },
    slippage: { kind: 'none' as const },
    profile: 'default' as const,
    fillPolicy: 'pessimistic' as const,
    seed: 7,
  }
  return { bundle, keepsState, setup, columns: [...trialFacts, ...metrics] }
}

function queue(given: TrialJob, workers: number, options: Partial<TrialPoolOptions> = {}): TrialQueue {
  const pool = createTrialPool({
    workerUrl: pathToFileURL(join(outFolder, 'main', 'trial-worker.js')),
    kernelPath: join(outFolder, 'kernel', 'kernel.js'),
    size: 2,
    ...options,
  })
  pools.push(pool)
  return pool.open(given, workers)
}

const whole = { from: null, to: null, warm: false, detail: false }
const grid = [4, 5, 6, 7, 8, 9, 10, 11].flatMap((fast) => {
  return [20, 25, 30].map((slow) => ({ ...whole, params: { fast, slow } }))
})

async function outcomes(from: TrialQueue, tasks: Parameters<TrialQueue['run']>[0]): Promise<TrialOutcome[]> {
  const found: TrialOutcome[] = []
  const told: number[] = []
  await from.run(tasks, (index, outcome) => {
    told.push(index)
    found[index] = outcome
  })
  expect(told.sort((a, b) => a - b)).toEqual([...tasks.keys()])
  return found
}

function hashOf(found: readonly TrialOutcome[]): string {
  const hash = createHash('sha256')
  for (const outcome of found) hash.update(outcome.ok ? outcome.values : JSON.stringify(outcome.error))
  return hash.digest('hex')
}

test('the same points give the same bytes on one worker, on two and on three', async () => {
  const hashes: string[] = []
  for (const workers of [1, 2, 3]) hashes.push(hashOf(await outcomes(queue(job(cross), workers), grid)))
  expect(new Set(hashes).size).toBe(1)
})

test('a trial has the very metrics of a backtest with the same parameters', async () => {
  const found = await outcomes(queue(job(cross), 1), grid)
  const engine = createEnginePool({
    workerUrl: pathToFileURL(join(outFolder, 'main', 'engine-worker.js')),
    kernelPath: join(outFolder, 'kernel', 'kernel.js'),
    size: 1,
  })
  pools.push(engine)
  const { setup } = job(cross)
  for (const index of [0, 7, 23]) {
    const result = await engine.run({ bundle: cross, input: { ...setup, params: grid[index]?.params ?? {} } }).result
    const outcome = found[index]
    const values = outcome?.ok === true ? [...outcome.values] : []
    expect(values.slice(trialFacts.length)).toEqual(metrics.map((id) => result.metrics[id] ?? Number.NaN))
    expect(values[trialFacts.indexOf('final-equity')]).toBe(result.equity.equity.at(-1))
    expect(values[trialFacts.indexOf('fills')]).toBe(result.counts.fills)
  }
})

test('nothing leads from one trial to the next: neither module variables nor chance nor globals', async () => {
  const leaky = await compiled({
    'leaky.ts': strategyText(
      `  static params = { fast: param.int(1) }
  onBar(i) {
    globalThis.seen = (globalThis.seen ?? 0) + 1
    if (i.flat && Math.random() < 0.2 + 0 * count++) i.buy(1 + (count % 3) + (globalThis.seen % 5))
    else if (i.long && Math.random() < 0.2) i.exit()
  }`,
      'let count = 0',
    ),
  })
  const tasks = Array.from({ length: 6 }, () => ({ ...whole, params: { fast: 1 } }))
  const found = await outcomes(queue(job(leaky, undefined, true), 2), tasks)
  expect(new Set(found.map((one) => hashOf([one]))).size).toBe(1)
  expect(found[0]?.ok === true && (found[0].values[trialFacts.indexOf('fills')] as number) > 20).toBe(true)
})

test('a strategy that throws fails its own trial, with the place in the file; the others are not touched', async () => {
  const throwing = await compiled({
    'throws.ts': strategyText(
      `  static params = { fast: param.int(1) }
  onBar(i) {
    if (this.p.fast === 3 && i.barCount === 40) throw new Error('no luck')
  }`,
    ),
  })
  const tasks = [1, 2, 3, 4].map((fast) => ({ ...whole, params: { fast } }))
  const found = await outcomes(queue(job(throwing), 2), tasks)
  expect(found.map(({ ok }) => ok)).toEqual([true, true, false, true])
  expect(found[2]).toMatchObject({ error: { code: 'strategy.exception', data: { file: 'throws.ts', line: 6 } } })
})

test('a trial that never ends is stopped as endless; the rest is run by a new worker', async () => {
  const endless = await compiled({
    'endless.ts': strategyText(
      `  static params = { fast: param.int(1) }
  onBar(i) {
    if (this.p.fast === 2 && i.barCount === 20) for (;;) {}
  }`,
    ),
  })
  const tasks = [1, 2, 3, 4, 5].map((fast) => ({ ...whole, params: { fast } }))
  const found = await outcomes(queue(job(endless), 1, { silenceLimitMs: 500 }), tasks)
  expect(found.map(({ ok }) => ok)).toEqual([true, false, true, true, true])
  expect(found[1]).toMatchObject({ error: { code: 'strategy.endless', data: { bars: 19 } } })
})

const mortal = new URL('./fixtures/mortal-trial-worker.ts', import.meta.url)

test('a worker that dies once costs nothing: its trial is run again, and the results are the same', async () => {
  const home = temporaryHome()
  try {
    const expected = hashOf(await outcomes(queue(job(cross), 1), grid))
    process.env.TICKWRIGHT_TEST_MORTAL = JSON.stringify({ dies: 8, marker: join(home.path, 'died') })
    expect(hashOf(await outcomes(queue(job(cross), 2, { workerUrl: mortal }), grid))).toBe(expected)
  } finally {
    home.remove()
  }
})

test('a trial whose worker dies twice is reported as lost; all others have their results', async () => {
  process.env.TICKWRIGHT_TEST_MORTAL = JSON.stringify({ dies: 9, marker: null })
  const tasks = [7, 8, 9, 10, 11].map((fast) => ({ ...whole, params: { fast, slow: 20 } }))
  const found = await outcomes(queue(job(cross), 1, { workerUrl: mortal }), tasks)
  expect(found.map(({ ok }) => ok)).toEqual([true, true, false, true, true])
  expect(found[2]).toMatchObject({ error: { code: 'worker.lost' } })
})

test('cancelling ends within 200 ms, also a trial that hangs inside one bar', async () => {
  const hanging = await compiled({
    'hanging.ts': strategyText('  static params = { fast: param.int(1) }\n  onBar() { for (;;) {} }'),
  })
  const running = queue(job(hanging), 2)
  const ended = running
    .run([{ ...whole, params: { fast: 1 } }], () => undefined)
    .then(
      () => undefined,
      (failure: unknown) => failure,
    )
  await new Promise((next) => setTimeout(next, 400))
  const before = performance.now()
  running.cancel()
  expect(await ended).toMatchObject({ code: 'cancelled' })
  expect(performance.now() - before).toBeLessThan(200)
})

test('bars are shared with the workers, never copied: a change is seen by trials that come later', async () => {
  const bars = dailyBars(waveCloses(400))
  const given = { ...job(cross, bars), columns: ['final-equity'] }
  const opened = queue(given, 1)
  const buyAndHold = await compiled({
    'hold.ts': strategyText('  onBar(i) { if (i.flat) i.buy(1) }'),
  })
  const holding = queue({ ...given, bundle: buyAndHold }, 1)
  const task = [{ ...whole, params: {} }]
  const [first] = await outcomes(holding, task)
  bars.close[399] = (bars.close[399] as number) + 50
  const [second] = await outcomes(holding, task)
  const equity = (one: TrialOutcome | undefined) => (one?.ok === true ? (one.values[0] as number) : Number.NaN)
  expect(equity(second) - equity(first)).toBeCloseTo(50, 9)
  expect(bars.close.buffer).toBeInstanceOf(SharedArrayBuffer)
  await opened.close()
})

test('a warm trial decides from its first bar on, and its figures cover its own bars only', async () => {
  const bars = dailyBars(waveCloses(400))
  const from = bars.time[200] as number
  const first = await compiled({
    'first.ts': strategyText(
      "  onStart() { this.each((i) => i.use('slow', sma(i.close, 50))) }\n  onBar(i) { if (i.flat) i.buy(1) }",
    ),
  })
  const given = { ...job(first, bars), columns: ['final-equity', 'daily-count', 'fills'] }
  const [cold, warm] = await outcomes(queue(given, 1), [
    { ...whole, params: {}, from, detail: true },
    { ...whole, params: {}, from, warm: true, detail: true },
  ])
  if (cold?.ok !== true || warm?.ok !== true) throw new Error('both should run')
  expect([...warm.values.slice(1)]).toEqual([200, 1])
  expect(warm.detail?.time[0]).toBe(from)
  expect(warm.detail?.time).toHaveLength(200)
  // Bought at the open after the first bar; the cold one had to wait for its line
  expect((warm.detail?.exposure ?? []).findIndex((ratio) => ratio > 0)).toBe(1)
  expect((cold.detail?.exposure ?? []).findIndex((ratio) => ratio > 0)).toBe(50)
})
