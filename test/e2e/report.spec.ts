import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page, TestInfo } from '@playwright/test'
import { tickwright } from './terminal.ts'
import { emptyFolder, expect, openWorkstation, test, type Workstation } from './workstation.ts'

test.setTimeout(120_000)

test.use({ openOptions: { keepWelcome: true } })

async function runTheSample({ page }: Workstation): Promise<void> {
  await page.getByRole('button', { name: 'Run the sample backtest' }).click()
  await expect(page.getByRole('region', { name: 'Key figures' })).toBeVisible({ timeout: 30_000 })
}

const tab = (report: Locator, name: string) => report.getByRole('tab', { name, exact: true })

async function shot(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) })
}

test('a trader reads what a run is worth: findings, definitions, breakdowns, drawdowns', async ({ desk }, info) => {
  const { page } = desk
  await runTheSample(desk)
  const report = await desk.panel('Report')

  await tab(report, 'Metrics').click()
  const metrics = report.getByRole('region', { name: 'What stands out' })
  await expect(metrics.getByText(/No cost was assumed/)).toBeVisible()
  await shot(page, info, 'metrics')
  await report.getByPlaceholder(/Search the metrics/).fill('conditional_value_at_risk')
  await expect(report.getByRole('button', { name: /shortfall/ })).toHaveCount(2)
  await report.getByRole('button', { name: /^Expected shortfall, 5 % / }).click()
  const definition = page.locator('.report-definition')
  await expect(definition.getByText('mean of the worst ⌊(n − 1) · 5 %⌋ + 1 returns')).toBeVisible()
  await expect(definition.getByText('From 5,105 daily returns.')).toBeVisible()
  await expect(definition.getByText(/The same number: empyrical conditional_value_at_risk/)).toBeVisible()
  await shot(page, info, 'definition')
  await page.keyboard.press('Escape')

  await tab(report, 'Breakdown').click()
  const groups = report.getByRole('grid', { name: 'Closed trades by kind' })
  await expect(groups.getByRole('row', { name: /^Long/ })).toBeVisible()
  await report.getByRole('radio', { name: 'Weekday' }).click()
  await expect(groups.getByRole('row', { name: /^Monday/ })).toBeVisible()
  await shot(page, info, 'breakdown')

  await tab(report, 'Risk').click()
  await expect(
    report.getByRole('grid', { name: 'Deepest drawdowns' }).getByRole('row', { name: /2\.97%/ }),
  ).toBeVisible()
  await expect(report.getByRole('img', { name: 'Beta' })).toBeVisible()
  await shot(page, info, 'risk')

  await tab(report, 'Spread').click()
  await expect(report.getByRole('img', { name: 'Daily returns that are not 0' })).toBeVisible()
  await expect(report.getByRole('img', { name: 'Excursions of each trade' })).toBeVisible()
  await shot(page, info, 'spread')
})

test('the report leaves the window as HTML with its capsule and as PDF', async ({ desk }) => {
  const { app, page, home } = desk
  await runTheSample(desk)
  const report = await desk.panel('Report')
  const folder = path.join(home, 'saved')
  await app.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_, item) => item.setSavePath(`${target}/${item.getFilename()}`))
  }, folder)
  const saved = async (format: string) => {
    await report.getByRole('button', { name: 'Save the report' }).click()
    await page.getByRole('menuitem', { name: new RegExp(format) }).click()
    const notice = page.getByText(new RegExp(`The report is ready: .*\\.${format.toLowerCase()}`)).first()
    const name = /: (.*)$/.exec((await notice.textContent()) ?? '')?.[1] ?? ''
    await expect.poll(() => existsSync(path.join(folder, name))).toBe(true)
    return readFileSync(path.join(folder, name))
  }
  const html = (await saved('HTML')).toString()
  const capsule = /id="capsule">(.*?)<\/script>/s.exec(html)?.[1]
  expect(JSON.parse(capsule ?? '')).toMatchObject({ version: 1, config: { instruments: ['SPX'] } })
  expect((await saved('PDF')).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the terminal prints the same report as PDF while the window is open', async ({ desk }) => {
  const { home } = desk
  await runTheSample(desk)
  const { runs } = JSON.parse((await tickwright(home, ['runs', '--limit', '1', '--json'])).stdout) as {
    runs: { id: string }[]
  }
  const run = runs[0]?.id ?? ''
  const file = path.join(emptyFolder('report'), 'report.pdf')
  const written = await tickwright(home, ['report', run, '--benchmark', 'SPX', '--out', file])
  expect([written.status, written.stderr]).toEqual([0, ''])
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

test('in Chinese and dark', async ({}, info) => {
  const desk = await openWorkstation({ language: 'zh-CN', keepWelcome: true })
  try {
    const { page } = desk
    await page.getByRole('button', { name: '运行示例回测' }).click()
    const report = page.locator('.report')
    await expect(report.locator('.report-figure').first()).toBeVisible({ timeout: 30_000 })
    await report.getByRole('tab', { name: '指标', exact: true }).click()
    await expect(report.getByText('要点')).toBeVisible()
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot(page, info, 'chinese')
    expect(desk.faults).toEqual([])
  } finally {
    await desk.close()
  }
})
