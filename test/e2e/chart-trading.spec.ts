import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

interface Session {
  readonly status: { readonly orders: readonly { readonly id: number; readonly price: number }[] } | null
}

test('the chart follows the market, and an order is dragged, moved by keys and taken back on it', async ({ desk }) => {
  test.setTimeout(120_000)
  const { page } = desk
  await ask(page, 'blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 7, printsPerSecond: 1, speed: 60 }],
      instruments: [
        {
          ...{ instrument: 'SIM-LIVE', source: 'simulation', symbol: 'SIM-LIVE', kinds: ['tick'], intervals: ['1m'] },
          ...{ record: ['bar'], retentionDays: null, backfillDays: 0 },
        },
      ],
    },
  })
  await ask(page, 'strategy.save', {
    name: 'still.ts',
    code: "import { Strategy } from 'tickwright'\nexport default class Still extends Strategy {\n  onBar() {}\n}\n",
  })
  const { session } = await ask<{ session: string }>(page, 'live.start', {
    ...{ strategy: { kind: 'saved', name: 'still.ts' }, params: {}, instruments: ['SIM-LIVE'], interval: '1m' },
    ...{ cash: 100_000, commission: { kind: 'none' }, slippage: { kind: 'none' }, fillPolicy: 'pessimistic', seed: 1 },
    ...{ warmupBars: 0, name: '' },
    limits: {
      ...{ orderQuantity: null, position: null, exposure: null, dailyLoss: null, ordersPerMinute: null },
      ...{ pricePercent: null, repeatMs: null },
    },
  })
  const bars = () =>
    ask<{ bars: number }>(page, 'bars.read', {
      ...{ instrument: 'SIM-LIVE', interval: '1m', from: null, to: null, maxBars: 0 },
    }).then(
      (reply) => reply.bars,
      () => 0,
    )
  await expect.poll(bars, { timeout: 30_000 }).toBeGreaterThan(5)
  await page.reload()
  await expect(page.getByRole('contentinfo').locator('[data-state="ready"]')).toBeVisible()
  await desk.panel('Chart')
  await page.getByRole('application', { name: /^Chart of/ }).focus()
  await page.keyboard.type('sim-l')
  await page.getByRole('option', { name: /SIM-LIVE/ }).click()
  const chart = page.getByRole('application', { name: /^Chart of SIM-LIVE, 1m/ })
  if (!(await chart.isVisible())) {
    await page.getByRole('application', { name: /^Chart of SIM-LIVE/ }).focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
  }
  await expect(chart).toBeVisible()
  const legend = chart.locator('.chart-legend').first()
  const figures = await legend.innerText()
  await expect.poll(() => legend.innerText(), { timeout: 10_000 }).not.toBe(figures)

  const rows = await ask<{ rows: { last: number }[] }>(page, 'blotter.watch', {})
  const last = rows.rows[0]?.last ?? Number.NaN
  // No print may fill the order while it is being moved.
  await ask(page, 'blotter.stop', {})
  await ask(page, 'live.order', {
    ...{ session, instrument: 'SIM-LIVE', side: 'buy', quantity: 10, limit: Number((last * 0.999).toFixed(2)) },
    ...{ stopEntry: null, trailBy: null, target: null, stop: null, valid: null },
  })
  const price = async () => (await ask<Session>(page, 'live.get', { session })).status?.orders[0]?.price ?? null
  const first = await price()
  expect(first, 'the order still waits').not.toBeNull()

  const chip = chart.getByRole('slider', { name: /^Buy 10 Limit/ })
  await expect(chip).toBeVisible()
  await expect(chip).toHaveAttribute('aria-disabled', 'true')
  const middleOfChip = async () => {
    const box = await chip.boundingBox()
    if (box === null) throw new Error('the order has no place')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const drag = async (pixels: number) => {
    const { x, y } = await middleOfChip()
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + pixels / 2, { steps: 4 })
    await page.mouse.move(x, y + pixels)
    await page.mouse.up()
  }
  await expect(async () => {
    const before = await middleOfChip()
    await page.waitForTimeout(300)
    expect(await middleOfChip(), 'the axis is still').toEqual(before)
  }).toPass()
  await drag(40)
  expect(await price(), 'nothing moves before it is armed').toBe(first)
  await chart.getByRole('button', { name: 'Arm' }).click()
  await expect(chip).toHaveAttribute('aria-disabled', 'false')
  await drag(40)
  await expect.poll(price).toBeLessThan(first ?? 0)
  await page.screenshot({ path: 'test-results/chart-trading.png' })

  const dragged = (await price()) ?? 0
  await chip.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(chip).toHaveAttribute('aria-valuetext', (dragged + 0.02).toFixed(2))
  expect(await price(), 'arrows alone send nothing').toBe(dragged)
  await page.keyboard.press('Enter')
  await expect.poll(price).toBeCloseTo(dragged + 0.02, 6)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await chart.getByRole('button', { name: /Cancel order/ }).click()
  await expect.poll(price).toBeNull()
  await expect(chip).toBeHidden()

  await chart.click({ button: 'right', position: { x: 200, y: 40 } })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem', { name: /^Alert when it crosses/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/chart-menu.png' })
  const sell = menu.getByRole('menuitem', { name: /^Sell 1 Limit/ })
  const [, wanted = ''] = /Limit ([\d,.]+)$/.exec((await sell.textContent()) ?? '') ?? []
  await sell.click()
  await expect(chart.getByRole('slider', { name: /^Sell 1 Limit/ })).toBeVisible()
  expect(await price()).toBe(Number(wanted.replaceAll(',', '')))
})
