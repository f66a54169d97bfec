import { expect, test } from './workstation.ts'

test('a replay from the first bar to a stored run: step, play, orders by key and by hand, moved, closed, saved', async ({
  desk,
}, info) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const panel = await desk.panel('Replay')
  await panel.getByLabel('First day').fill('2010-01-04')
  await page.screenshot({ path: info.outputPath('01-setup.png') })
  await panel.getByRole('button', { name: 'Begin' }).click()

  const market = panel.getByRole('application', { name: 'Replay of SPX' })
  const now = panel.locator('.replay-now')
  await expect(now).toContainText('2010-01-04')
  await expect(now).toContainText('Bar 1')
  await market.focus()
  await page.keyboard.press('ArrowRight')
  await expect(now).toContainText('2010-01-05')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(now).toContainText('Bar 12')

  // A bracket by the ticket: its exits sleep, and are lines on the chart
  await panel.getByLabel('Quantity').fill('20')
  await panel.getByLabel('Target', { exact: true }).fill('1200')
  await panel.getByLabel('Stop loss', { exact: true }).fill('1000')
  await panel.getByRole('button', { name: /^Buy/ }).click()
  const orders = panel.getByRole('list', { name: 'Orders' })
  await expect(orders.getByRole('listitem')).toHaveCount(3)
  await market.focus()
  await page.keyboard.press('.')
  await expect(panel.locator('.replay-figures')).toContainText(/Long 20 @ 1,1\d\d\.\d\d/)
  await expect(orders.getByRole('listitem')).toHaveCount(2)
  await orders.getByLabel('Price of order 2').fill('1020')
  await orders.getByLabel('Price of order 2').press('Enter')
  await expect(orders.getByLabel('Price of order 2')).toHaveValue('1020.00')
  await page.screenshot({ path: info.outputPath('02-bracket.png') })

  // Played, it stops with the bar on which an exit is filled
  await panel.getByLabel('Speed').selectOption('200')
  await market.focus()
  await page.keyboard.press('Space')
  await expect(panel.locator('.replay-figures')).toContainText('Flat', { timeout: 20_000 })
  await expect(panel.getByRole('button', { name: /^Play/ })).toBeVisible()
  await panel.getByRole('tab', { name: /Trades/ }).click()
  await expect(panel.getByRole('grid', { name: 'Trades' }).getByRole('row').nth(1)).toContainText('Long 20')
  await page.screenshot({ path: info.outputPath('03-traded.png') })

  // More than the cash covers is refused in words
  await panel.getByLabel('Quantity').fill('1000000')
  await panel.getByLabel('Target', { exact: true }).fill('')
  await panel.getByLabel('Stop loss', { exact: true }).fill('')
  await panel.getByRole('button', { name: /^Sell/ }).focus()
  await market.focus()
  await page.keyboard.press('b')
  await page.keyboard.press('ArrowRight')
  await panel.getByRole('tab', { name: /Events/ }).click()
  await expect(panel.getByText(/refused: the cash does not cover it/)).toBeVisible()
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
  await page.screenshot({ path: info.outputPath('04-light.png') })

  await panel.getByRole('button', { name: 'Save as run' }).click()
  const report = page.getByRole('tabpanel', { name: 'Report' })
  await expect(report.getByText(/manual-orders/).first()).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('05-report.png') })

  // What was done by hand is a strategy now: it is written into the folder, and the run can be repeated
  await report.getByRole('button', { name: 'Use this configuration in the Backtest panel' }).click()
  const backtest = page.getByRole('tabpanel', { name: 'Backtest' })
  await expect(backtest.getByRole('combobox', { name: 'Strategy' })).toHaveValue('manual-orders.ts')
  await page.screenshot({ path: info.outputPath('06-repeat.png') })
  const identity = report.getByRole('definition').filter({ hasText: /^run-/ })
  const saved = (await identity.textContent()) ?? ''
  await backtest.getByRole('button', { name: 'Run' }).click()
  // The report takes the front when the run is done: only then is another tab opened
  await expect(identity).not.toHaveText(saved, { timeout: 20_000 })
  await expect(report.getByText('+1,226.40 USD').first()).toBeVisible()
  const runs = await desk.panel('Runs')
  await expect(runs.getByRole('row', { name: /manual-orders/ })).toHaveCount(2)
})

test('a day outside the data is refused in words, and a reloaded window goes on where it was', async ({
  desk,
}, info) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const panel = await desk.panel('Replay')
  await panel.getByLabel('First day').fill('1950-01-03')
  await expect(panel.getByText(/Choose a day from/)).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Begin' })).toBeDisabled()
  await panel.getByLabel('First day').fill('2008-09-01')
  await panel.getByRole('button', { name: 'Begin' }).click()
  await panel.getByLabel('Go to day').fill('2008-10-10')
  await panel.getByRole('button', { name: 'Go', exact: true }).click()
  await expect(panel.locator('.replay-now')).toContainText('2008-10-09')
  await page.reload()
  const again = await desk.panel('Replay')
  await expect(again.locator('.replay-now')).toContainText('2008-10-09')
  await page.screenshot({ path: info.outputPath('01-reloaded.png') })
  await again.getByRole('button', { name: 'Close the replay' }).click()
  await expect(again.getByRole('button', { name: 'Begin' })).toBeVisible()
})
