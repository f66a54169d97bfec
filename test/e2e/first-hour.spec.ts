import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page, TestInfo } from '@playwright/test'
import { germanDays } from './own-data.ts'
import { sampleFigures, sampleRun } from './sample-run.ts'
import { tickwright } from './terminal.ts'
import { emptyFolder, expect, root, test, type Workstation } from './workstation.ts'

test.use({ openOptions: { keepWelcome: true, isFresh: true } })

// 05, section 12: the minutes of a trader who has never seen the product, from "see something alive" to "own data".
test('a first hour: from the first chart to a backtest on own data', async ({ desk }, info) => {
  test.setTimeout(150_000)
  const shot = shooter(desk.page, info)
  await test.step('see something alive', () => seeSomethingAlive(desk, shot))
  await test.step('run the sample strategy', () => runTheSample(desk, shot))
  await test.step('read the result', () => readTheResult(desk, shot))
  await test.step('change a parameter and compare', () => changeAParameter(desk, shot))
  await test.step('open the code', () => openTheCode(desk, shot))
  await test.step('bring own data', () => bringOwnData(desk, shot))
  await test.step('verify a run', () => verifyARun(desk, shot))
  await test.step('switch language and theme', () => switchLanguageAndTheme(desk, shot))
  await test.step('get the same numbers in the terminal', () => askTheTerminal(desk))
})

type Shot = (name: string) => Promise<void>

function shooter(page: Page, info: TestInfo): Shot {
  let number = 0
  return async (name) => {
    number += 1
    await page.screenshot({ path: info.outputPath(`${String(number).padStart(2, '0')}-${name}.png`) })
  }
}

const chartOf = (page: Page, instrument: string) =>
  page.getByRole('application', { name: new RegExp(`^Chart of ${instrument}, `) })

/** Open, high, low and close of the candle under a point of the chart. */
async function candleAt(page: Page, chart: Locator, share: number): Promise<number[]> {
  const box = await chart.boundingBox()
  if (box === null) throw new Error('the chart is not on the screen')
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2)
  const text = await chart.locator('.chart-legend-price').innerText()
  return [...text.replaceAll(',', '').matchAll(/[OHLC]\s*(\d+\.\d+)/g)].map((match) => Number(match[1]))
}

async function seeSomethingAlive({ page }: Workstation, shot: Shot): Promise<void> {
  const chart = chartOf(page, 'SPX')
  await expect(chart).toBeVisible()
  await expect(page.getByText('5,105 bars of 1d', { exact: true })).toBeVisible()
  await shot('first-start')
  await expect.poll(() => candleAt(page, chart, 0.4)).toHaveLength(4)
  const before = await candleAt(page, chart, 0.4)
  await page.mouse.down()
  await page.mouse.move(900, 300, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => candleAt(page, chart, 0.4), 'other days stand there after a drag').not.toEqual(before)

  const series = page.getByRole('grid', { name: 'Stored series' })
  await series.getByRole('row', { name: /SIM-AAA/ }).click()
  await expect(chartOf(page, 'SIM-AAA')).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'Chart tools' }).getByText('SIM', { exact: true })).toBeVisible()
  await expect(page.getByRole('contentinfo').getByText('SIM', { exact: true }).first()).toBeVisible()
  await shot('simulated-market')
  await series.getByRole('row', { name: /^SPX/ }).click()
  await expect(chart).toBeVisible()
}

async function runTheSample({ page, panel }: Workstation, shot: Shot): Promise<void> {
  await page.getByRole('button', { name: 'Run the sample backtest' }).click()
  await expect(page.getByRole('region', { name: 'Key figures' })).toBeVisible()
  await shot('sample-result')
  const jobs = await panel('Jobs')
  await expect(jobs.getByRole('row', { name: /Backtest .*Done/ })).toBeVisible()
  await panel('Report')
}

