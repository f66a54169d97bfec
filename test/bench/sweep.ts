// W3 of research 02-workloads: the cross of W1 at 200 points, on all cores. `sweep.ts [FILE]` prints one JSON line.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import { createSearch } from '../../core/engine/optimiser/search.ts'
import { paramsAt, searchSpace } from '../../core/engine/optimiser/search-space.ts'
import { param, readParamSpecs } from '../../core/engine/params.ts'
import { createTrialPool } from '../../core/node/engine/trial-pool.ts'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import type { TrialJob, TrialQueue } from '../../core/workstation/trial-port.ts'
import { median } from './engine.ts'
import { barsFromBytes, makeBars } from './make-bars.ts'
import { strategyTexts } from './strategy-texts.ts'
import type { Row } from './table.ts'
import { crossLoop, workloadInput } from './workloads.ts'

/** Figures of one sweep; seconds are medians of the rounds after the first. */
export interface SweepFigures {
  readonly w: 'W3'
  readonly n: number
  /** Fills of all points. */
  readonly fills: number
  /** The best final equity. */
  readonly equity: number
  readonly cpu_s: number
  readonly first_cpu_s: number
  readonly wall_s: number
  readonly rss_mb: number
}

/** The same sweep on one worker, by hand, and what a second copy of the bars would have cost. */
export interface SweepComparison extends SweepFigures {
  readonly points: number
  readonly workers: number
  /** Seconds of the first sweep, workers starting cold. */
  readonly first_wall_s: number
  readonly one_worker_wall_s: number
  readonly one_worker_cpu_s: number
  readonly loop_wall_s: number
  readonly columns_mb: number
  /** True: every column lies in memory that the workers share. */
  readonly shared: boolean
}

const bestEquity = 1_000_054.5869
const rounds = 5

/** Runs W3 on all cores and on one in turn: both see the same machine. */
export async function benchSweep(file: string | undefined, outFolder: string): Promise<SweepComparison> {
  const bars = file === undefined ? makeBars(100_000, 1) : barsFromBytes(new Uint8Array(readFileSync(file)).buffer)
  const workers = availableParallelism()
  const pool = createTrialPool({
    workerUrl: pathToFileURL(join(outFolder, 'main', 'trial-worker.js')),
    kernelPath: join(outFolder, 'kernel', 'kernel.js'),
    size: workers,
  })
  try {
    const job = await crossJob(bars)
    const [all, one] = [pool.open(job, workers), pool.open(job, 1)]
    const first = await sweep(all)
    await sweep(one)
    const alls: Sweep[] = []
    const ones: Sweep[] = []
    for (let round = 0; round < rounds; round++) {
      alls.push(await sweep(all))
      ones.push(await sweep(one))
    }
    for (const { equity } of [first, ...alls, ...ones]) assertBest(equity, file === undefined ? bars.length : 0)
    const { equity, fills, points } = first
    return {
      ...{ w: 'W3', n: bars.length, fills, equity, points, workers },
      cpu_s: median(alls.map(({ cpu }) => cpu)),
      first_cpu_s: first.cpu,
      wall_s: median(alls.map(({ wall }) => wall)),
      rss_mb: (process.resourceUsage().maxRSS * 1024) / 1e6,
      first_wall_s: first.wall,
      one_worker_wall_s: median(ones.map(({ wall }) => wall)),
      one_worker_cpu_s: median(ones.map(({ cpu }) => cpu)),
      loop_wall_s: loopSeconds(bars, points),
      columns_mb: (8 * 8 * bars.length) / 1e6,
      shared: Object.values(bars).every(
        (column) => !(column instanceof Float64Array) || column.buffer instanceof SharedArrayBuffer,
      ),
    }
  } finally {
    await pool.close()
  }
}

async function crossJob(bars: BarSeries): Promise<TrialJob> {
  const bundle = await bundleStrategy('W1.ts', async (name) => (name === 'W1.ts' ? strategyTexts.W1 : undefined))
  const { strategyExports: _, params: __, ...setup } = workloadInput(undefined, [bars])
  return { bundle, keepsState: false, setup, columns: ['final-equity', 'fills', 'sharpe', 'max-drawdown'] }
}

/** fast 5, 7 … 23 and slow 30, 35 … 125. */
function tasks() {
  const specs = readParamSpecs({ fast: param.int(10), slow: param.int(30) })
  const space = searchSpace(specs, {
    fast: { kind: 'range', from: 5, to: 23, step: 2 },
    slow: { kind: 'range', from: 30, to: 125, step: 5 },
  })
  const search = createSearch({ space, fixed: {}, allows: () => true, method: 'grid', trials: 0, seed: 1 })
  return search.ask().map((point) => {
    return { params: paramsAt(space, point), from: null, to: null, warm: false, detail: false }
  })
}

interface Sweep {
  readonly points: number
  readonly equity: number
  readonly fills: number
  readonly cpu: number
  readonly wall: number
}

async function sweep(queue: TrialQueue): Promise<Sweep> {
  const all = tasks()
  const cpu = process.cpuUsage()
  const start = performance.now()
  let equity = Number.NEGATIVE_INFINITY
  let fills = 0
  await queue.run(all, (_, outcome) => {
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    equity = Math.max(equity, outcome.values[0] as number)
    fills += outcome.values[1] as number
  })
  const used = process.cpuUsage(cpu)
  return {
    ...{ points: all.length, equity, fills },
    cpu: (used.user + used.system) / 1e6,
    wall: (performance.now() - start) / 1000,
  }
}

/** A wrong sweep's speed is worth nothing. */
function assertBest(equity: number, length: number): void {
  if (length === 100_000 && Math.abs(equity - bestEquity) >= 1e-4) {
    throw new Error(`W3: best equity ${equity}; the check value is ${bestEquity}`)
  }
}

/** As many loops by hand, of one point: what one core could do at best. */
function loopSeconds(bars: BarSeries, points: number): number {
  crossLoop(bars)
  const start = performance.now()
  for (let point = 0; point < points; point++) crossLoop(bars)
  return (performance.now() - start) / 1000
}

/** Rows of the table for people. */
export function sweepRows(found: SweepComparison): Row[] {
  const { points, workers, wall_s, one_worker_wall_s, loop_wall_s, first_wall_s, n } = found
  const none = { baseline: '', baselineSeconds: Number.NaN, goal: '' }
  const what = `W3 grid of ${points} points, ${n.toLocaleString('en-US')} bars`
  return [
    {
      name: `${what}, ${workers} workers`,
      seconds: wall_s,
      baseline: 'one worker',
      baselineSeconds: one_worker_wall_s,
      goal: workers === 2 ? '≤ 0.56× (1.8× faster)' : '',
    },
    {
      name: `${what}, one worker`,
      seconds: one_worker_wall_s,
      ...{ baseline: 'loops by hand', baselineSeconds: loop_wall_s, goal: '' },
    },
    { name: `${what}, first sweep`, seconds: first_wall_s, ...none },
  ]
}

/** As a child of main.ts: `sweep.ts [FILE]` prints its figures as one JSON line. */
if (process.argv[1] === import.meta.filename) {
  const outFolder = join(import.meta.dirname, '..', '..', 'out')
  // Workers do not keep the process alive
  const alive = setInterval(() => undefined, 60_000)
  process.stdout.write(`${JSON.stringify(await benchSweep(process.argv[2], outFolder))}\n`)
  clearInterval(alive)
}
