import { expect, test } from './workstation.ts'

test.use({ openOptions: { language: 'zh-CN', keepWelcome: true, isFresh: true } })

test('a Chinese system starts in Chinese, with red for up, and reads well everywhere', async ({ desk }, info) => {
  const { page } = desk
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', /^zh/)
  await expect(html).toHaveAttribute('data-colours', 'cn')
  await page.screenshot({ path: info.outputPath('01-first-start.png') })
  await page.getByRole('button', { name: '运行示例回测' }).click()
  const report = page.getByRole('tabpanel', { name: '绩效报告' })
  await expect(report.getByRole('button', { name: /^总收益率/ })).toBeVisible()
  await page.screenshot({ path: info.outputPath('02-report.png') })
  for (const name of ['策略编辑', '回测记录', '任务', '问题']) {
    await page.getByRole('tab', { name, exact: true }).click()
    await expect(page.getByRole('tabpanel', { name, exact: true })).toBeVisible()
    await page.screenshot({ path: info.outputPath(`03-${name}.png`) })
  }
  await page.keyboard.press('Control+K')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('option').nth(30)).toBeAttached()
  await page.screenshot({ path: info.outputPath('04-palette.png') })
  const titles = await palette.getByRole('option').allInnerTexts()
  // Names of instruments, intervals and languages are the same in every language.
  const untranslated = titles.filter((title) => !/\p{Script=Han}/u.test(title))
  expect(untranslated).toEqual([])
})