async function readTheResult({ page, panel }: Workstation, shot: Shot): Promise<void> {
  const report = await panel('Report')
  for (const [title, text] of Object.entries(sampleRun.onScreen)) {
    await expect(report.getByRole('button', { name: `${title} ${text}`, exact: true })).toBeVisible()
  }
  const profit = report.getByRole('button', { name: /^Profit factor/ })
  await profit.click()
  await expect(page.getByRole('dialog').getByText(/^Source: /)).toBeVisible()
  await shot('meaning-of-a-figure')
  await page.keyboard.press('Escape')

  await report.getByRole('tab', { name: 'Months' }).click()
  const months = report.getByRole('table', { name: 'Monthly returns in percent' })
  await expect(months.getByRole('row', { name: /^2008/ })).toBeVisible()
  await shot('monthly-returns')

  await panel('Editor')
  await report.getByRole('tab', { name: /^Trades/ }).click()
  const trades = report.getByRole('grid', { name: 'Trades' })
  const third = trades.getByRole('row').nth(3)
  const entry = Number((await cellOf(trades, third, 'Entry price')).replaceAll(',', ''))
  await third.click()
  const chart = chartOf(page, 'SPX')
  await expect(chart, 'the chart came forward').toBeVisible()
  await expect
    .poll(async () => nearest(entry, await candleAt(page, chart, 0.5)), 'and stands at the trade')
    .toBeLessThan(0.1)
  await shot('trade-on-the-chart')
  if (process.env.TICKWRIGHT_README_SHOT === '1') await takeReadmeShot(page)
}

/** The picture of the README: dark, trades on the chart, their report below. */
async function takeReadmeShot(page: Page): Promise<void> {
  const dark = page.getByRole('button', { name: 'Switch to the dark theme' })
  if (await dark.isVisible()) await dark.click()
  await chartOf(page, 'SPX').focus()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('-')
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await report.getByRole('tab', { name: 'Overview' }).click()
  await expect(report.getByRole('region', { name: 'Equity' })).toBeVisible()
  await page.mouse.move(800, 12)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.screenshot({ path: path.join(root, 'docs/images/workstation.png') })
  await report.getByRole('tab', { name: /^Trades/ }).click()
}

/** Text of a row's cell below the header of that title. */
async function cellOf(grid: Locator, row: Locator, title: string): Promise<string> {
  const titles = await grid.getByRole('columnheader').allInnerTexts()
  return row
    .getByRole('gridcell')
    .nth(titles.map((text) => text.trim()).indexOf(title))
    .innerText()
}

/** How far the nearest of some prices is from one, as a ratio. */
function nearest(price: number, prices: readonly number[]): number {
  return Math.min(...prices.map((other) => Math.abs(other / price - 1)), Number.POSITIVE_INFINITY)
}

