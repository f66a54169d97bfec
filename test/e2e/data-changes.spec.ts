import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

test('a run says what was corrected in its data since, and is proven over the bars of then', async ({ desk }) => {
  const { page, home } = desk
  const file = path.join(home, 'days.csv')
  const bring = async (closeOf: (day: number) => number) => {
    const rows = Array.from({ length: 60 }, (_, day) => {
      const [date, close] = [new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10), closeOf(day)]
      return `${date},${close},${close + 1},${close - 1},${close},10`
    })
    writeFileSync(file, `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`)
    const { recipe, suggestedInstrument } = await ask<{ recipe: unknown; suggestedInstrument: object }>(
      ...([page, 'import.inspect', { path: file, recipe: null }] as const),
    )
    await ask(page, 'import.start', { path: file, recipe, instrument: { ...suggestedInstrument, id: 'DAYS' } })
    await page.getByRole('tab', { name: 'Jobs', exact: true }).click()
    await expect(page.getByRole('tabpanel', { name: 'Jobs' }).getByText('Running', { exact: true })).toHaveCount(0)
  }
  const wave = (day: number) => 100 + Math.round(10 * Math.sin(day / 4))
  await bring(wave)
  const { run } = await ask<{ run: string }>(page, 'backtest.start', {
    ...{ strategy: { kind: 'saved', name: 'sma-cross.ts' }, params: { fast: 3, slow: 8 }, instruments: ['DAYS'] },
    ...{ interval: '1d', from: null, to: null, cash: 100_000, commission: { kind: 'none' } },
    ...{ slippage: { kind: 'none' }, profile: 'default', fillPolicy: 'pessimistic', seed: 1 },
  })
  await expect
    .poll(async () => (await ask<{ summary: { state: string } }>(page, 'run.get', { run })).summary.state)
    .toBe('done')
  await bring((day) => (day === 30 ? 55 : wave(day)))
  const runs = await desk.panel('Runs')
  await runs.getByRole('row', { name: /DAYS/ }).dblclick()
  const report = await desk.panel('Report')
  await report.getByRole('tab', { name: 'Capsule', exact: true }).click()
  const changes = report.getByRole('region', { name: 'What has changed in the data' })
  await expect(changes.getByText(/DAYS was revised since/)).toBeVisible()
  await changes.getByText(/days\.csv · 1 replaced, 0 inserted/).click()
  await expect(changes.getByText(/2024-01-31 close: \d+ → 55/)).toBeVisible()
  await report.getByRole('button', { name: 'Verify' }).first().click()
  await expect(report.getByText(/[Ii]dentical/).first()).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: 'test-results/data-changes.png' })
})
