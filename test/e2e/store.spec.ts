import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { startPostgres } from '../helpers/servers.ts'
import { ask } from './page-bridge.ts'
import { emptyFolder, expect, openWorkstation, test } from './workstation.ts'

async function settings(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').pressSequentially('Go to Settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden()
  return page.locator('.tw-settings')
}

const spx = (page: Page) =>
  ask<{ coverage: { instrument: string; hash: string }[] }>(page, 'instrument.list', {}).then(({ coverage }) =>
    coverage.filter(({ instrument }) => instrument === 'SPX').map(({ hash }) => hash),
  )

test('everything moves to PostgreSQL with one form, and is there after the next start', async () => {
  const server = await startPostgres()
  const home = emptyFolder('store')
  try {
    const desk = await openWorkstation({ home })
    const hashes = await spx(desk.page)
    const panel = await settings(desk.page)
    const store = panel.getByRole('region', { name: 'Store' })
    await expect(store.getByText('In use: sqlite:')).toBeVisible()
    await store.getByRole('textbox', { name: 'Port' }).fill('1')
    await store.getByRole('textbox', { name: 'User' }).fill('postgres')
    await store.getByRole('button', { name: 'Test' }).click()
    await expect(store.getByRole('alert')).toContainText('127.0.0.1:1')

    await store.getByRole('textbox', { name: 'Port' }).fill(String(server.port))
    await store.getByRole('button', { name: 'Test' }).click()
    await expect(store.getByRole('status')).toContainText(/It works: PostgreSQL .*UTF8 · empty/)
    await store.getByRole('button', { name: 'Copy everything there' }).click()
    await expect(store.getByText('Every hash is equal.')).toBeVisible({ timeout: 60_000 })
    await desk.page.screenshot({ path: 'test-results/store-copied.png' })
    await store.getByRole('button', { name: 'Use from the next start' }).click()
    await expect(store.getByRole('button', { name: 'Restart now' })).toBeVisible()
    await desk.close()
    expect(desk.faults).toEqual([])

    const again = await openWorkstation({ home, keepWelcome: true })
    expect(await spx(again.page)).toEqual(hashes)
    await settings(again.page)
    await expect(again.page.getByText(`In use: postgres://postgres@127.0.0.1:${server.port}/tickwright`)).toBeVisible()
    await again.close()
    expect(again.faults).toEqual([])
  } finally {
    await server.close()
    rmSync(home, { recursive: true, force: true })
  }
})

test('a backup is made, checked, and back after the next start', async () => {
  const home = emptyFolder('backup')
  const desk = await openWorkstation({ home })
  const hashes = await spx(desk.page)
  const backups = (await settings(desk.page)).getByRole('region', { name: 'Backups' })
  await backups.getByRole('button', { name: 'Back up now' }).click()
  await expect(backups.getByRole('listitem')).toHaveCount(1, { timeout: 30_000 })
  await backups.getByRole('button', { name: 'Verify' }).click()
  await expect(backups.getByText('Every byte as it was')).toBeVisible()
  await ask(desk.page, 'instrument.delete', { instrument: 'SPX' })
  await backups.getByRole('button', { name: 'Restore' }).click()
  await expect(backups.getByText(/is put in place at the next start/)).toBeVisible()
  await desk.page.screenshot({ path: 'test-results/backups.png' })
  await desk.close()
  expect(desk.faults).toEqual([])

  const again = await openWorkstation({ home, keepWelcome: true })
  expect(await spx(again.page)).toEqual(hashes)
  await expect(
    again.page.getByRole('region', { name: 'Notices' }).getByText(/^The backup \d{8}-\d{6} is in place/),
  ).toBeVisible()
  await again.close()
  expect(again.faults).toEqual([])
  rmSync(home, { recursive: true, force: true })
})

test('old ticks go into the archive and come back', async ({ desk }) => {
  const { page, home } = desk
  const lines = Array.from({ length: 300 }, (_, at) => {
    return `${new Date(Date.UTC(2024, 0, 3) + at * 40_000_000).toISOString()},${100 + at},1`
  })
  writeFileSync(path.join(home, 'prints.csv'), `time,price,size\n${lines.join('\n')}\n`)
  const takes = { path: path.join(home, 'prints.csv'), kind: 'tick', instrument: 'PRINTS', zone: 'UTC' }
  await ask(page, 'market.import', takes)
  const rows = () =>
    ask<{ rows: number }>(page, 'ticks.read', { instrument: 'PRINTS', from: null, to: null, limit: 1_000 }).then(
      (reply) => reply.rows,
      () => 0,
    )
  await expect.poll(rows).toBe(300)
  const archive = (await settings(page)).getByRole('region', { name: 'Archive' })
  await expect(archive.getByText(/^0 files, 0 rows/)).toBeVisible()
  await archive.getByRole('button', { name: 'Archive now' }).click()
  await expect(archive.getByText(/^5 files, 300 rows/)).toBeVisible()
  expect(await rows()).toBe(300)
  await archive.getByRole('button', { name: 'Verify' }).click()
  await expect(archive.getByText('5 files, every byte as it was written')).toBeVisible()
  await page.screenshot({ path: 'test-results/archive.png' })
  await archive.getByRole('button', { name: 'Bring everything back' }).click()
  await expect(archive.getByText(/^0 files, 0 rows/)).toBeVisible()
  expect(await rows()).toBe(300)
})