async function changeAParameter({ page, panel }: Workstation, shot: Shot): Promise<void> {
  const backtest = await panel('Backtest')
  const fast = backtest.getByRole('textbox', { name: 'fast' })
  await fast.fill('1')
  await expect(backtest.getByText('1 is below the least value, 2.')).toBeVisible()
  await expect(backtest.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await fast.fill('20')
  await backtest.getByRole('button', { name: 'Run', exact: true }).click()
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await expect(report.getByText('fast 20 · slow 30')).toBeVisible()
  await report.getByRole('button', { name: 'Compare in the history' }).click()
  const runs = page.getByRole('region', { name: 'Runs', exact: true })
  await runs.getByRole('button', { name: 'Compare with the base or the previous run' }).click()
  const changed = runs.getByRole('row', { name: /^fast/ })
  await expect(changed.getByRole('cell')).toHaveText(['10', '20'])
  await expect(runs.getByText('Same code')).toBeVisible()
  await expect(runs.getByRole('grid', { name: 'Trades' }).getByRole('row').nth(1)).toBeVisible()
  await shot('two-runs-side-by-side')
  await runs.getByRole('button', { name: 'Back to the history' }).click()
}

async function openTheCode({ page, panel }: Workstation, shot: Shot): Promise<void> {
  const editor = await panel('Editor')
  const code = editor.locator('.monaco-editor').first()
  await expect(code.getByText('onBar')).toBeVisible()
  await expect(editor.getByRole('button', { name: 'No problems' })).toBeVisible()
  await code.click()
  await goToEndOfLine(page, 19)
  await page.keyboard.press('Enter')
  await page.keyboard.type('i.fl')
  const flatten = editor.getByRole('option', { name: /^flatten/ })
  await expect(flatten, 'completion knows the strategy API').toBeVisible()
  await shot('completion')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.type("i.buy('ten')")
  await expect(editor.getByRole('button', { name: 'Errors: 1, warnings: 0' })).toBeVisible()
  const problems = await panel('Problems')
  await expect(problems.getByRole('row', { name: /sma-cross\.ts:20.*not assignable/ })).toBeVisible()
  await shot('problem-with-its-line')

  await code.click()
  await goToEndOfLine(page, 20)
  await page.keyboard.press('Control+Shift+K')
  await expect(editor.getByRole('button', { name: 'No problems' })).toBeVisible()
  await goToEndOfLine(page, 17)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('10')
  await expect(editor.getByRole('img', { name: 'Unsaved changes' }).first()).toBeVisible()
  await page.keyboard.press('Control+S')
  await expect(editor.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await expect(report.getByRole('region', { name: 'Key figures' })).toBeVisible()
  const runs = await panel('Runs')
  await expect(runs.getByText('3 runs')).toBeVisible()
}

async function goToEndOfLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+Home')
  for (let at = 1; at < line; at += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
}

async function bringOwnData({ page, panel }: Workstation, shot: Shot): Promise<void> {
  const file = path.join(emptyFolder('csv'), 'siemens-kurse.csv')
  writeFileSync(file, germanDays(600))
  await page.getByTestId('import-file').setInputFiles(file)
  const dialog = page.getByRole('dialog', { name: 'Import siemens-kurse.csv' })
  await expect(dialog.getByLabel('Separator')).toHaveValue(';')
  await expect(dialog.getByLabel('Decimal sign')).toHaveValue(',')
  await expect(dialog.getByLabel('Date format')).toHaveValue('dd.MM.yyyy')
  await expect(dialog.getByLabel('Sketch of the first bars')).toBeVisible()
  await shot('import-preview')
  await dialog.getByRole('button', { name: /^Import into/ }).click()
  await expect(dialog.getByText(/was imported$/)).toBeVisible()
  await expect(dialog.getByText('600', { exact: true }).first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Show on the chart' }).click()
  await expect(page.getByText('600 bars of 1d', { exact: true })).toBeVisible()

  const backtest = await panel('Backtest')
  await backtest.getByRole('button', { name: 'Run', exact: true }).click()
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await expect(report.getByText(/600 bars/)).toBeVisible()
  await expect(report.getByRole('region', { name: 'Key figures' })).toBeVisible()
  await shot('own-data')
}

async function verifyARun({ page, panel }: Workstation, shot: Shot): Promise<void> {
  const report = await panel('Report')
  await report.getByRole('button', { name: 'Verify: run it again and compare' }).click()
  await expect(report.getByRole('status').filter({ hasText: 'identical' })).toBeVisible()
  await shot('verified')
  await page.keyboard.press('Escape')
}

async function switchLanguageAndTheme({ page }: Workstation, shot: Shot): Promise<void> {
  const html = page.locator('html')
  await page.getByRole('button', { name: /^Switch to the (dark|light) theme$/ }).click()
  const first = await html.getAttribute('data-theme')
  await shot(`${first}-theme`)
  await page.getByRole('button', { name: /^Switch to the (dark|light) theme$/ }).click()
  await expect(html).toHaveAttribute('data-theme', first === 'dark' ? 'light' : 'dark')
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await expect(html).toHaveAttribute('lang', /^zh/)
  for (const title of ['数据', '图表', '回测', '绩效报告']) {
    await expect(page.getByRole('tab', { name: title, exact: true })).toBeVisible()
  }
  await shot('chinese')
}

async function askTheTerminal(desk: Workstation): Promise<void> {
  await desk.close()
  const { stdout, stderr, status } = await tickwright(desk.home, [
    'backtest',
    path.join(root, 'resources/strategies/sma-cross.ts'),
    '--data',
    'SPX',
    '--json',
  ])
  expect({ status, stderr }).toMatchObject({ status: 0 })
  const { run } = JSON.parse(stdout) as { run: { metrics: Record<string, number>; counts: Record<string, number> } }
  expect(run.counts).toEqual(sampleRun.counts)
  expect(sampleFigures(run.metrics)).toEqual(sampleRun.metrics)
}
