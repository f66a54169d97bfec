import { sampleRun } from './sample-run.ts'
import { expect, test } from './workstation.ts'

test.use({ openOptions: { keepWelcome: true } })

test('a finished run answers its analyzers and draws its series in the report', async ({ desk }, info) => {
  const { page } = desk
  await page.getByRole('button', { name: 'Run the sample backtest' }).click()
  const report = page.getByRole('tabpanel', { name: 'Report' })
  await expect(report.getByRole('button', { name: /^Total return/ })).toBeVisible()
  await report.getByRole('tab', { name: 'Analyzers' }).click()
  const figures = report.getByRole('grid', { name: 'Figures' })
  const trades = sampleRun.counts.trades
  await expect(figures.getByRole('row', { name: `total › total ${trades}` })).toBeVisible()
  await page.screenshot({ path: info.outputPath('01-trades.png') })

  const choice = report.getByRole('combobox', { name: 'Analyzer or series' })
  const choose = async (text: string) => {
    await choice.click()
    await page.getByRole('option', { name: text, exact: true }).click()
  }
  await choose('Returns by period')
  await report.getByLabel('Period').selectOption('Years')
  await expect(figures.getByRole('row')).toHaveCount(22)
  await expect(figures.getByRole('row', { name: /^2008-12-31/ })).toBeVisible()
  await page.screenshot({ path: info.outputPath('02-years.png') })

  await choose('Series: Against a benchmark')
  await report.getByLabel('Period').selectOption('Years')
  await expect(report.getByRole('img', { name: 'timereturn, benchmark' })).toBeVisible()
  await page.screenshot({ path: info.outputPath('03-benchmark.png') })

  await choose('Series: Results of trades')
  // The header counts, the open trade does not
  await expect(figures).toHaveAttribute('aria-rowcount', String(trades))
  await page.screenshot({ path: info.outputPath('04-results.png') })
})
