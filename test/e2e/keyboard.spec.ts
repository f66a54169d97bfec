import { sharedWorkstation } from './shared-workstation.ts'
import { expect, test } from './workstation.ts'

const desk = sharedWorkstation()

test('the palette shows every command with a title of its own', async () => {
  const { page } = desk()
  await page.keyboard.press('Control+K')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await expect(palette.getByRole('option').nth(40)).toBeAttached()
  const titles = (await palette.getByRole('option').allInnerTexts()).map((text) => text.split('\n')[0] ?? '')
  // A key without a text would show as itself: `commands:go.chart` or `go.chart`.
  expect(titles.filter((title) => title.trim() === '' || /^[a-z]+(:|\.)[a-z.]+$/i.test(title))).toEqual([])
  expect(new Set(titles).size, 'no title twice').toBe(titles.length)
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

for (const [at, name] of ['Data', 'Chart', 'Editor', 'Backtest', 'Runs', 'Report', 'Problems', 'Jobs'].entries()) {
  test(`the palette goes to ${name}`, async () => {
    const { page } = desk()
    await page.keyboard.press(at % 2 === 0 ? 'Control+K' : 'F1')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await palette.getByRole('combobox').pressSequentially(`Go to ${name}`)
    await expect(palette.getByRole('option', { selected: true })).toContainText(`Go to ${name}`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
  })
}

test('a backtest is run, read and left without a mouse', async () => {
  const { page } = desk()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Run the sample')
  await expect(page.getByRole('option', { name: 'Run the sample backtest', selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  const report = page.getByRole('tabpanel', { name: 'Report', exact: true })
  await expect(report.getByRole('region', { name: 'Key figures' })).toBeVisible()

  await report.getByRole('tab', { name: 'Overview' }).focus()
  const tradesTab = report.getByRole('tab', { name: /^Trades/ })
  for (let tabs = 0; tabs < 12 && (await tradesTab.getAttribute('aria-selected')) !== 'true'; tabs++) {
    await page.keyboard.press('ArrowRight')
  }
  const trades = report.getByRole('grid', { name: 'Trades' })
  await expect(trades).toBeVisible()
  await trades.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(trades.getByRole('row', { selected: true })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Chart', exact: true })).toHaveAttribute('aria-selected', 'true')

  const id = /run-[\w-]+/.exec(await report.innerText())?.[0] ?? ''
  await page.keyboard.press('Control+Enter')
  await expect(report.getByText(/^run-/), 'the report shows the new run').not.toContainText(id)
  await expect(
    report.getByRole('grid', { name: 'Trades' }).or(report.getByRole('region', { name: 'Key figures' })),
  ).toBeVisible()
  const runs = await desk().panel('Runs')
  await expect(runs.getByText('2 runs')).toBeVisible()
})

test('typing on the chart changes what it shows', async () => {
  const { page } = desk()
  await desk().panel('Chart')
  await page.getByRole('application', { name: /^Chart of SPX/ }).focus()
  await page.keyboard.type('sim-c')
  await expect(page.getByRole('option', { name: /SIM-COIN/ })).toBeVisible()
  await page.keyboard.press('Enter')
  const chart = page.getByRole('application', { name: /^Chart of SIM-COIN/ })
  await expect(chart).toBeVisible()
  await chart.focus()
  await page.keyboard.type('15')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('application', { name: /^Chart of SIM-COIN, 15m/ })).toBeVisible()
})

test('the list of shortcuts opens with a question mark and closes with Escape', async () => {
  const { page } = desk()
  await page.getByRole('tab', { name: 'Runs', exact: true }).focus()
  await page.keyboard.press('Shift+?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(dialog.getByText('Show all commands').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
