import type { Workload, WorkloadComparison } from './engine.ts'
import type { Row } from './table.ts'

const about: Readonly<Record<Workload, { readonly title: string; readonly goal: string }>> = {
  W1: { title: 'W1 cross at market, 1,000,000 bars', goal: '≤ 6×' },
  W2: { title: 'W2 cross with bracket, 1,000,000 bars', goal: '≤ 10×' },
  W4: { title: 'W4 ten indicators, 1,000,000 bars', goal: '≤ 1.5×' },
  W5: { title: 'W5 cross, 20 × 100,000 bars', goal: 'per bar ≤ 1.3 × W1' },
}

/** The rows of one workload; memory and pauses go to stderr. */
export function workloadRows(found: WorkloadComparison): Row[] {
  const { w, n, instruments, cpu_s, first_cpu_s, whole_cpu_s, loop_cpu_s } = found
  const { title, goal } = about[w]
  const loop = { baseline: 'loop by hand', baselineSeconds: loop_cpu_s }
  const perBar = `${((cpu_s * 1e9) / (n * instruments)).toFixed(0)} ns a bar`
  process.stderr.write(`${w}: ${perBar}, ${memory(found)}, longest GC pause ${found.gc_pause_ms.toFixed(1)} ms\n`)
  return [
    { name: title, seconds: cpu_s, ...loop, goal },
    { name: `${w} with all result columns`, seconds: whole_cpu_s, ...loop, goal: '' },
    { name: `${w} first run`, seconds: first_cpu_s, ...loop, goal: '' },
  ]
}

function memory({ rss_mb, idle_mb, columns_mb }: WorkloadComparison): string {
  const used = rss_mb - idle_mb
  return `${used.toFixed(0)} MB for ${columns_mb.toFixed(0)} MB of columns, ${(used / columns_mb).toFixed(1)}× (goal < 3×)`
}

/** How the cost of a bar changes with the number of bars. */
export function growthRow(found: readonly WorkloadComparison[]): string {
  const costs = found.map(({ n, cpu_s }) => ({ n, cost: (cpu_s * 1e9) / n }))
  const spread = Math.max(...costs.map(({ cost }) => cost)) / Math.min(...costs.map(({ cost }) => cost))
  const text = costs.map(({ n, cost }) => `${n.toLocaleString('en')}: ${cost.toFixed(0)} ns a bar`).join(', ')
  return `growth of W1: ${text}; largest over smallest ${spread.toFixed(2)}× (goal ≤ 1.25×)`
}
