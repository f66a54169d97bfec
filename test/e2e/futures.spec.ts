import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask, writeStrategy } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

const days = ['02', '03', '04', '05', '08', '09', '10', '11', '12', '15', '16', '17', '18', '19', '22', '23']

const hold = `import { type Instrument, Strategy } from 'tickwright'
export default class Hold extends Strategy {
  onBar(i: Instrument) {
    if (i.barCount === 2) i.buy(3)
  }
}
`

test('contracts are joined by mouse into a series that can be tested', async ({ desk }) => {
  const { page, home } = desk
  for (const [code, offset, early, late] of [
    ['GCG24', 2030, 900, 100],
    ['GCJ24', 2050, 100, 900],
  ] as const) {
    const file = path.join(home, `${code}.csv`)
    const lines = days.map((day, at) => {
      const close = offset + 10 * Math.sin(at / 2)
      return [`2024-01-${day}`, close, close + 5, close - 5, close, at < 8 ? early : late].join(',')
    })
    writeFileSync(file, `date,open,high,low,close,volume\n${lines.join('\n')}\n`)
    const { recipe, suggestedInstrument } = await ask<{ recipe: unknown; suggestedInstrument: object }>(
      ...([page, 'import.inspect', { path: file, recipe: null }] as const),
    )
    const instrument = { ...suggestedInstrument, id: code, symbol: code, kind: 'future' }
    await ask(page, 'import.start', { path: file, recipe, instrument })
  }
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Go to Futures')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Futures', exact: true })
  await panel.getByRole('checkbox', { name: 'GCG24' }).click()
  await panel.getByRole('checkbox', { name: 'GCJ24' }).click()
  await panel.getByRole('textbox', { name: 'Name of the series' }).fill('GC.c')
  const rolls = panel.getByRole('grid', { name: 'Rolls' })
  await expect(rolls.getByRole('row', { name: /GCG24.*GCJ24.*2024-01-1\d.*20\.0000/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/futures.png' })
  await rolls.getByLabel('Date on which GCG24 is left').fill('2024-01-08')
  await expect(rolls.getByRole('row', { name: /GCG24.*GCJ24.*2024-01-08/ })).toBeVisible()
  await panel.getByRole('button', { name: 'Backtest' }).click()
  await expect(page.getByRole('grid', { name: 'Stored series' }).getByRole('row', { name: /GC\.c\.raw/ })).toBeVisible()

  await writeStrategy(page, 'hold.ts', hold)
  await (await desk.panel('Backtest')).getByRole('button', { name: 'Run', exact: true }).click()
  const report = await desk.panel('Report')
  await report.getByRole('tab', { name: 'Rolls', exact: true }).click({ timeout: 30_000 })
  await expect(report.getByRole('row', { name: /GC\.c.*2024-01-08.*GCG24.*GCJ24/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/futures-rolls.png' })
  await report.getByRole('tab', { name: /^Fills/ }).click()
  await expect(report.getByRole('row', { name: /GC\.c.*GCG24/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/futures-fills.png' })
})
