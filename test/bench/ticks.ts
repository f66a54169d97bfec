// WT: one million ticks with quotes through a tick strategy. `ticks.ts [TICKS]` prints one JSON line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import { openRealm } from '../../core/node/strategy/strategy-realm.ts'
import { median, timed } from './engine.ts'
import { makeTicks } from './make-ticks.ts'
import { duration, type Row } from './table.ts'
import { tickLoop, tickStrategyText } from './tick-loop.ts'
import { workloadInput } from './workloads.ts'

/** Figures of WT; seconds are medians after the first run. */
export interface TickFigures {
  readonly w: 'WT'
  readonly n: number
  readonly fills: number
  readonly equity: number
  readonly cpu_s: number
  readonly first_cpu_s: number
  readonly wall_s: number
  readonly rss_mb: number
  readonly loop_cpu_s: number
}

const rounds = 7

/** Runs WT in this process. Engine and loop must agree to the fill. */
export async function benchTicks(length: number, kernelPath: string): Promise<TickFigures> {
  const bundle = await bundleStrategy('WT.ts', async (name) => (name === 'WT.ts' ? tickStrategyText : undefined))
  const kernel = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })
  const market = makeTicks(length, 1)
  const { strategyExports: _, ...input } = workloadInput(undefined, [market.bars])
  const { ticks, quotes } = market
  const instruments = input.instruments.map((instrument) => ({ ...instrument, ticks, quotes }))
  const realm = openRealm(kernel, bundle, input.seed)
  const config = { ...input, instruments, fillPolicy: 'tick' as const, strategyExports: realm.strategyExports }
  const run = () => realm.kernel.runBacktest(config)
  const first = timed(run)
  const later = Array.from({ length: rounds }, () => timed(run))
  const loops = Array.from({ length: rounds + 1 }, () => timed(() => tickLoop(market))).slice(1)
  const { fills } = first.value.counts
  const equity = first.value.equity.equity.at(-1) ?? Number.NaN
  const wanted = tickLoop(market)
  if (fills !== wanted.fills || Math.abs(equity - wanted.equity) > 1e-4)
    throw new Error(`WT: engine ${fills} fills, ${equity}; loop ${wanted.fills} fills, ${wanted.equity}`)
  return {
    w: 'WT',
    n: length,
    fills,
    equity,
    cpu_s: median(later.map(({ cpu }) => cpu)),
    first_cpu_s: first.cpu,
    wall_s: median(later.map(({ wall }) => wall)),
    rss_mb: (process.resourceUsage().maxRSS * 1024) / 1e6,
    loop_cpu_s: median(loops.map(({ cpu }) => cpu)),
  }
}

/** The rows of WT. */
export function tickRows({ n, cpu_s, first_cpu_s, loop_cpu_s }: TickFigures): Row[] {
  const loop = { baseline: 'loop by hand', baselineSeconds: loop_cpu_s, goal: '' }
  process.stderr.write(
    `WT: ${((cpu_s * 1e9) / n).toFixed(0)} ns a tick with its quote, first run ${duration(first_cpu_s)}\n`,
  )
  return [{ name: `WT ${n.toLocaleString('en')} ticks with quotes`, seconds: cpu_s, ...loop }]
}

if (process.argv[1] === import.meta.filename) {
  const [, , ticks = '1000000'] = process.argv
  const kernel = join(import.meta.dirname, '..', '..', 'out', 'kernel', 'kernel.js')
  process.stdout.write(`${JSON.stringify(await benchTicks(Number(ticks), kernel))}\n`)
}
