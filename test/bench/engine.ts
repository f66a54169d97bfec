import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PerformanceObserver } from 'node:perf_hooks'
import vm from 'node:vm'
import { type BarSeries, barColumnNames } from '../../core/domain/bar-series.ts'
import type { RunResult } from '../../core/engine/kernel.ts'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import { openRealm } from '../../core/node/strategy/strategy-realm.ts'
import { indicatorLoops } from './indicator-loops.ts'
import { barsFromBytes, makeBars } from './make-bars.ts'
import { strategyTexts } from './strategy-texts.ts'
import { bracketLoop, checkValues, crossLoop, workloadInput } from './workloads.ts'

export type Workload = keyof typeof strategyTexts
export const workloads = Object.keys(strategyTexts) as Workload[]

/** One line of `npm run bench -- W1 --bars FILE` (research 02-workloads); seconds are medians after the first run. */
export interface WorkloadFigures {
  readonly w: Workload
  /** Bars of one instrument. */
  readonly n: number
  readonly fills: number
  readonly equity: number
  readonly cpu_s: number
  readonly first_cpu_s: number
  readonly wall_s: number
  readonly rss_mb: number
}

/** The same work by a loop written by hand over the same columns, and the memory of both. */
export interface WorkloadComparison extends WorkloadFigures {
  readonly instruments: number
  readonly loop_cpu_s: number
  /** The run with every column of its result written out, as it leaves the engine thread. */
  readonly whole_cpu_s: number
  readonly columns_mb: number
  /** Memory of the process before it had bars. */
  readonly idle_mb: number
  /** Longest pause of the garbage collector after the first run. */
  readonly gc_pause_ms: number
  readonly result_hash: string
}

/** What is run: bars made from seeds, or those of files. */
export interface WorkloadSource {
  readonly bars: number
  readonly files: readonly string[]
}

const fewestRounds = 9
/** Bars over which V8 finds its best code: short series are run more often, so that all are measured warm. */
const warmingBars = 6_000_000

/** Runs a workload in this process, which should do nothing else: what ran before changes what V8 makes of it. */
export async function benchWorkload(
  w: Workload,
  source: WorkloadSource,
  kernelPath: string,
): Promise<WorkloadComparison> {
  const text = strategyTexts[w]
  const bundle = await bundleStrategy(`${w}.ts`, async (name) => (name === `${w}.ts` ? text : undefined))
  const kernel = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })
  const idle = process.memoryUsage().rss
  const series = seriesOf(w, source)
  const { strategyExports: _, ...input } = workloadInput(undefined, series)
  const realm = openRealm(kernel, bundle, input.seed)
  // As an engine thread does: memory for passing columns outlives a run
  const scratch: ArrayBuffer[] = []

  const run = () => realm.kernel.runBacktest({ ...input, strategyExports: realm.strategyExports, scratch })
  const first = timed(run)
  const result_hash = createHash('sha256').update(first.value.resultBytes()).digest('hex')
  const facts = { fills: first.value.counts.fills, equity: first.value.equity.equity.at(-1) ?? Number.NaN }
  const rss = process.resourceUsage().maxRSS * 1024
  const pauses = watchPauses()
  const n = series[0]?.length ?? 0
  const rounds = Math.max(fewestRounds, Math.ceil(warmingBars / (n * series.length)))
  const all = Array.from({ length: rounds }, () => timed(run))
  const later = all.slice(-Math.max(fewestRounds, Math.ceil(rounds / 3)))
  const gc_pause_ms = await pauses()
  const whole = Array.from({ length: 3 }, () => timed(() => writtenOut(run())))
  // One after the other, when it is warm and the columns lie near: the loop at its best.
  const loops = Array.from({ length: rounds + 1 }, () => timed(() => loopOf(w, series))).slice(1)
  assertChecked({ w, n, ...facts }, first.value, series, source.files.length === 0)
  return {
    ...{ w, n, ...facts, instruments: series.length },
    cpu_s: median(later.map(({ cpu }) => cpu)),
    first_cpu_s: first.cpu,
    wall_s: median(later.map(({ wall }) => wall)),
    rss_mb: rss / 1e6,
    loop_cpu_s: median(loops.map(({ cpu }) => cpu)),
    whole_cpu_s: median(whole.map(({ cpu }) => cpu)),
    columns_mb: (barColumnNames.length * 8 * n * series.length) / 1e6,
    idle_mb: idle / 1e6,
    gc_pause_ms,
    result_hash,
  }
}

