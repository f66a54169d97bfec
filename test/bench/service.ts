import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Payload, Takes } from '../../core/contract/contract.ts'
import { barColumnNames, createBarSeries } from '../../core/domain/bar-series.ts'
import { callService, type Service } from '../../core/node/call-service.ts'
import { startService } from '../../core/node/service.ts'
import { openStore } from '../../core/node/store/store-client.ts'
import { median } from './engine.ts'
import { makeBars } from './make-bars.ts'
import type { Row } from './table.ts'

const million = 1_000_000
const times = 3

/** Import of a text file, loading and writing of bars, cancelling: through the service of the build in `outFolder`. */
export async function benchService(outFolder: string): Promise<Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  const service = await startService({ home, outFolder, role: 'terminal' })
  try {
    const rows = [await benchImport(service, home), await benchLoad(service)]
    rows.push(await benchCancel(service, 'cancel a run that works', politeBody))
    rows.push(await benchCancel(service, 'cancel a run that hangs in a bar', stubbornBody))
    return rows
  } finally {
    await service.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function benchImport(service: Service, home: string): Promise<Row> {
  const path = join(home, 'million.csv')
  writeCsv(path)
  const loop = await seconds(async () => void parseByHand(path))
  const took = await seconds(async () => {
    const { reply } = await callService(service, 'import.inspect', { path, recipe: null })
    const instrument = { ...reply.suggestedInstrument, id: 'MILLION', symbol: 'MILLION', zone: 'UTC' }
    const recipe = { ...reply.recipe, zone: 'UTC' }
    await ended(service, (await callService(service, 'import.start', { path, recipe, instrument })).job)
  })
  const { coverage } = await callService(service, 'instrument.list', {})
  const bars = coverage.find(({ instrument }) => instrument === 'MILLION')?.bars
  if (bars !== million) throw new Error(`${bars} of ${million} bars were imported`)
  return {
    name: 'import 1,000,000 rows of CSV',
    seconds: took,
    baseline: 'split and Number()',
    baselineSeconds: loop,
    goal: '< 4 s',
  }
}

async function benchLoad(service: Service): Promise<Row> {
  const takes = { instrument: 'MILLION', interval: '1m', from: null, to: null, maxBars: 0 }
  const load = async () => {
    const { columns } = await callService(service, 'bars.read', takes)
    if (columns.close?.length !== million) throw new Error('not all bars came back')
    return columns
  }
  const columns = await load()
  const copied = createBarSeries(million)
  const copy = await seconds(async () => {
    for (const name of barColumnNames) copied[name].set(columns[name] ?? [])
  })
  const loads: number[] = []
  for (let round = 0; round < times; round++) loads.push(await seconds(load))
  return {
    name: 'load 1,000,000 bars',
    seconds: median(loads),
    baseline: 'copy the columns',
    baselineSeconds: copy,
    goal: '< 0.3 s',
  }
}

/** Writing without the parsing of a file: the store alone, with a file of the raw columns as baseline. */
export async function benchWrite(outFolder: string): Promise<Row> {
  const home = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  const workerUrl = new URL(`file://${join(outFolder, 'main', 'store-worker.js')}`)
  const store = await openStore({ home, workerUrl })
  try {
    const bars = makeBars(million, 1)
    const raw = await seconds(async () => {
      for (const name of barColumnNames) writeFileSync(join(home, 'raw'), bars[name])
    })
    const took = await seconds(async () => void (await store.bars.upsert('MILLION', '1m', bars, 'bench')))
    return {
      name: 'write 1,000,000 bars',
      seconds: took,
      baseline: 'files of raw columns',
      baselineSeconds: raw,
      goal: '',
    }
  } finally {
    await store.close()
    rmSync(home, { recursive: true, force: true })
  }
}

const politeBody = '  sum = 0\n  onBar() { for (let k = 0; k < 1000; k++) this.sum += k }'
const stubbornBody = '  seen = 0\n  onBar() { if (++this.seen > 50) for (;;) this.seen++ }'

async function benchCancel(service: Service, name: string, body: string): Promise<Row> {
  const code = `import { Strategy } from 'tickwright'\nexport default class Busy extends Strategy {\n${body}\n}\n`
  await callService(service, 'strategy.save', { name: 'busy.ts', code })
  const found: number[] = []
  for (let round = 0; round < times; round++) {
    const { job } = await callService(service, 'backtest.start', busyConfig)
    await until(service, (one) => one.id === job && one.done > 0)
    found.push(
      await seconds(async () => {
        const end = until(service, (one) => one.id === job && one.state !== 'running')
        await callService(service, 'job.cancel', { job })
        if ((await end).state !== 'cancelled') throw new Error('the run was not cancelled')
      }),
    )
  }
  return { name, seconds: median(found), baseline: '', baselineSeconds: Number.NaN, goal: '< 0.2 s' }
}

const busyConfig: Takes<'backtest.start'> = {
  strategy: { kind: 'saved', name: 'busy.ts' },
  params: {},
  instruments: ['MILLION'],
  interval: '1m',
  from: null,
  to: null,
  cash: 1_000_000,
  commission: { kind: 'none' },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
  seed: 1,
}

/** Stamp, four prices with four digits, volume: about 58 bytes a row. */
export function writeCsv(path: string): void {
  const { time, open, high, low, close, volume } = makeBars(million, 1)
  const rows = Array.from({ length: million }, (_, i) => {
    const prices = [open, high, low, close].map((column) => (column[i] as number).toFixed(4)).join(',')
    return `${new Date(time[i] as number).toISOString().slice(0, 19).replace('T', ' ')},${prices},${volume[i]}`
  })
  writeFileSync(path, `time,open,high,low,close,volume\n${rows.join('\n')}\n`)
}

/** What a script of ten lines does: no bad rows, no zones, no duplicates, nothing stored. */
function parseByHand(path: string): number {
  const columns = Array.from({ length: 6 }, () => new Float64Array(million))
  const lines = readFileSync(path, 'utf8').split('\n')
  for (let row = 1; row <= million; row++) {
    const fields = (lines[row] as string).split(',')
    ;(columns[0] as Float64Array)[row - 1] = Date.parse(`${(fields[0] as string).replace(' ', 'T')}Z`)
    for (let at = 1; at < 6; at++) (columns[at] as Float64Array)[row - 1] = Number(fields[at])
  }
  return columns[4]?.[million - 1] ?? Number.NaN
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

type Job = Payload<'job.changed'>

function until(service: Service, fits: (job: Job) => boolean): Promise<Job> {
  return new Promise((resolve) => {
    const stop = service.subscribe('job.changed', (job) => {
      if (!fits(job)) return
      stop()
      resolve(job)
    })
  })
}

async function ended(service: Service, job: string): Promise<void> {
  const known = (await callService(service, 'job.list', {})).jobs.find(({ id }) => id === job)
  const end =
    known?.state === 'running' ? await until(service, (one) => one.id === job && one.state !== 'running') : known
  if (end?.state !== 'done') throw new Error(`the job ended as ${JSON.stringify(end)}`)
}
