import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

test('a strategy trades on paper, is watched, traded by hand and killed', async ({ desk }) => {
  test.setTimeout(180_000)
  const { page } = desk
  await ask(page, 'blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 7, printsPerSecond: 1, speed: 120 }],
      instruments: ['SIM-LIVE-A', 'SIM-LIVE-B'].map((instrument) => ({
        ...{ instrument, source: 'simulation', symbol: instrument, kinds: ['tick'], intervals: ['1m'] },
        ...{ record: ['bar'], retentionDays: null, backfillDays: 0 },
      })),
    },
  })
  await ask(page, 'strategy.save', {
    name: 'busy.ts',
    code: `import { type Instrument, Strategy } from 'tickwright'

export default class Busy extends Strategy {
  onBar(i: Instrument) {
    this.record('close', i.close.now)
    if (i.flat) i.buy(10).target(i.last * 1.002).stop(i.last * 0.998)
  }

  onFill(i: Instrument) {
    this.log('filled at', i.last)
  }
}
`,
  })
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Live')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Live', exact: true })
  await expect(panel.getByText('No session yet')).toBeVisible()
  await panel.getByRole('button', { name: 'New session' }).click()
  const form = panel.getByRole('form', { name: 'New session' })
  await form.getByRole('combobox', { name: 'Strategy' }).click()
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /busy\.ts/ })
    .click()
  await form.getByRole('combobox', { name: 'Instrument' }).click()
  await page.getByRole('listbox').getByRole('option', { name: 'SIM-LIVE-A' }).click()
  await page.screenshot({ path: 'test-results/live-start.png' })
  await form.getByRole('button', { name: 'Start' }).click()
  const sessions = panel.getByRole('grid', { name: 'Sessions' })
  await expect(sessions.getByRole('row', { name: /busy\.ts/ })).toContainText('Running')
  await panel.getByRole('tab', { name: /Fills/ }).click()
  await expect(
    panel
      .getByRole('grid', { name: 'Fills' })
      .getByRole('row', { name: /SIM-LIVE-A/ })
      .first(),
  ).toBeVisible({
    timeout: 30_000,
  })
  await panel.getByRole('tab', { name: 'Equity' }).click()
  await expect(panel.getByRole('img', { name: 'Equity' })).toBeVisible()
  await panel.getByRole('tab', { name: /Log/ }).click()
  await expect(panel.getByText(/filled at/).first()).toBeVisible()
  await panel.getByRole('tab', { name: /Orders/ }).click()
  await page.screenshot({ path: 'test-results/live-orders.png' })

  await panel.getByRole('button', { name: 'Pause entries' }).click()
  await expect(sessions.getByRole('row', { name: /busy\.ts/ })).toContainText('Paused')
  await panel.getByRole('button', { name: 'Resume' }).click()
  const ticket = panel.getByRole('group', { name: 'Order ticket' })
  await expect(ticket.getByRole('button', { name: 'Buy' })).toBeDisabled()
  await ticket.getByRole('checkbox', { name: /Armed/ }).click()
  await ticket.getByRole('combobox', { name: 'Type' }).selectOption({ label: 'Limit' })
  await ticket.getByRole('textbox', { name: 'Limit' }).fill('1')
  await expect(ticket.getByText('no limit')).toBeVisible()
  await ticket.getByRole('button', { name: 'Buy' }).click()
  const order = panel.getByRole('grid', { name: 'Orders' }).getByRole('row', { name: /Limit.*1\.00.*Working/ })
  await expect(order).toBeVisible()
  await page.screenshot({ path: 'test-results/live-hand.png' })
  await order.getByRole('button', { name: /Cancel order/ }).click()
  await expect(order).toBeHidden()

  await panel.getByRole('tab', { name: /Orders/ }).focus()
  await page.keyboard.press('b')
  const byKey = panel.getByRole('grid', { name: 'Orders' }).getByRole('row', { name: /Limit.*1\.00.*Working/ })
  await expect(byKey, 'B sends what the armed ticket holds').toBeVisible()
  const hasHotkey = () =>
    desk.app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+Shift+K'))
  // One program of a display has it: the window of another test may be trading just now
  await expect
    .poll(hasHotkey, { message: 'it works in other programs while a session trades', timeout: 60_000 })
    .toBe(true)
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Kill switch')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Stop everything' })
  await page.screenshot({ path: 'test-results/live-kill.png' })
  await dialog.getByRole('button', { name: 'Cancel and close everything' }).click()
  await expect(dialog.getByText(/Flat, confirmed/)).toBeVisible({ timeout: 15_000 })
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await panel.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(sessions.getByRole('row', { name: /busy\.ts/ })).toContainText('Stopped')
  await expect.poll(hasHotkey).toBe(false)
  await panel.getByRole('button', { name: 'Report' }).click()
  const report = page.getByRole('region', { name: 'Report', exact: true })
  await expect(report.getByText(/live · paper/)).toBeVisible({ timeout: 15_000 })
  await page.screenshot({ path: 'test-results/live-report.png' })
})
