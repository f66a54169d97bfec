import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { germanDays } from './own-data.ts'
import { ask, writeStrategy } from './page-bridge.ts'
import { electronProgram, runProgram } from './terminal.ts'
import { desktopEnv, emptyFolder, expect, openWorkstation, root, test } from './workstation.ts'

const strategyOf = (body: string) => `import { type Instrument, Strategy } from 'tickwright'

export default class Broken extends Strategy {
  onBar(i: Instrument) {
    ${body}
  }
}
`
const runButton = { name: 'Run', exact: true } as const

test('an endless loop is stopped with a sentence while the window goes on answering', async ({ desk }) => {
  const { page } = desk
  await writeStrategy(page, 'endless.ts', strategyOf('while (i.last > 0);'))
  const backtest = await desk.panel('Backtest')
  await backtest.getByRole('button', runButton).click()
  await expect(page.getByRole('button', { name: 'Cancel Backtest' }).first()).toBeVisible()
  // The thread that runs the strategy is lost in its loop; the window is not.
  const jobs = await desk.panel('Jobs')
  await page.getByRole('button', { name: /^Switch to the (dark|light) theme$/ }).click()
  await expect(jobs.getByRole('progressbar')).toBeVisible()
  await expect(backtest.getByRole('alert')).toContainText(
    'endless.ts: nothing was finished for 10 s after 0 bars, so it was stopped.',
    { timeout: 20_000 },
  )
  // And the next run has an engine again.
  await page.getByRole('navigation', { name: 'Strategies' }).getByRole('button', { name: 'sma-cross.ts' }).click()
  await backtest.getByRole('button', runButton).click()
  await expect(page.getByRole('region', { name: 'Key figures' })).toBeVisible()
})

test('an exception in onBar opens the editor at its line', async ({ desk }) => {
  const { page } = desk
  await writeStrategy(page, 'broken.ts', strategyOf("if (i.barCount === 9) throw new Error('no such level')"))
  const backtest = await desk.panel('Backtest')
  await backtest.getByRole('button', runButton).click()
  const alert = backtest.getByRole('alert')
  await expect(alert).toContainText(/broken\.ts, line 5: .*no such level/)
  await desk.panel('Chart')
  await alert.getByRole('button', { name: 'Open line 5' }).click()
  const code = page.getByRole('region', { name: 'Editor', exact: true }).locator('.monaco-editor').first()
  await expect(code).toBeVisible()
  await expect(code.locator('.active-line-number')).toHaveText('5')
})

test('a strategy with a type error does not start and says where', async ({ desk }) => {
  const { page } = desk
  await writeStrategy(page, 'typo.ts', strategyOf("i.buy('a lot')"))
  const backtest = await desk.panel('Backtest')
  await backtest.getByRole('button', runButton).click()
  await expect(backtest.getByRole('alert')).toContainText(
    /typo\.ts, line 5, column 11: .*'number'\. The strategy did not start/,
  )
  const problems = await desk.panel('Problems')
  await expect(problems.getByRole('row', { name: /typo\.ts:5:11/ })).toBeVisible()
})

test('a malformed file is refused with row and column, and nothing of it is stored', async ({ desk }) => {
  const { page } = desk
  const lines = germanDays(300).split('\r\n')
  lines[200] = (lines[200] ?? '').replace(/;[^;]+;([^;]+)$/, ';abc;$1')
  const file = path.join(emptyFolder('csv'), 'broken.csv')
  writeFileSync(file, lines.join('\r\n'))
  await page.getByTestId('import-file').setInputFiles(file)
  const dialog = page.getByRole('dialog', { name: 'Import broken.csv' })
  await dialog.getByRole('button', { name: /^Import into/ }).click()
  await expect(dialog.getByRole('alert')).toContainText(/row 201, column close .*this is not a number.*abc/)
  const { instruments } = await ask<{ instruments: { id: string }[] }>(page, 'instrument.list', {})
  expect(instruments.map(({ id }) => id)).not.toContain('BROKEN')
  await dialog.getByRole('button', { name: 'Back to the preview' }).click()
  await dialog.getByLabel('Bad rows').selectOption({ label: 'Leave out and report' })
  await dialog.getByRole('button', { name: /^Import into/ }).click()
  await expect(dialog.getByText(/was imported$/)).toBeVisible()
  await expect(dialog.getByRole('grid', { name: '1 bad row' }).getByRole('row', { name: /201/ })).toBeVisible()
})

test('a file without prices is refused and can be read by hand', async ({ desk }) => {
  const { page } = desk
  const file = path.join(emptyFolder('csv'), 'letters.csv')
  writeFileSync(file, Array.from({ length: 30 }, (_, at) => `Ada ${at};${at};${at + 1};${at + 2}`).join('\n'))
  await page.getByTestId('import-file').setInputFiles(file)
  const dialog = page.getByRole('dialog', { name: 'Import letters.csv' })
  await expect(dialog.getByRole('alert')).toContainText('No date and price columns were found')
  await expect(dialog.getByRole('button', { name: 'Set the columns by hand' })).toBeVisible()
})

test('a second start brings the first window forward and ends', async ({ desk }) => {
  const { app, page, home } = desk
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const hostile = [
    '--no-sandbox',
    root,
    'app://evil/x',
    'tickwright://run?x=<script>',
    '--inspect=0',
    '../../etc/passwd',
  ]
  const second = await runProgram(electronProgram, hostile, { env: desktopEnv(home), timeoutMs: 20_000 })
  expect(second.status).toBe(0)
  expect(second.stderr).toContain('already open')
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized())),
    )
    .toEqual([false])
  await expect(page.getByText('Store ready')).toBeVisible()
  expect(page.url()).toBe('app://tickwright/index.html')
})

test('a killed desktop leaves its run marked as failed and loses nothing else', async ({ desk }) => {
  const { page, home, app } = desk
  await writeStrategy(page, 'endless.ts', strategyOf('while (i.last > 0);'))
  const backtest = await desk.panel('Backtest')
  await backtest.getByRole('button', runButton).click()
  await expect(page.getByRole('button', { name: 'Cancel Backtest' }).first()).toBeVisible()
  const ended = app.waitForEvent('close')
  app.process().kill('SIGKILL')
  await ended

  const again = await openWorkstation({ home, keepWelcome: true })
  const runs = await again.panel('Runs')
  await expect(runs.getByRole('row', { name: /endless\.ts.*failed/ })).toBeVisible()
  expect(again.faults).toEqual([])
  await again.close()
})

test('a damaged ledger is put aside, told, and the window opens', async ({ desk }) => {
  const { home } = desk
  await desk.close()
  writeFileSync(path.join(home, 'ledger.db'), Buffer.alloc(32_768, 0x5a))
  for (const name of readdirSync(home))
    if (/^ledger\.db-(wal|shm)$/.test(name)) writeFileSync(path.join(home, name), '')
  const again = await openWorkstation({ home, keepWelcome: true })
  await expect(again.page.getByText(/ledger\.db is damaged/).first()).toBeVisible()
  await expect(again.page.getByRole('application', { name: /^Chart of / })).toBeVisible()
  expect(readdirSync(home).some((name) => /ledger.*damaged|ledger.*corrupt|damaged/.test(name))).toBe(true)
  await again.close()
})
