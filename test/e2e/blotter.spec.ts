import { expect, test } from './workstation.ts'

test('market data is collected, watched with its age, and is there as bars and prints', async ({ desk }) => {
  const { page } = desk
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Blotter')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Blotter', exact: true })
  await expect(panel.getByText('Nothing is collected')).toBeVisible()
  await panel.getByRole('button', { name: 'Collect' }).click()
  const watch = panel.getByRole('grid', { name: 'Watch list' })
  const row = watch.getByRole('row', { name: /SIM-LIVE-A/ })
  await expect(row.getByRole('gridcell').nth(1)).toHaveText(/^\d+\.\d\d$/)
  const first = await row.getByRole('gridcell').nth(1).textContent()
  await expect(row.getByRole('gridcell').nth(1), 'the price moves').not.toHaveText(first ?? '')
  await expect(panel.getByText(/simulation live · [\d,]+ messages/)).toBeVisible()
  await page.screenshot({ path: 'test-results/blotter.png' })
  await panel.getByRole('button', { name: 'Stop' }).click()
  await expect(panel.getByRole('button', { name: 'Collect' })).toBeVisible()
})

test('the gap map shows a year against the calendar, names the holes, and asks the source for one', async ({
  desk,
}) => {
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  await desk.panel('Data')
  await page.getByRole('row', { name: /SIM-AAA/ }).click()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Blotter')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Blotter', exact: true })
  await panel.getByRole('tab', { name: 'Gaps' }).click()
  const gaps = panel.getByRole('region', { name: 'Gaps' })
  await expect(gaps.getByRole('status')).toContainText(/23,400 of [\d,]+ bars, \d+ holes/)
  const monday = gaps.getByRole('button', { name: /^2024-01-08: 390 of/ })
  await expect(monday).toBeVisible()
  await expect(gaps.getByRole('button', { name: 'Year after' })).toBeDisabled()
  await page.screenshot({ path: 'test-results/gap-map.png' })
  // Nobody collects it: said in words, not swallowed
  await gaps.getByRole('button', { name: /^2024-01-10: / }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('SIM-AAA')
})
