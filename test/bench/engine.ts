import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { type BarSeries, barColumnNames } from '../../core/domain/bar-series.ts'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import { openRealm } from '../../core/node/strategy/strategy-realm.ts'
import { barsFromBytes, makeBars } from './make-bars.ts'
import { bracketLoop, checkValues, crossLoop, workloadInput } from './workloads.ts'

/** The workloads as a user writes them: a strategy file, compiled and run in a realm as the product does. */
export const strategyTexts = {
  W1: `import { crossedAbove, crossedBelow, type Instrument, param, sma, Strategy } from 'tickwright'

export default class CrossAtMarket extends Strategy<typeof CrossAtMarket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10), slow: param.int(30) }
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }
  onBar(i: Instrument<'fast' | 'slow'>) {
    if (i.flat && crossedAbove(i.fast, i.slow)) i.buy(1)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.sell(1)
  }
}
`,
  W2: `import { crossedAbove, crossedBelow, type Instrument, type Order, param, sma, Strategy } from 'tickwright'

export default class CrossWithBracket extends Strategy<typeof CrossWithBracket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10), slow: param.int(30) }
  entry: Order | undefined
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }
  onBar(i: Instrument<'fast' | 'slow'>) {
    if (crossedAbove(i.fast, i.slow)) {
      if (!i.flat || this.entry?.working) return
      const limit = i.last * 0.999
      this.entry = i.buy(1).limit(limit).target(limit * 1.02).stop(limit * 0.99)
    } else if (crossedBelow(i.fast, i.slow)) this.entry?.cancel()
  }
}
`,
} as const

export type Workload = keyof typeof strategyTexts
export const workloads = Object.keys(strategyTexts) as Workload[]

/** One line of `npm run bench -- W1 --bars FILE` (research 02-workloads); seconds are medians after the first run. */
export interface WorkloadFigures {
  readonly w: Workload
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
  readonly loop_cpu_s: number
  readonly columns_mb: number
  /** Memory of the process before it had bars. */
  readonly idle_mb: number
  readonly result_hash: string
}

const rounds = 7
const million = 1_000_000

/** Runs a workload in this process, which should do nothing else: what ran before changes what V8 makes of it. */
export async function benchWorkload(
  w: Workload,
  file: string | undefined,
  kernelPath: string,
): Promise<WorkloadComparison> {
  const bundle = await bundleStrategy(`${w}.ts`, async (name) => (name === `${w}.ts` ? strategyTexts[w] : undefined))
  const kernel = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })
  const idle = process.memoryUsage().rss
  const bars = file === undefined ? makeBars(million, 1) : barsFromFile(file)
  const { strategyExports: _, ...input } = workloadInput(undefined, [bars])
  const realm = openRealm(kernel, bundle, input.seed)

  const run = () => realm.kernel.runBacktest({ ...input, strategyExports: realm.strategyExports })
  const first = timed(run)
  const { counts, equity, resultBytes } = first.value
  const result_hash = createHash('sha256').update(resultBytes()).digest('hex')
  const rss = process.resourceUsage().maxRSS * 1024
  const later = Array.from({ length: rounds }, () => timed(run))
  // One after the other, when it is warm and the columns lie near: the loop at its best.
  const loops = Array.from({ length: rounds + 1 }, () => timed(() => loopOf(w, bars))).slice(1)
  const figures = {
    w,
    n: bars.length,
    fills: counts.fills,
    equity: equity.equity[bars.length - 1] ?? Number.NaN,
    cpu_s: median(later.map(({ cpu }) => cpu)),
    first_cpu_s: first.cpu,
    wall_s: median(later.map(({ wall }) => wall)),
    rss_mb: rss / 1e6,
  }
  assertChecked(figures, loops[0]?.value, file === undefined)
  return {
    ...figures,
    loop_cpu_s: median(loops.map(({ cpu }) => cpu)),
    columns_mb: (barColumnNames.length * 8 * bars.length) / 1e6,
    idle_mb: idle / 1e6,
    result_hash,
  }
}

function loopOf(w: Workload, bars: BarSeries) {
  return w === 'W1' ? crossLoop(bars) : bracketLoop(bars)
}

/** Figures of a wrong run are worth nothing: engine and loop must agree, and give the known values where they are known. */
function assertChecked(
  { w, n, fills, equity }: WorkloadFigures,
  loop: { fills: number; equity: number } | undefined,
  isSeedOne: boolean,
): void {
  const wanted = (checkValues[w] as Readonly<Record<number, readonly [number, number]>>)[n]
  const same = loop !== undefined && loop.fills === fills && Math.abs(loop.equity - equity) < 1e-4
  if (!same) throw new Error(`${w}: engine ${fills} fills, ${equity}; loop ${loop?.fills} fills, ${loop?.equity}`)
  if (isSeedOne && wanted !== undefined && !(fills === wanted[0] && Math.abs(equity - wanted[1]) < 1e-4))
    throw new Error(`${w}: ${fills} fills, ${equity}; the check values are ${wanted.join(', ')}`)
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

/** As a child of main.ts: `engine.ts W1 [FILE]` prints its figures as one JSON line. */
if (process.argv[1] === import.meta.filename) {
  const [, , w = 'W1', file] = process.argv
  const kernel = join(import.meta.dirname, '..', '..', 'out', 'kernel', 'kernel.js')
  process.stdout.write(`${JSON.stringify(await benchWorkload(w as Workload, file, kernel))}\n`)
}
