import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { serving } from './terminal.ts'
import { test as base, emptyFolder, expect } from './workstation.ts'

/** Debian's own browser. */
const executablePath = '/usr/bin/chromium'

const test = base.extend<{ browserOfDebian: Browser }>({
  browserOfDebian: async ({}, use) => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    await use(browser)
    await browser.close()
  },
})

test('the window is a dashboard in a browser: log in, run, watch, reconnect', async ({ browserOfDebian }) => {
  test.setTimeout(150_000)
  const home = emptyFolder('dashboard')
  let service = await serving(home)
  const token = readFileSync(path.join(home, 'token'), 'utf8').trim()
  const page = await browserOfDebian.newPage({ viewport: { width: 1500, height: 900 } })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(service.address)
  await page.getByLabel('Token').fill('not-the-token')
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('alert')).toHaveText('The service does not take this token.')
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByText('Store ready')).toBeVisible({ timeout: 20_000 })
  expect(page.url()).not.toContain(token)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+K')
  await page.keyboard.type('sample backtest')
  await page.keyboard.press('Enter')
  const report = page.getByRole('tab', { name: 'Report', exact: true })
  await report.click()
  await expect(page.getByText('Sharpe').first()).toBeVisible({ timeout: 40_000 })
  await page.screenshot({ path: 'test-results/dashboard.png' })

  await service.stop()
  service = await serving(home, service.port)
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Blotter')
  await page.keyboard.press('Enter')
  const blotter = page.getByRole('region', { name: 'Blotter', exact: true })
  await expect
    .poll(
      async () => {
        const collect = blotter.getByRole('button', { name: 'Collect' })
        if (await collect.isVisible()) await collect.click()
        return blotter.getByRole('row', { name: /SIM-LIVE-A/ }).isVisible()
      },
      { timeout: 40_000, intervals: [1_000] },
    )
    .toBe(true)
  expect(faults).toEqual([])
  await service.stop()
})

test('the monitor fits a phone', async ({ browserOfDebian }) => {
  test.setTimeout(60_000)
  const home = emptyFolder('phone')
  const service = await serving(home)
  const page = await browserOfDebian.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(service.address)
  await page.getByLabel('Token').fill(readFileSync(path.join(home, 'token'), 'utf8').trim())
  await page.getByRole('button', { name: 'Open' }).click()
  const live = page.getByRole('region', { name: 'Live', exact: true })
  await expect(live.getByText('No session yet')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('tab', { name: 'Blotter' }).click()
  await page.getByRole('button', { name: 'Collect' }).click()
  await expect(page.getByRole('row', { name: /SIM-LIVE-A/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Live' }).click()
  await live.getByRole('button', { name: 'New session' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(live.getByRole('list', { name: 'Sessions' })).toContainText('Running')
  await page.screenshot({ path: 'test-results/dashboard-phone.png' })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(390)
  await page.screenshot({ path: 'test-results/dashboard-phone.png' })
  await service.stop()
})
