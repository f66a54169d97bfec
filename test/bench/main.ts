// `npm run bench [-- NAMES] [--json] [--bars FILE]`: figures of this machine as ratios to a baseline of the same run.
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchChart } from './chart.ts'
import { type Workload, type WorkloadComparison, type WorkloadFigures, workloads } from './engine.ts'
import { benchService, benchWrite } from './service.ts'
import { benchStart } from './start.ts'
import { type SweepComparison, type SweepFigures, sweepRows } from './sweep.ts'
import { type Row, table } from './table.ts'

const root = join(import.meta.dirname, '..', '..')
const outFolder = join(root, 'out')
const names = [...workloads, 'W3', 'service', 'write', 'start', 'chart'] as const

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, bars: { type: 'string' } },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !names.some((known) => known === name))
if (unknown !== undefined) {
  process.stderr.write(`There is no benchmark “${unknown}”; there are ${names.join(', ')}.\n`)
  process.exitCode = 2
} else await main()

async function main(): Promise<void> {
  if (values.bars !== undefined) {
    for (const w of workloads) if (wanted(w)) printPeer(inOwnProcess(w, values.bars))
    if (wanted('W3')) printSweep(sweepInOwnProcess(values.bars))
    return
  }
  const rows: Row[] = []
  const documents: object[] = []
  for (const w of workloads) {
    if (!wanted(w)) continue
    const found = inOwnProcess(w)
    documents.push(found)
    rows.push(...rowsOf(found))
  }
  if (wanted('W3')) {
    const found = sweepInOwnProcess()
    documents.push(found)
    rows.push(...sweepRows(found))
  }
  if (wanted('service')) rows.push(...(await benchService(outFolder)))
  if (wanted('write')) rows.push(await benchWrite(outFolder))
  if (wanted('start')) rows.push(...(await benchStart(root)))
  const chart = wanted('chart') ? await benchChart({ app: root }) : undefined
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Electron ${process.versions.electron ?? '–'}`
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ machine, workloads: documents, rows, chart: chart ?? null })}\n`)
    return
  }
  process.stdout.write(`${machine}\n\n${table(rows)}\n`)
  if (chart !== undefined) process.stdout.write(`\nchart in the real window: ${JSON.stringify(chart, null, 2)}\n`)
}

function wanted(name: string): boolean {
  return positionals.length === 0 || positionals.includes(name)
}

function sweepInOwnProcess(file?: string): SweepComparison {
  const args = [join(import.meta.dirname, 'sweep.ts'), ...(file === undefined ? [] : [file])]
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }
  return JSON.parse(execFileSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }).toString())
}

function printSweep({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb }: SweepFigures): void {
  process.stdout.write(`${JSON.stringify({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb })}\n`)
}

/** A fresh process for each: what V8 learned from one strategy slows the next (02, 5a). */
function inOwnProcess(w: Workload, file?: string): WorkloadComparison {
  const args = [join(import.meta.dirname, 'engine.ts'), w, ...(file === undefined ? [] : [file])]
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }
  return JSON.parse(execFileSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }).toString())
}

/** The line that every peer of research 02 prints. */
function printPeer({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb }: WorkloadFigures): void {
  process.stdout.write(`${JSON.stringify({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb })}\n`)
}

function rowsOf(found: WorkloadComparison): Row[] {
  const { w, cpu_s, first_cpu_s, loop_cpu_s, rss_mb, idle_mb, columns_mb } = found
  const what = w === 'W1' ? 'W1 cross at market' : 'W2 cross with bracket'
  const loop = { baseline: 'loop by hand', baselineSeconds: loop_cpu_s }
  const memory = `memory of ${w}: ${(rss_mb - idle_mb).toFixed(0)} MB for ${columns_mb.toFixed(0)} MB of columns, ${((rss_mb - idle_mb) / columns_mb).toFixed(1)}× (goal < 4×)`
  process.stderr.write(`${memory}\n`)
  return [
    { name: `${what}, 1,000,000 bars`, seconds: cpu_s, ...loop, goal: w === 'W1' ? '≤ 12×' : '≤ 20×' },
    { name: `${what}, first run`, seconds: first_cpu_s, ...loop, goal: '' },
  ]
}
