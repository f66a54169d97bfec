import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { createEnginePool, type EnginePool, type EnginePoolOptions } from '../../core/node/engine/engine-pool.ts'
import type { CompiledStrategy, EngineRun, KernelInput } from '../../core/workstation/ports.ts'
import { instrument } from '../core/stores/builders.ts'
import { dailyBars, waveCloses } from '../helpers/shared-bars.ts'
import { compiled, crossText, strategyText } from '../helpers/strategies.ts'
import { testBuild } from '../helpers/test-build.ts'

let outFolder: string
let cross: CompiledStrategy
beforeAll(async () => {
  outFolder = await testBuild()
  cross = await compiled({ 'cross.ts': crossText })
})

const pools: EnginePool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function pool(options: Partial<EnginePoolOptions> = {}): EnginePool {
  const made = createEnginePool({
    workerUrl: pathToFileURL(join(outFolder, 'main', 'engine-worker.js')),
    kernelPath: join(outFolder, 'kernel', 'kernel.js'),
    size: 1,
    ...options,
  })
  pools.push(made)
  return made
}

function input(series: readonly BarSeries[] = [dailyBars(waveCloses(400))]): KernelInput {
  return {
    params: {},
    instruments: series.map((bars, at) => ({ record: instrument(`AAA${at}`), bars, interval: '1d' })),
    cash: 100_000,
    commission: { kind: 'none' },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 7,
  }
}

const long = dailyBars(waveCloses(200_000), 0)

/** Resolves when the run has finished its first bars. */
async function started(run: EngineRun): Promise<void> {
  while (run.done() === 0) await new Promise((next) => setImmediate(next))
}

const endlessAfter = async (bars: number) =>
  compiled({ 'endless.ts': strategyText(`  seen = 0\n  onBar() { if (++this.seen > ${bars}) for (;;) {} }`) })

test('the same run gives the same hash in any worker, and progress reaches the number of bars', async () => {
  const engine = pool({ size: 2 })
  const runs = [0, 1, 2].map(() => engine.run({ bundle: cross, input: input() }))
  const results = await Promise.all(runs.map((run) => run.result))
  expect(results[0]?.counts).toMatchObject({ bars: 400, fills: expect.any(Number) })
  expect(results[0]?.counts.fills).toBeGreaterThan(4)
  expect(new Set(results.map(({ resultHash }) => resultHash)).size).toBe(1)
  expect(runs.map((run) => run.done())).toEqual([400, 400, 400])
  expect(engine.busy).toBe(0)
})

test('cancelling a run that works ends it as cancelled, and the same worker runs the next one', async () => {
  const engine = pool()
  const busy = await compiled({
    'slow.ts': strategyText('  sum = 0\n  onBar() { for (let k = 0; k < 3000; k++) this.sum += Math.sqrt(k) }'),
  })
  const run = engine.run({ bundle: busy, input: input([long]) })
  await started(run)
  run.cancel()
  await expect(run.result).rejects.toMatchObject({ code: 'cancelled' })
  expect((await engine.run({ bundle: cross, input: input() }).result).counts.bars).toBe(400)
})

test('cancelling a run that hangs inside one bar kills its worker and ends as cancelled, not as endless', async () => {
  const engine = pool()
  const run = engine.run({ bundle: await endlessAfter(20), input: input() })
  await started(run)
  run.cancel()
  await expect(run.result).rejects.toMatchObject({ code: 'cancelled' })
  expect((await engine.run({ bundle: cross, input: input() }).result).counts.bars).toBe(400)
})

test('cancelling a run that still waits for a worker ends it at once, without waiting for the one before', async () => {
  const engine = pool()
  const first = engine.run({ bundle: await endlessAfter(20), input: input() })
  const waiting = engine.run({ bundle: cross, input: input() })
  const ends: string[] = []
  void first.result.catch(() => ends.push('first'))
  const cancelled = expect(waiting.result).rejects.toMatchObject({ code: 'cancelled' })
  waiting.cancel()
  await cancelled
  expect(ends).toEqual([])
  first.cancel()
  await expect(first.result).rejects.toMatchObject({ code: 'cancelled' })
  expect(engine.busy).toBe(0)
})

test('a loop that never ends in onBar is stopped as endless with the bars done; the next run works', async () => {
  // Long enough for a busy machine to open the realm and run the twenty bars
  const engine = pool({ silenceLimitMs: 2_000 })
  const run = engine.run({ bundle: await endlessAfter(20), input: input() })
  await expect(run.result).rejects.toMatchObject({
    code: 'strategy.endless',
    data: { file: 'endless.ts', bars: 20, seconds: 2 },
  })
  expect((await engine.run({ bundle: cross, input: input() }).result).counts.bars).toBe(400)
})

