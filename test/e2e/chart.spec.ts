import { statSync } from 'node:fs'
import path from 'node:path'
import { emptyFolder, expect, test } from './workstation.ts'

test('a trader reads the chart by keys: instrument, interval, date, scale and picture', async ({ desk }) => {
  const { app, page } = desk
  const chart = await desk.panel('Chart')
  const view = chart.getByRole('application')
  await expect(view).toHaveAccessibleName(/Chart of SPX, 1d bars/)
  await expect(chart.locator('.chart-footer')).toContainText('5,105 bars of 1d')

  await view.press('1')
  await page.keyboard.type('w')
  await page.keyboard.press('Enter')
  await expect(view).toHaveAccessibleName(/Chart of SPX, 1w bars/)
  await expect(chart.locator('.chart-footer')).toContainText('resampled from 1d')

  await view.press('s')
  await page.keyboard.type('im-aaa')
  await page.keyboard.press('Enter')
  await expect(view).toHaveAccessibleName(/Chart of SIM-AAA/)

  await view.press('0')
  await page.keyboard.type('.5renko')
  await page.keyboard.press('Enter')
  await expect(view).toHaveAccessibleName(/Chart of SIM-AAA, 0.5renko bars/)
  await expect(chart.locator('.chart-footer')).toContainText('resampled from 1m')
  await expect(page.getByText('fine enough')).toHaveCount(0)

  await view.press('Alt+f')
  await view.press('Alt+l')
  await expect(chart.getByRole('radio', { name: 'Log' })).toBeChecked()

  const file = path.join(emptyFolder('picture'), 'chart.png')
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
  }, file)
  await view.press('Alt+s')
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(10_000)
})

test('an indicator is found by any of its names, drawn, changed, hidden and remembered', async ({ desk }) => {
  const { page } = desk
  const chart = await desk.panel('Chart')
  await chart.getByRole('button', { name: 'Indicators' }).click()
  await page.keyboard.type('relative strength')
  await page.keyboard.press('Enter')
  const period = page.getByRole('dialog').getByLabel('period')
  await period.fill('0')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Add to the chart' })).toBeDisabled()
  await period.fill('9')
  await page.getByRole('dialog').getByRole('button', { name: 'Add to the chart' }).click()
  const legend = chart.locator('.chart-legend-indicator', { hasText: 'RSI 9' })
  await expect(legend).toContainText(/RSI 9\s*\d+\.\d\d/)
  await legend.hover()
  await legend.getByRole('button', { name: 'Hide RSI 9' }).click()
  await expect(legend).not.toContainText(/\d+\.\d\d/)
  await page.reload()
  await expect(chart.locator('.chart-legend-indicator', { hasText: 'RSI 9' })).toBeVisible()

  await chart.getByRole('button', { name: 'Indicators' }).click()
  const picker = page.getByRole('dialog')
  await expect(picker.locator('[cmdk-group]').first()).toContainText(/Recent.*Relative strength index/)
  await page.keyboard.type('MovingAverageWilder')
  await page.keyboard.press('*')
  await expect(picker.locator('.chart-indicator-details')).toContainText('Smoothed moving average')
  await page.keyboard.press('Enter')
  await picker.getByLabel('reads').selectOption('volume')
  await page.keyboard.press('Enter')
  await expect(chart.locator('.chart-legend-indicator', { hasText: 'SMMA 30 volume' })).toContainText(/\d/)
})

test('selecting a trade in the report brings the chart to it', async ({ desk }) => {
  const { page } = desk
  await page.keyboard.press('F1')
  await page.keyboard.type('Run the sample backtest')
  await page.keyboard.press('Enter')
  const chart = await desk.panel('Chart')
  await expect(chart.locator('.chart-toolbar')).toContainText(/\d+ trades/)
  const strategyLine = chart.locator('.chart-legend-indicator', { hasText: 'fast' })
  await expect(strategyLine).toContainText(/\d+\.\d\d/)
  await chart.getByRole('button', { name: '2 lines' }).click()
  await expect(strategyLine).toBeHidden()
  const report = await desk.panel('Report')
  await report.getByRole('tab', { name: /Trades/ }).click()
  await report.getByText('890.16').first().click()
  // The trade stands in the middle of the plot: its line is under the pointer there.
  const plot = await chart.locator('.chart-canvas').boundingBox()
  if (plot === null) throw new Error('the chart is not drawn')
  const card = chart.getByRole('tooltip')
  for (let y = plot.y + 40; y < plot.y + plot.height - 60 && (await card.count()) === 0; y += 6) {
    await page.mouse.move(plot.x + (plot.width - 68) / 2, y)
  }
  await expect(card).toContainText('890.16')
  await expect(card).toContainText('934.67')
})
