import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { Gives, RequestName, Takes } from '../../core/contract/contract.ts'
import { methodName } from '../../core/contract/request-names.ts'
import { makeBars } from './make-bars.ts'

/** Times of one kind of movement in the real window. */
export interface FrameFigures {
  /** Between frames, ms: 16.7 is 60 a second. */
  readonly frameMedian: number
  readonly frameP95: number
  /** From the start of a frame until its work on the main thread is done, ms. */
  readonly workMedian: number
  readonly workP95: number
}

export interface ChartFigures {
  readonly bars: number
  readonly trades: number
  /** From choosing the instrument to its candles on the screen, ms. */
  readonly setMs: number
  /** From opening the run to its trades on the screen, ms. */
  readonly tradesMs: number
  /** One candle a bar; 128 bars a candle; everything on one screen. */
  readonly panNear: FrameFigures
  readonly panMiddle: FrameFigures
  readonly panFar: FrameFigures
  readonly zoomOut: FrameFigures
  readonly zoomIn: FrameFigures
  /** JS heap with columns, MB, and the whole renderer process, MB. */
  readonly heapMb: number
  readonly rendererMb: number
}

export interface ChartBenchOptions {
  /** Folder of the built app. */
  readonly app: string
  readonly bars?: number
}

const instrument = 'BENCH-CHART'
const tradeEvery = 10

/** A round trip every ten bars: 100,000 trades on a million bars. */
const strategy = `import { type Instrument, Strategy } from 'tickwright'

export default class Often extends Strategy {
  count = 0

  override onBar(i: Instrument) {
    const phase = this.count++ % ${tradeEvery}
    if (phase === 0) i.buy(1)
    else if (phase === 5) i.exit()
  }
}
`

