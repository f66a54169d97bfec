import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

test('many files are read, named, imported in a row, and the one that is not understood is opened alone', async ({
  desk,
}) => {
  const { page, home } = desk
  const file = (name: string, text: string) => {
    const at = path.join(home, name)
    writeFileSync(at, text)
    return at
  }
  const days = (price: number) =>
    Array.from({ length: 20 }, (_, day) => {
      return `2024-01-${String(day + 1).padStart(2, '0')},${price},${price + 2},${price - 2},${price + 1},100`
    }).join('\n')
  const head = 'Date,Open,High,Low,Close,Volume\n'
  const files = [
    file('alpha.csv', head + days(10)),
    file('beta.csv', head + days(20)),
    file('letter.txt', 'Dear Sir,\nthis is no table.\n'),
  ]
  await page.getByTestId('import-file').setInputFiles(files)
  const dialog = page.getByRole('dialog', { name: 'Import 3 files' })
  const row = (name: string) => dialog.getByRole('row', { name })
  await expect(row('alpha.csv').getByText('Ready')).toBeVisible()
  await expect(row('letter.txt').getByRole('button', { name: 'Open alone…' })).toBeVisible()
  await row('beta.csv').getByRole('textbox', { name: 'Instrument of beta.csv' }).fill('not an id!')
  await expect(dialog.getByRole('button', { name: 'Import 1 file' })).toBeEnabled()
  await row('beta.csv').getByRole('textbox', { name: 'Instrument of beta.csv' }).fill('BETA-2')
  await dialog.getByRole('button', { name: 'Import 2 files' }).click()
  await expect(row('alpha.csv').getByText('20 added, 0 unchanged')).toBeVisible()
  await expect(row('beta.csv').getByText('20 added, 0 unchanged')).toBeVisible()
  await page.screenshot({ path: 'test-results/import-batch.png' })
  const { coverage } = await ask<{ coverage: { instrument: string; bars: number }[] }>(page, 'instrument.list', {})
  const imported = coverage.filter(({ bars }) => bars === 20).map(({ instrument }) => instrument)
  expect(imported).toEqual(['ALPHA', 'BETA-2'])
  await row('letter.txt').getByRole('button', { name: 'Open alone…' }).click()
  await expect(page.getByRole('dialog', { name: 'Import letter.txt' })).toBeVisible()
})
