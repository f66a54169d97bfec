import { standInKeys } from '../helpers/venues/exchange-private.ts'
import { startStandInExchange } from '../helpers/venues/stand-in-exchange.ts'
import { standInSymbols, VenueMarket } from '../helpers/venues/venue-market.ts'
import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

const instrument = 'SOLUSDT.BINANCE'

test('an exchange account is connected, traded with a bracket by the ticket, and its stop dragged on the chart', async ({
  desk,
}) => {
  test.setTimeout(120_000)
  const { page } = desk
  const exchange = await startStandInExchange({ everyMs: 50, market: new VenueMarket(standInSymbols, 300) })
  await ask(page, 'blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'exchange', name: 'binance', exchange: 'binance', market: 'spot', gateway: exchange.url }],
      instruments: [
        {
          ...{ instrument, source: 'binance', symbol: 'SOL/USDT', kinds: ['tick'], intervals: ['1m'] },
          ...{ record: ['bar'], retentionDays: null, backfillDays: 0.2 },
        },
      ],
    },
  })
  await ask(page, 'strategy.save', {
    name: 'idle.ts',
    code: "import { Strategy } from 'tickwright'\n\nexport default class Idle extends Strategy {\n  onBar() {}\n}\n",
  })
  const go = async (command: string) => {
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').pressSequentially(command)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden()
  }

  await go('Go to Settings')
  const accounts = page.locator('.tw-settings').getByRole('region', { name: 'Accounts' })
  const form = accounts.getByRole('form', { name: 'Save account' })
  await form.getByRole('textbox', { name: 'Name' }).fill('mine')
  await form.getByRole('textbox', { name: 'Exchange' }).fill('binance')
  await form.getByLabel('API key').fill(standInKeys.apiKey)
  await form.getByLabel('Secret').fill(standInKeys.secret)
  await form.getByRole('textbox', { name: 'Gateway' }).fill(exchange.url)
  await form.getByRole('button', { name: 'Save account' }).click()
  // No keyring here: the vault gets a passphrase, and the keys are given again
  const vault = page.getByRole('dialog', { name: 'A passphrase for the vault' })
  await vault.getByLabel('Passphrase').fill('correct horse')
  await vault.getByLabel('Once more').fill('correct horse')
  await page.screenshot({ path: 'test-results/venue-vault.png' })
  await vault.getByRole('button', { name: 'Open' }).click()
  await expect(vault).toBeHidden()
  await form.getByRole('button', { name: 'Save account' }).click()
  const mine = accounts.getByRole('listitem', { name: 'mine' })
  await expect(mine.getByText('keys in the vault')).toBeVisible()
  await mine.getByRole('button', { name: 'Test' }).click()
  await expect(mine.getByRole('status')).toContainText('1,000,000 USDT', { timeout: 20_000 })
  await page.screenshot({ path: 'test-results/venue-account.png' })

  await go('Go to Live')
  const panel = page.getByRole('region', { name: 'Live', exact: true })
  await panel.getByRole('button', { name: 'New session' }).click()
  const start = panel.getByRole('form', { name: 'New session' })
  await start.getByRole('combobox', { name: 'Strategy' }).click()
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /idle\.ts/ })
    .click()
  await start.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'mine' })
  await expect(start.getByRole('button', { name: 'Start' })).toBeDisabled()
  await start.getByRole('checkbox', { name: 'Send real orders' }).click()
  await page.screenshot({ path: 'test-results/venue-start.png' })
  await start.getByRole('button', { name: 'Start' }).click()
  const sessions = panel.getByRole('grid', { name: 'Sessions' })
  await expect(sessions.getByRole('row', { name: /idle\.ts.*mine/ })).toContainText('Running', { timeout: 20_000 })
  await expect(panel.getByText('LIVE · mine')).toBeVisible()

  const ticket = panel.getByRole('group', { name: 'Order ticket' })
  await expect
    .poll(
      () =>
        ask<{ sessions: { status: { now: number }; leadIn: number }[] }>(page, 'live.list', {}).then(
          ({ sessions: [one] }) => (one?.status.now ?? 0) > (one?.leadIn ?? 0),
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
  await ticket.getByRole('checkbox', { name: /Armed/ }).click()
  await ticket.getByRole('textbox', { name: 'Quantity' }).fill('2')
  await ticket.getByRole('combobox', { name: 'Exits by' }).selectOption({ label: 'Percent' })
  await ticket.getByRole('textbox', { name: 'Target' }).fill('5')
  await ticket.getByRole('textbox', { name: 'Stop loss' }).fill('0.4')
  await ticket.getByRole('button', { name: 'Buy' }).click()
  await panel.getByRole('tab', { name: /Orders/ }).click()
  const orders = panel.getByRole('grid', { name: 'Orders' })
  await expect(orders.getByRole('row', { name: /Stop loss Service/ })).toBeVisible({ timeout: 20_000 })
  await expect(orders.getByRole('row', { name: /Target Venue/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/venue-orders.png' })
  expect(exchange.account.open()).toMatchObject([{ side: 'SELL', type: 'LIMIT' }])

  const stored = () =>
    ask<{ coverage: { instrument: string }[] }>(page, 'instrument.list', {}).then(({ coverage }) =>
      coverage.some((each) => each.instrument === instrument),
    )
  await expect.poll(stored, { timeout: 30_000 }).toBe(true)
  await desk.panel('Chart')
  await page.getByRole('application', { name: /^Chart of/ }).focus()
  await page.keyboard.type('solus')
  await page.getByRole('option', { name: /SOLUSDT/ }).click()
  const chart = page.getByRole('application', { name: /^Chart of SOLUSDT/ })
  const stop = chart.getByRole('slider', { name: /^Sell .* Stop/ })
  await expect(stop).toBeVisible({ timeout: 20_000 })
  const level = async () => Number(await stop.getAttribute('aria-valuenow'))
  const before = await level()
  const box = await stop.boundingBox()
  if (box === null) throw new Error('the stop has no place')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 30, { steps: 5 })
  await page.mouse.up()
  await expect.poll(level).toBeLessThan(before)
  await page.screenshot({ path: 'test-results/venue-chart.png' })
  await desk.panel('Live')

  exchange.market.level = 1.06
  await panel.getByRole('tab', { name: /Positions/ }).click()
  await expect(panel.getByRole('grid', { name: 'Positions' }).getByText('flat')).toBeVisible({ timeout: 20_000 })
  await panel.getByRole('tab', { name: /Fills/ }).click()
  await expect(panel.getByRole('grid', { name: 'Fills' }).getByRole('row', { name: /Sell/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/venue-fills.png' })
  expect(exchange.account.open()).toEqual([])
  await panel.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(sessions.getByRole('row', { name: /idle\.ts/ })).toContainText('Stopped', { timeout: 20_000 })
  await exchange.close()
})
