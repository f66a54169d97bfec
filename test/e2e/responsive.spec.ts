import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { ask, writeStrategy } from './page-bridge.ts'
import { sharedWorkstation } from './shared-workstation.ts'
import { emptyFolder, expect, test } from './workstation.ts'

const bars = 1_000_000
const desk = sharedWorkstation()

test.beforeAll(async () => {
  test.setTimeout(90_000)
  const folder = emptyFolder('million')
  const file = path.join(folder, 'million.csv')
  writeMillion(file)
  await importWhole(desk().page, file)
  rmSync(folder, { recursive: true, force: true })
})

/** One-minute bars of a slow wave with a fast one on it; the file is written in pieces of 50,000 lines. */
function writeMillion(file: string): void {
  const handle = openSync(file, 'w')
  const start = Date.UTC(2020, 0, 1) / 1000
  let last = 100
  let piece = 'time,open,high,low,close,volume\n'
  for (let at = 0; at < bars; at += 1) {
    const close = Math.round((100 + 20 * Math.sin(at / 5000) + Math.sin(at / 40)) * 100) / 100
    piece += `${start + at * 60},${last},${Math.max(last, close)},${Math.min(last, close)},${close},10\n`
    last = close
    if (at % 50_000 !== 49_999) continue
    writeSync(handle, piece)
    piece = ''
  }
  closeSync(handle)
}

async function importWhole(page: Page, file: string): Promise<void> {
  const { recipe, suggestedInstrument } = await ask<{ recipe: object; suggestedInstrument: object }>(
    page,
    'import.inspect',
    { path: file, recipe: null },
  )
  const { job } = await ask<{ job: string }>(page, 'import.start', {
    path: file,
    recipe,
    instrument: suggestedInstrument,
  })
  await expect
    .poll(async () => (await ask<{ job: { state: string } }>(page, 'import.result', { job })).job.state, {
      timeout: 60_000,
    })
    .toBe('done')
  await page
    .getByRole('grid', { name: 'Stored series' })
    .getByRole('row', { name: /^MILLION/ })
    .click()
}

/** Milliseconds between animation frames from now on; `stop` gives them sorted. */
async function watchFrames(page: Page): Promise<() => Promise<number[]>> {
  const gaps = await page.evaluateHandle(() => {
    const found: number[] = []
    let before = performance.now()
    const frame = (now: number) => {
      found.push(now - before)
      before = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    return found
  })
  return async () => (await gaps.jsonValue()).sort((a, b) => a - b)
}

const share = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN

test('a backtest of 1,000,000 bars leaves the window drawing', async () => {
  test.setTimeout(60_000)
  const { page } = desk()
  await expect(page.getByRole('application', { name: /^Chart of MILLION/ })).toBeVisible()
  const backtest = await desk().panel('Backtest')
  await backtest.getByLabel('Interval').selectOption('1m')
  await desk().panel('Runs')
  const stop = await watchFrames(page)
  await backtest.getByRole('button', { name: 'Run', exact: true }).click()
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await expect(report.getByText('1,000,000 bars')).toBeVisible({ timeout: 45_000 })
  await expect(report.getByRole('region', { name: 'Equity' })).toBeVisible()
  const gaps = await stop()
  const figures = { frames: gaps.length, median: share(gaps, 0.5), p95: share(gaps, 0.95), max: share(gaps, 1) }
  const text = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(0)}`)
  test.info().annotations.push({ type: 'frames', description: text.join(', ') })
  process.stdout.write(`frame gaps in ms during a run of 1,000,000 bars: ${text.join(', ')}\n`)
  // Generous, for a busy machine: a run or a read in the window's own thread would be one gap of many seconds.
  expect(figures.median).toBeLessThan(50)
  expect(figures.max).toBeLessThan(3_000)
})

test('a running backtest shows its progress, lets the window be used, and stops when told', async () => {
  test.setTimeout(60_000)
  const { page } = desk()
  await writeStrategy(
    page,
    'slow.ts',
    `import { type Instrument, Strategy } from 'tickwright'

export default class Slow extends Strategy {
  onBar(i: Instrument) {
    let sum = 0
    for (let at = 0; at < 20_000; at += 1) sum += Math.sqrt(at + i.last)
    this.record('sum', sum)
  }
}
`,
  )
  const backtest = await desk().panel('Backtest')
  await backtest.getByRole('button', { name: 'Run', exact: true }).click()
  const progress = backtest.getByRole('progressbar', { name: 'Backtest' })
  await expect(progress).toBeVisible()
  await expect(backtest.getByText(/^\d+%.* left$/)).toBeVisible()
  const html = page.locator('html')
  const theme = (await html.getAttribute('data-theme')) === 'dark' ? 'light' : 'dark'
  await page.getByRole('button', { name: `Switch to the ${theme} theme` }).click()
  await expect(html).toHaveAttribute('data-theme', theme)
  const jobs = await desk().panel('Jobs')
  await expect(jobs.getByRole('progressbar')).toBeVisible()
  await backtest.getByRole('button', { name: 'Cancel Backtest' }).click()
  await expect(progress).toBeHidden()
  await expect(jobs.getByRole('progressbar')).toHaveCount(0)
  await expect(jobs.getByRole('row', { name: /Cancelled/ })).toBeVisible()
})

test('reloading the window keeps a run going and finds it again', async () => {
  test.setTimeout(60_000)
  const { page } = desk()
  const jobsBefore = await desk().panel('Jobs')
  const backtest = await desk().panel('Backtest')
  await backtest.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(jobsBefore.getByRole('progressbar')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Store ready')).toBeVisible()
  const jobs = await desk().panel('Jobs')
  await expect(jobs.getByRole('progressbar')).toBeVisible()
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(jobs.getByRole('progressbar')).toHaveCount(0)
})
