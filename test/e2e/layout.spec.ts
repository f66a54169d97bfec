import { setting, storeSetting } from './page-bridge.ts'
import { expect, openWorkstation, test } from './workstation.ts'

const tab = (name: string) => ({ name, exact: true }) as const

test('a moved and a closed panel are where they were left after a restart', async ({ desk }) => {
  const { page, home } = desk
  await page.getByRole('tab', tab('Jobs')).click()
  await page.keyboard.press('Alt+W')
  await expect(page.getByRole('tab', tab('Jobs'))).toHaveCount(0)
  const backtest = page.getByRole('tablist').filter({ has: page.getByRole('tab', tab('Backtest')) })
  const moved = backtest.getByRole('tab', tab('Problems'))
  // On a busy machine the browser may take the few moves of a simulated drag for a click: then drag again, as a hand does
  await expect(async () => {
    if (!(await moved.isVisible()))
      await page.getByRole('tab', tab('Problems')).dragTo(page.getByRole('tab', tab('Backtest')))
    await expect(moved).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await expect
    .poll(async () => JSON.stringify(await setting(page, 'layout')), 'the layout is stored')
    .toMatch(/"views":\["backtest","problems"\]|"views":\["problems","backtest"\]/)
  await desk.close()

  const again = await openWorkstation({ home, keepWelcome: true })
  const restored = again.page.getByRole('tablist').filter({ has: again.page.getByRole('tab', tab('Backtest')) })
  await expect(restored.getByRole('tab', tab('Problems'))).toBeVisible()
  await expect(again.page.getByRole('tab', tab('Jobs'))).toHaveCount(0)
  await expect(again.page.getByRole('region', { name: 'Welcome to Tickwright' })).toHaveCount(0)

  await again.page.getByRole('button', { name: 'Research' }).click()
  await again.page.getByRole('menuitem', { name: 'Reset layout' }).click()
  await expect(again.page.getByRole('tab', tab('Jobs'))).toBeVisible()
  expect(again.faults).toEqual([])
  await again.close()
})

test('a layout that cannot be read gives the standard one and says so', async ({ desk }) => {
  const { page } = desk
  await storeSetting(page, 'layout', { version: 1, dock: { grid: 'broken' } })
  await page.reload()
  await expect(page.getByText('The stored layout could not be read').first()).toBeVisible()
  for (const name of ['Data', 'Chart', 'Backtest', 'Runs']) await expect(page.getByRole('tab', tab(name))).toBeVisible()
})

test('a floating panel comes back floating', async ({ desk }) => {
  const { page } = desk
  await page.getByRole('tab', tab('Problems')).click()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Float the panel')
  await expect(page.getByRole('option', { name: 'Float the panel', selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(async () => JSON.stringify(await setting(page, 'layout'))).toContain('floatingGroups')
  const before = await page.getByRole('tab', tab('Problems')).boundingBox()
  await page.reload()
  await expect(page.getByRole('tab', tab('Problems'))).toBeVisible()
  const after = await page.getByRole('tab', tab('Problems')).boundingBox()
  expect([after?.x, after?.y]).toEqual([before?.x, before?.y])
})
