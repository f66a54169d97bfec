import { expect, test } from './workstation.ts'

test('an alert is built from lists, tried on history, armed; from the chart by its key; and switched off', async ({
  desk,
}) => {
  test.setTimeout(120_000)
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 900 })
  const go = async () => {
    await page.keyboard.press('Control+K')
    await page.keyboard.type('Go to Alerts')
    await page.keyboard.press('Enter')
  }
  await go()
  const panel = page.getByRole('region', { name: 'Alerts', exact: true })
  await expect(panel.getByText('No alerts yet')).toBeVisible()
  await panel.getByRole('button', { name: 'New alert' }).click()
  const dialog = page.getByRole('dialog', { name: 'Alert' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Over its mean')
  await dialog.getByRole('combobox', { name: 'Compared with' }).selectOption({ label: 'Indicator' })
  await dialog.getByRole('textbox', { name: 'Parameters' }).fill('period=50')
  await dialog.getByRole('button', { name: 'Add the condition' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Condition 1' })).toHaveValue(
    'SPX 1d: close crosses-above sma(period=50)',
  )
  await dialog.getByRole('button', { name: 'Try on history' }).click()
  await expect(dialog.getByRole('status')).toContainText(/It would have fired 1\d\d times at 5,105 moments/)
  await page.screenshot({ path: 'test-results/alerts-trial.png' })

  // What cannot be read is refused in words, at the place
  await dialog.getByRole('textbox', { name: 'Condition 1' }).fill('SPX 1d: close over 3')
  await dialog.getByRole('button', { name: 'Try on history' }).click()
  await expect(dialog.getByRole('alert')).toContainText('crosses-above')
  await dialog.getByRole('textbox', { name: 'Condition 1' }).fill('SPX 1d: close crosses-above sma(period=200)')
  await dialog.getByRole('button', { name: 'Arm', exact: true }).click()
  await expect(dialog).toBeHidden()
  const list = panel.getByRole('list', { name: 'Alerts' })
  await expect(list.getByRole('listitem')).toContainText(/Over its mean.*Armed.*sma\(period=200\).*Once/)

  const chart = await desk.panel('Chart')
  await chart.getByRole('button', { name: /Alert on this price/ }).click()
  await expect(dialog.getByRole('textbox', { name: 'Condition 1' })).toHaveValue(/^SPX 1d: close crosses 2\d+/)
  await dialog.getByRole('button', { name: 'Arm', exact: true }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('checkbox', { name: 'Over its mean' }).click()
  await expect(list.getByRole('listitem').filter({ hasText: 'Over its mean' })).toContainText('Off')
  await page.screenshot({ path: 'test-results/alerts.png' })
})
