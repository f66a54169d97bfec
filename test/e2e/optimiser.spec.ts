import type { Locator } from '@playwright/test'
import { expect, test } from './workstation.ts'

/** Sets one parameter's range in the form. */
async function setRange(panel: Locator, name: string, [from, to, step]: readonly [number, number, number]) {
  const range = panel.getByRole('region', { name, exact: true })
  await range.getByLabel('From').fill(String(from))
  await range.getByLabel('To').fill(String(to))
  await range.getByLabel('Step').fill(String(step))
}

test('an optimisation from question to run: ranges, count, trials, heatmap, luck, and a trial opened', async ({
  desk,
}, info) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const panel = await desk.panel('Optimiser')
  await panel.getByLabel('Strategy', { exact: true }).selectOption('sma-cross.ts')
  await expect(panel.getByRole('region', { name: 'fast', exact: true }).getByLabel('From')).toHaveValue('2')
  await setRange(panel, 'fast', [5, 25, 2])
  await setRange(panel, 'slow', [30, 120, 10])
  await panel.getByLabel('Condition').fill('fast < slow')
  await expect(panel.getByText(/^110 points/)).toBeVisible()
  await expect(panel.getByText(/about .* on \d+ cores/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('01-question.png') })

  await panel.getByRole('button', { name: 'Start' }).click()
  await expect(panel.getByText('Done · 110 of 110 trials')).toBeVisible({ timeout: 60_000 })
  const grid = panel.getByRole('grid', { name: 'Trials' })
  await expect(grid.getByRole('row').nth(1)).toContainText('1')
  await expect(panel.getByRole('tab', { name: /Trials/ })).toContainText('110')
  await page.screenshot({ path: info.outputPath('02-trials.png') })

  await panel.getByRole('tab', { name: 'Heatmap' }).click()
  const map = panel.getByRole('button', { name: /Sharpe ratio over fast and slow/ })
  await expect(map).toBeVisible()
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(panel.getByText(/^fast 7 · slow 120: Sharpe ratio/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('03-heatmap.png') })

  await panel.getByRole('tab', { name: 'Skill or luck' }).click()
  await panel.getByRole('button', { name: /^Deflated Sharpe ratio/ }).click()
  await expect(page.getByText(/Probability that the true Sharpe ratio is above what luck alone/).last()).toBeVisible()
  await page.screenshot({ path: info.outputPath('04-luck.png') })
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
  await page.keyboard.press('Escape')
  await expect(panel.getByRole('button', { name: /^Trials counted/ })).toContainText('110')

  await panel.getByRole('tab', { name: 'Heatmap' }).click()
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const report = page.getByRole('tabpanel', { name: 'Report' })
  await expect(
    report
      .getByText(/trial \d+/)
      .or(report.getByText('Sharpe ratio'))
      .first(),
  ).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('05-run.png') })
})

test('a walk forward shows its windows, what was chosen in each, and the joined curve', async ({ desk }, info) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const panel = await desk.panel('Optimiser')
  await panel.getByLabel('Strategy', { exact: true }).selectOption('sma-cross.ts')
  await setRange(panel, 'fast', [5, 25, 5])
  await setRange(panel, 'slow', [30, 120, 30])
  await panel.getByRole('radio', { name: 'Rolling' }).click()
  await panel.getByLabel('In-sample bars').fill('1000')
  await panel.getByLabel('Out-of-sample bars').fill('500')
  await expect(panel.getByText(/9 windows, 180 trials/)).toBeVisible()
  await panel.getByRole('button', { name: 'Start' }).click()
  await expect(panel.getByText('Done · 180 of 180 trials')).toBeVisible({ timeout: 60_000 })
  const windows = panel.getByRole('grid', { name: 'Windows' })
  await expect(windows).toHaveAttribute('aria-rowcount', '10')
  await expect(panel.getByRole('img', { name: 'Out-of-sample equity' })).toBeVisible()
  await page.screenshot({ path: info.outputPath('01-walk.png') })
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
  await page.screenshot({ path: info.outputPath('02-walk-light.png') })
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.screenshot({ path: info.outputPath('03-walk-wide.png') })
})

test('what cannot run is refused in words before anything starts; what runs can be cancelled and resumed', async ({
  desk,
}, info) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const panel = await desk.panel('Optimiser')
  await panel.getByLabel('Strategy', { exact: true }).selectOption('sma-cross.ts')
  await panel.getByLabel('Condition').fill('fast <')
  await expect(panel.getByText(/not understood at character 7/)).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Start' })).toBeDisabled()
  await panel.getByLabel('Condition').fill('')
  await panel.getByRole('radio', { name: 'Random' }).click()
  await panel.getByLabel('Points').fill('1000000000')
  await expect(panel.getByText(/1000000000 points; one optimisation may have at most 1000000/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('01-refused.png') })

  await panel.getByLabel('Points').fill('4000')
  await setRange(panel, 'fast', [2, 100, 1])
  await setRange(panel, 'slow', [5, 300, 1])
  await panel.getByRole('button', { name: 'Start' }).click()
  await expect(panel.getByRole('progressbar')).toBeVisible()
  await expect(panel.getByRole('grid', { name: 'Trials' }).getByRole('row').nth(2)).toBeVisible({ timeout: 30_000 })
  await page.screenshot({ path: info.outputPath('02-running.png') })
  await panel.getByRole('button', { name: /^Cancel/ }).click()
  await expect(panel.getByText(/^Cancelled · /)).toBeVisible()
  await panel.getByRole('button', { name: 'Resume' }).click()
  await expect(panel.getByText(/^Done · 4,000 of 4,000/)).toBeVisible({ timeout: 120_000 })
})
