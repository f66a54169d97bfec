import { expect, test } from './workstation.ts'

test('a channel is added, tried, and what it was sent is in the log', async ({ desk }) => {
  test.setTimeout(180_000)
  const { page } = desk
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Notifications')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Notifications', exact: true })
  await expect(panel.getByText('Nobody is told yet')).toBeVisible()
  await panel.getByRole('button', { name: 'Add a channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a channel' })
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Webhook' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nowhere')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/')
  await dialog.getByRole('button', { name: 'Save' }).click()
  // The button that opened it has the focus again: a key pressed before would be another's
  await expect(dialog).toBeHidden()
  await panel.getByRole('button', { name: 'Test' }).click()
  await expect(panel.getByRole('status')).toContainText(/ECONNREFUSED|bad port|fetch failed/)

  await panel.getByRole('button', { name: 'Add a channel' }).click()
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Desktop' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('here')
  await dialog.getByRole('button', { name: 'Save' }).click()
  // The button that opened it has the focus again: a key pressed before would be another's
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('sample backtest')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Notifications')
  await page.keyboard.press('Enter')
  const log = panel.getByRole('grid', { name: 'Delivery log' })
  await expect(log.getByRole('row', { name: /here.*Accepted.*backtest done/ })).toBeVisible({ timeout: 120_000 })
  await page.screenshot({ path: 'test-results/notifications.png' })
})
