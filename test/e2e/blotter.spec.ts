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