function seriesOf(w: Workload, { bars, files }: WorkloadSource): readonly BarSeries[] {
  if (files.length > 0) return files.map(barsFromFile)
  if (w !== 'W5') return [makeBars(bars, 1)]
  return Array.from({ length: 20 }, (_, seed) => makeBars(Math.min(bars, 100_000), seed + 1))
}

/** Every column that leaves the engine thread. */
function writtenOut(result: RunResult): number {
  return Object.keys(result.equity.columns()).length + result.orders.rows + result.fills.rows + result.trades.rows
}

function watchPauses(): () => Promise<number> {
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  observer.observe({ entryTypes: ['gc'] })
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    observer.disconnect()
    return longest
  }
}

function loopOf(w: Workload, series: readonly BarSeries[]): { readonly fills: number; readonly equity: number } {
  if (w === 'W2') return bracketLoop(series[0] as BarSeries)
  if (w === 'W4') {
    indicatorLoops(series[0] as BarSeries)
    return { fills: 0, equity: 1_000_000 }
  }
  const start = { fills: 0, equity: 1_000_000 }
  return series
    .map(crossLoop)
    .reduce((sum, one) => ({ fills: sum.fills + one.fills, equity: sum.equity + one.equity - 1_000_000 }), start)
}

/** Figures of a wrong run are worth nothing: engine and loop must agree, and give the known values where they are known. */
function assertChecked(
  { w, n, fills, equity }: Pick<WorkloadFigures, 'w' | 'n' | 'fills' | 'equity'>,
  result: RunResult,
  series: readonly BarSeries[],
  isSeeded: boolean,
): void {
  const loop = loopOf(w, series)
  const wanted = (checkValues[w] as Readonly<Record<number, readonly [number, number]>>)[n]
  const same = loop.fills === fills && Math.abs(loop.equity - equity) < 1e-4
  if (!same) throw new Error(`${w}: engine ${fills} fills, ${equity}; loop ${loop.fills} fills, ${loop.equity}`)
  if (isSeeded && wanted !== undefined && !(fills === wanted[0] && Math.abs(equity - wanted[1]) < 1e-4))
    throw new Error(`${w}: ${fills} fills, ${equity}; the check values are ${wanted.join(', ')}`)
  if (w === 'W4') assertIndicators(result, series[0] as BarSeries)
}

/** The strategy of W4 logs the last value of each line. */
function assertIndicators(result: RunResult, bars: BarSeries): void {
  const byHand = indicatorLoops(bars)
  const told = new Map(result.log.map(({ text }) => text.split(' ') as [string, string]))
  for (const [name, column] of Object.entries(byHand)) {
    const value = Number(told.get(name))
    const wanted = column.at(-1) as number
    const close = Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted))
    if (!close) throw new Error(`W4: ${name} ends at ${value}; the loop at ${wanted}`)
  }
}

function barsFromFile(file: string): BarSeries {
  const bytes = readFileSync(file)
  return barsFromBytes(new Uint8Array(bytes).buffer)
}

export interface Timed<Value> {
  readonly value: Value
  /** Seconds of all threads of the process. */
  readonly cpu: number
  readonly wall: number
}

export function timed<Value>(work: () => Value): Timed<Value> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const value = work()
  const wall = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  return { value, cpu: (used.user + used.system) / 1e6, wall }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** As a child of main.ts: `engine.ts W1 BARS [FILES]` prints its figures as one JSON line. */
if (process.argv[1] === import.meta.filename) {
  const [, , w = 'W1', bars = '1000000', ...files] = process.argv
  const kernel = join(import.meta.dirname, '..', '..', 'out', 'kernel', 'kernel.js')
  const figures = await benchWorkload(w as Workload, { bars: Number(bars), files }, kernel)
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