test.each([
  ['at top level', 'for (;;) {}'],
  ['in a microtask', 'Promise.resolve().then(() => { for (;;) {} })'],
  ['of microtasks', '(function again() { Promise.resolve().then(again) })()'],
])('a loop that never ends %s is stopped by the realm itself, and the worker goes on', async (_, loop) => {
  const engine = pool()
  const run = engine.run({ bundle: await compiled({ 'top.ts': strategyText('', loop) }), input: input() })
  await expect(run.result).rejects.toMatchObject({ code: 'strategy.endless', data: { file: 'top.ts', seconds: 2 } })
  expect((await engine.run({ bundle: cross, input: input() }).result).counts.bars).toBe(400)
})

test('a strategy that thinks long about each bar is slow, not endless', async () => {
  const engine = pool({ silenceLimitMs: 1_000 })
  const slow = strategyText(
    '  onBar() { const from = Math.sqrt(2); for (let k = 0; k < 2e6; k++) Math.sqrt(k + from) }',
  )
  const run = engine.run({ bundle: await compiled({ 'slow.ts': slow }), input: input([dailyBars(waveCloses(2_000))]) })
  expect((await run.result).counts.bars).toBe(2_000)
})

test('a strategy that keeps an object for everything is stopped for its memory; the service and the next run live', async () => {
  const engine = pool({ heapLimitMb: 64 })
  const hungry = strategyText(
    "  kept: unknown[] = []\n  onBar() { for (let k = 0; k < 5000; k++) this.kept.push({ k, text: 'x' + k + this.now }) }",
  )
  const run = engine.run({ bundle: await compiled({ 'hungry.ts': hungry }), input: input([long]) })
  await expect(run.result).rejects.toMatchObject({ code: 'strategy.memory' })
  expect((await engine.run({ bundle: cross, input: input() }).result).counts.bars).toBe(400)
})

test('columns that no machine can hold are an exception at their line', async () => {
  const huge = strategyText('  onStart() {\n    new Float64Array(1e12)\n  }')
  const run = pool().run({ bundle: await compiled({ 'huge.ts': huge }), input: input() })
  await expect(run.result).rejects.toMatchObject({ code: 'strategy.exception', data: { file: 'huge.ts', line: 5 } })
})

test('an exception names the file and line of the user, the bar and the instrument', async () => {
  const text = strategyText(`  onBar(i: { barCount: number }) {
    if (i.barCount === 30) {
      const missing = undefined as unknown as { price: number }
      missing.price
    }
  }`)
  const run = pool().run({ bundle: await compiled({ 'broken.ts': text }), input: input() })
  const time = dailyBars(waveCloses(400)).time[29]
  await expect(run.result).rejects.toMatchObject({
    code: 'strategy.exception',
    data: { file: 'broken.ts', line: 7, instrument: 'AAA0', time, message: expect.stringContaining('price') },
  })
})

test('an exception in a module beside the strategy names that module and its line', async () => {
  const modules = {
    'main.ts': strategyText('  onBar() { size(0) }', "import { size } from './lib/sizing.ts'"),
    'lib/sizing.ts': `interface Unused { readonly a: number }
export type Other = Unused

export function size(units: number): number {
  if (units === 0) throw new RangeError('no units')
  return units
}
`,
  }
  const run = pool().run({ bundle: await compiled(modules), input: input() })
  await expect(run.result).rejects.toMatchObject({
    code: 'strategy.exception',
    data: { file: 'lib/sizing.ts', line: 5, message: 'RangeError: no units' },
  })
})

test.each([
  ['a worker of its own', 'new Worker("x")'],
  ['Node', 'process.exit(1)'],
  ['the wall clock', 'Date.now()'],
  ['the way out through a constructor', "require.constructor('return process')().exit(1)"],
])('%s does not exist for a strategy', async (_, code) => {
  const text = strategyText('', `declare const require: any, process: any, Worker: any\n${code}`)
  const run = pool().run({ bundle: await compiled({ 'out.ts': text }), input: input() })
  await expect(run.result).rejects.toMatchObject({ code: 'strategy.exception', data: { file: 'out.ts', line: 3 } })
})

test('chance in a strategy follows the seed of the run', async () => {
  const text = strategyText("  onBar() { this.record('dice', Math.random()) }")
  const bundle = await compiled({ 'dice.ts': text })
  const hash = async (seed: number) => (await pool().run({ bundle, input: { ...input(), seed } }).result).resultHash
  const [first, second, other] = await Promise.all([hash(1), hash(1), hash(2)])
  expect(second).toBe(first)
  expect(other).not.toBe(first)
})

test('many runs wait their turn, and a worker that has served eight is replaced', async () => {
  const engine = pool()
  engine.warm()
  const results = await Promise.all(
    Array.from({ length: 20 }, () => engine.run({ bundle: cross, input: input() }).result),
  )
  expect(new Set(results.map(({ resultHash }) => resultHash)).size).toBe(1)
  expect(engine.busy).toBe(0)
})

test('closing cancels what runs', async () => {
  const engine = pool()
  const run = engine.run({ bundle: await endlessAfter(5), input: input() })
  const ended = expect(run.result).rejects.toMatchObject({ code: 'cancelled' })
  await started(run)
  await engine.close()
  await ended
})
