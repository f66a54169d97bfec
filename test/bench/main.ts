// `npm run bench [-- NAMES] [--json] [--bars FILE]`: figures of this machine as ratios to a baseline of the same run.
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { barFileProblem } from './bar-file.ts'
import { benchChart } from './chart.ts'
import { benchCrowd } from './crowd.ts'
import { type Workload, type WorkloadComparison, workloads } from './engine.ts'
import { growthRow, workloadRows } from './engine-rows.ts'
import { benchLive } from './live.ts'
import { benchService, benchWrite } from './service.ts'
import { benchStart } from './start.ts'
import { type SweepComparison, sweepRows } from './sweep.ts'
import { type Row, table } from './table.ts'
import { type TickFigures, tickRows } from './ticks.ts'

type PeerLine = Pick<SweepComparison, 'n' | 'fills' | 'equity' | 'cpu_s' | 'first_cpu_s' | 'wall_s' | 'rss_mb'> & {
  readonly w: string
}

const million = 1_000_000

const root = join(import.meta.dirname, '..', '..')
const outFolder = join(root, 'out')
const names = [
  ...workloads,
  'W3',
  'WT',
  'growth',
  'service',
  'write',
  'ticks',
  'bars',
  'stores',
  'wire',
  'crowd',
  'live',
  'start',
  'chart',
] as const

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, bars: { type: 'string', multiple: true } },
  allowPositionals: true,
})
const isName = (word: string) => names.some((known) => known === word)
/** W5 takes twenty files: `--bars A B C …`. */
const files = values.bars === undefined ? [] : [...values.bars, ...positionals.filter((word) => !isName(word))]
const unknown = files.length > 0 ? undefined : positionals.find((word) => !isName(word))
const problem =
  unknown === undefined
    ? files.map(barFileProblem).find((found) => found !== undefined)
    : `There is no benchmark “${unknown}”; there are ${names.join(', ')}.`
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 2
} else await main()

async function main(): Promise<void> {
  if (files.length > 0) {
    for (const w of workloads) if (wanted(w)) printPeer(inOwnProcess(w, million, files))
    if (wanted('W3')) printPeer(sweepInOwnProcess(files[0]))
    return
  }
  const rows: Row[] = []
  const documents: object[] = []
  for (const w of workloads) {
    if (!wanted(w)) continue
    const found = inOwnProcess(w, million)
    documents.push(found)
    rows.push(...workloadRows(found))
  }
  if (wanted('WT')) {
    const found = ownProcess<TickFigures>('ticks.ts')
    documents.push(found)
    rows.push(...tickRows(found))
  }
  if (wanted('growth')) {
    const found = [1e4, 1e5, 1e6, 1e7].map((bars) => inOwnProcess('W1', bars))
    documents.push(...found)
    process.stderr.write(`${growthRow(found)}\n`)
  }
  if (wanted('W3')) {
    const found = sweepInOwnProcess()
    documents.push(found)
    rows.push(...sweepRows(found))
  }
  if (wanted('service')) rows.push(...(await benchService(outFolder)))
  if (wanted('write')) rows.push(await benchWrite(outFolder))
  if (wanted('ticks')) rows.push(...ownProcess<Row[]>('market.ts'))
  if (wanted('bars')) rows.push(...ownProcess<Row[]>('bars.ts'))
  if (wanted('wire')) rows.push(...ownProcess<Row[]>('wire.ts'))
  if (wanted('crowd')) rows.push(...(await benchCrowd(outFolder)))
  if (wanted('stores')) rows.push(...ownProcess<Row[]>('stores.ts'))
  if (wanted('live')) rows.push(...(await benchLive(outFolder)))
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
  return ownProcess('sweep.ts', ...(file === undefined ? [] : [file]))
}

function inOwnProcess(w: Workload, bars: number, from: readonly string[] = []): WorkloadComparison {
  return ownProcess('engine.ts', w, String(bars), ...from)
}

/** A fresh process for each: what V8 learned from one strategy slows the next (02, 5a). */
function ownProcess<Figures>(file: string, ...args: readonly string[]): Figures {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }
  const words = [join(import.meta.dirname, file), ...args]
  return JSON.parse(execFileSync(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] }).toString())
}

/** The line that every peer of research 02 prints. */
function printPeer({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb }: PeerLine): void {
  process.stdout.write(`${JSON.stringify({ w, n, fills, equity, cpu_s, first_cpu_s, wall_s, rss_mb })}\n`)
}
