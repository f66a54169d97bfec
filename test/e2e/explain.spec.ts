import { expect, test } from './workstation.ts'

// A run that is asked why: an order explained, a stress sheet, and the broker's settings in the form.
test('why an order is what it is, and what stress does to the run', async ({ desk }, info) => {
  test.setTimeout(120_000)
  const { page } = desk
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').last().fill('sample backtest')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Net profit').first()).toBeVisible({ timeout: 60_000 })

  await page
    .getByRole('tab', { name: /Orders/ })
    .last()
    .click()
  const orders = page.getByRole('grid', { name: 'Orders' })
  await orders.getByRole('row').nth(1).dblclick()
  const card = page.getByRole('dialog')
  await expect(card.getByText('What the broker checked')).toBeVisible({ timeout: 30_000 })
  await expect(card.getByText(/a market order takes the first price it meets/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('explain.png') })
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Stress sheet/ }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('columnheader', { name: 'One bar late' })).toBeVisible({ timeout: 60_000 })
  await page.screenshot({ path: info.outputPath('stress.png') })
  await page.keyboard.press('Escape')

  await page
    .getByRole('tab', { name: /Backtest/ })
    .first()
    .click()
  await page.getByText('More costs and broker rules').click()
  await expect(page.getByLabel('Leverage')).toBeVisible()
  await page.getByText('More costs and broker rules').scrollIntoViewIfNeeded()
  await page.screenshot({ path: info.outputPath('form.png') })
})