/** Imports bars and runs a strategy through the service, then pans and zooms the chart in the real window. */
export async function benchChart({ app: folder, bars = 1_000_000 }: ChartBenchOptions): Promise<ChartFigures> {
  const home = mkdtempSync(path.join(tmpdir(), 'tickwright-bench-chart-'))
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  const app = await _electron.launch({
    args: [folder, '--lang=en-US', '--log-level=3', '--enable-precise-memory-info'],
    chromiumSandbox: false,
    env: { ...(env as Record<string, string>), TICKWRIGHT_HOME: home },
  })
  try {
    const page = await app.firstWindow()
    page.setDefaultTimeout(120_000)
    await page.getByText('Store ready').waitFor()
    const csv = path.join(home, `${instrument}.csv`)
    writeCsv(csv, bars)
    await importBars(page, csv)
    const run = await runStrategy(page)
    return await measure(app, page, { run, bars })
  } finally {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
}

function writeCsv(file: string, length: number): void {
  const { time, open, high, low, close, volume } = makeBars(length, 1)
  const handle = openSync(file, 'w')
  let text = 'time,open,high,low,close,volume\n'
  for (let i = 0; i < length; i++) {
    const prices = [open, high, low, close].map((column) => (column[i] as number).toFixed(4)).join(',')
    text += `${new Date(time[i] as number).toISOString().slice(0, 19).replace('T', ' ')},${prices},${volume[i]}\n`
    if (text.length > 1_000_000 || i === length - 1) {
      writeSync(handle, text)
      text = ''
    }
  }
  closeSync(handle)
}

/** Asks the service exactly as the window does: by the preload's named methods. */
async function ask<Name extends RequestName>(page: Page, name: Name, takes: Takes<Name>): Promise<Gives<Name>> {
  const call = { method: methodName(name), takes: takes as unknown }
  const answer = await page.evaluate(({ method, takes: input }) => window.tickwright?.requests[method]?.(input), call)
  const { ok, ...rest } = answer as { ok: boolean; reply?: unknown; error?: unknown }
  if (!ok) throw new Error(`${name}: ${JSON.stringify(rest.error)}`)
  return rest.reply as Gives<Name>
}

async function finished(page: Page, job: string): Promise<void> {
  for (;;) {
    const { jobs } = await ask(page, 'job.list', {})
    const found = jobs.find(({ id }) => id === job)
    if (found?.state === 'done') return
    if (found?.state !== 'running') throw new Error(`job ${job}: ${JSON.stringify(found)}`)
    await page.waitForTimeout(200)
  }
}

async function importBars(page: Page, csv: string): Promise<void> {
  // A bulk request answers its preview over the port; only its reply is wanted here.
  const seen = (await ask(page, 'import.inspect', { path: csv, recipe: null })) as unknown as {
    recipe: Takes<'import.start'>['recipe']
    suggestedInstrument: Takes<'import.start'>['instrument']
  }
  const record = { ...seen.suggestedInstrument, id: instrument, symbol: instrument, tickSize: 0.0001, zone: 'UTC' }
  const recipe = { ...seen.recipe, zone: 'UTC' }
  const { job } = await ask(page, 'import.start', { path: csv, recipe, instrument: record })
  await finished(page, job)
}

async function runStrategy(page: Page): Promise<string> {
  await ask(page, 'strategy.save', { name: 'bench-often.ts', code: strategy })
  const { run, job } = await ask(page, 'backtest.start', {
    strategy: { kind: 'saved', name: 'bench-often.ts' },
    params: {},
    instruments: [instrument],
    interval: '1m',
    from: null,
    to: null,
    cash: 100_000,
    commission: { kind: 'none' },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 1,
  })
  await finished(page, job)
  return run
}

async function measure(
  app: ElectronApplication,
  page: Page,
  { run, bars }: { readonly run: string; readonly bars: number },
): Promise<ChartFigures> {
  const welcome = page.getByRole('region', { name: 'Welcome to Tickwright' }).getByRole('button', { name: 'Close' })
  if (await welcome.isVisible()) await welcome.click()
  const setMs = await timed(async () => {
    await page.getByText(instrument, { exact: true }).first().click()
    await page.locator('.chart-footer', { hasText: `${bars.toLocaleString('en-US')} bars` }).waitFor()
    await twoFrames(page)
  })
  await page.getByRole('tab', { name: 'Runs', exact: true }).first().click()
  const row = page.getByText('bench-often', { exact: false }).first()
  await row.waitFor()
  const tradesMs = await timed(async () => {
    await row.dblclick()
    await page.locator('.chart-toolbar', { hasText: /[1-9][\d,]* trades/ }).waitFor()
    await twoFrames(page)
  })
  const { summary } = await ask(page, 'run.get', { run })
  const panNear = await move(page, { frames: 200, pan: 12 })
  const zoomOut = await move(page, { frames: 65, zoom: 120 })
  const panMiddle = await move(page, { frames: 200, pan: 12 })
  await move(page, { frames: 80, zoom: 120 })
  const panFar = await move(page, { frames: 200, pan: 2 })
  const zoomIn = await move(page, { frames: 100, zoom: -120 })
  const heapMb = await page.evaluate(
    () => (performance as Performance & { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
  )
  const processes = await app.evaluate(({ app: electron }) => electron.getAppMetrics())
  const tab = processes.find(({ type }) => type === 'Tab')
  return {
    bars,
    trades: summary.counts.trades,
    setMs,
    tradesMs,
    panNear,
    panMiddle,
    panFar,
    zoomOut,
    zoomIn,
    heapMb: Math.round(heapMb),
    rendererMb: Math.round((tab?.memory.workingSetSize ?? Number.NaN) / 1024),
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round(performance.now() - start)
}

async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}

interface Movement {
  readonly frames: number
  /** Pixels a frame, by Shift and wheel. */
  readonly pan?: number
  /** Wheel delta a frame. */
  readonly zoom?: number
}

/** One wheel event a frame on the chart, timed inside the page. */
async function move(page: Page, movement: Movement): Promise<FrameFigures> {
  const { deltas, work } = await page.evaluate(async ({ frames, pan = 0, zoom = 0 }) => {
    const box = document.querySelector('.chart-canvas')?.getBoundingClientRect() ?? new DOMRect()
    const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }
    const target = document.elementFromPoint(at.clientX, at.clientY)
    const isPan = pan !== 0
    const channel = new MessageChannel()
    const found = { deltas: [] as number[], work: [] as number[] }
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    for (let frame = 0; frame < frames; frame++) {
      const now = await new Promise<number>((resolve) =>
        requestAnimationFrame((time) => {
          const start = performance.now()
          const deltaY = isPan ? -pan : zoom
          target?.dispatchEvent(
            new WheelEvent('wheel', { ...at, deltaY, shiftKey: isPan, bubbles: true, cancelable: true }),
          )
          // A message posted in a frame arrives once the frame has been drawn.
          channel.port1.onmessage = () => {
            found.work.push(performance.now() - start)
            resolve(time)
          }
          channel.port2.postMessage(null)
        }),
      )
      found.deltas.push(now - last)
      last = now
    }
    return found
  }, movement)
  return {
    frameMedian: quantile(deltas, 0.5),
    frameP95: quantile(deltas, 0.95),
    workMedian: quantile(work, 0.5),
    workP95: quantile(work, 0.95),
  }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN) * 10) / 10
}
