import type { Page } from '@playwright/test'
import { ask } from './page-bridge.ts'
import { expect, test } from './workstation.ts'

interface Session {
  readonly status: {
    readonly orders: readonly { readonly side: string; readonly type: string; readonly price: number | null }[]
    readonly now: number | null
    readonly positions: readonly { readonly size: number }[]
  } | null
}

const stillStrategy =
  "import { Strategy } from 'tickwright'\nexport default class Still extends Strategy {\n  onBar() {}\n}\n"

async function goTo(page: Page, panel: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type(`Go to ${panel}`)
  await page.keyboard.press('Enter')
}

/** A market that prints seldom, so that rows stand where a test points at, and a session that trades it by hand. */
async function tradedMarket(page: Page, printsPerSecond = 0.2): Promise<string> {
  await ask(page, 'blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 7, printsPerSecond, speed: 1 }],
      instruments: [
        {
          ...{ instrument: 'SIM-LADDER', source: 'simulation', symbol: 'SIM-LADDER', kinds: ['tick', 'quote', 'book'] },
          ...{ intervals: ['1m'], record: ['bar'], retentionDays: null, backfillDays: 0 },
        },
      ],
    },
  })
  await ask(page, 'strategy.save', { name: 'still.ts', code: stillStrategy })
  const { session } = await ask<{ session: string }>(page, 'live.start', {
    ...{ strategy: { kind: 'saved', name: 'still.ts' }, params: {}, instruments: ['SIM-LADDER'], interval: '1m' },
    ...{ cash: 100_000, commission: { kind: 'none' }, slippage: { kind: 'none' }, fillPolicy: 'tick', seed: 1 },
    ...{ warmupBars: 0, name: '' },
    limits: {
      ...{ orderQuantity: null, position: null, exposure: null, dailyLoss: null, ordersPerMinute: null },
      ...{ pricePercent: null, repeatMs: null },
    },
  })
  return session
}

test('the ladder shows the book; orders are placed on it by click and key, dragged, moved and taken back', async ({
  desk,
}) => {
  test.setTimeout(120_000)
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 1000 })
  const session = await tradedMarket(page)
  const status = async () => (await ask<Session>(page, 'live.get', { session })).status
  const orders = async () =>
    ((await status())?.orders ?? []).map(({ side, type, price }) => `${side} ${type} ${price?.toFixed(2)}`).sort()
  const heard = async () => (await status())?.now
  const begun = await heard()
  await expect.poll(heard, { message: 'the session has a price to go by', timeout: 30_000 }).not.toBe(begun)
  await page.reload()
  await expect(page.getByRole('contentinfo').locator('[data-state="ready"]')).toBeVisible()
  await goTo(page, 'Blotter')
  const watched = page.getByRole('grid', { name: 'Watch list' }).getByRole('row', { name: /SIM-LADDER/ })
  await expect(watched.getByRole('gridcell').nth(1)).toHaveText(/^\d+\.\d\d$/)
  await watched.dblclick()
  await goTo(page, 'Ladder')
  const ladder = page.getByRole('region', { name: 'Price ladder', exact: true })
  const grid = ladder.getByRole('grid', { name: 'Price ladder of SIM-LADDER' })
  const bids = grid.locator('.ladder-bid').filter({ hasText: /\d/ })
  const asks = grid.locator('.ladder-ask').filter({ hasText: /\d/ })
  await expect(bids, 'ten levels are bid').toHaveCount(10)
  await expect(asks, 'ten levels are asked').toHaveCount(10)
  await expect(ladder.getByText('PAPER')).toBeVisible()

  const row = (price: string) =>
    grid.getByRole('row').filter({ has: page.locator(`.ladder-price:text-is("${price}")`) })
  const priceOf = async (cell: typeof bids) =>
    (await cell.locator('xpath=..').locator('.ladder-price').innerText()).trim()
  const [low, high] = [await priceOf(bids.last()), await priceOf(asks.first())]
  await row(low).locator('.ladder-bid').click()
  await page.waitForTimeout(300)
  expect(await orders(), 'nothing is sent before it is armed').toEqual([])

  await row(high).hover()
  const place = await row(high).boundingBox()
  await page.setViewportSize({ width: 1440, height: 940 })
  await page.waitForTimeout(300)
  expect(await row(high).boundingBox(), 'a price stays under the pointer when the panel becomes lower').toEqual(place)
  await page.setViewportSize({ width: 1440, height: 1000 })

  await ladder.getByRole('button', { name: 'Arm' }).click()
  await ladder.getByRole('textbox', { name: 'Quantity' }).fill('10')
  await row(low).locator('.ladder-bid').click()
  await expect.poll(orders).toEqual([`buy limit ${low}`])
  await row(high).locator('.ladder-ask').click()
  await expect.poll(orders).toEqual([`buy limit ${low}`, `sell limit ${high}`])
  await row(high)
    .locator('.ladder-bid')
    .click({ modifiers: ['Control'] })
  await expect.poll(orders, 'with Ctrl a stop').toEqual([`buy limit ${low}`, `buy stop ${high}`, `sell limit ${high}`])
  await page.screenshot({ path: 'test-results/ladder.png' })

  const up = (price: string, ticks: number) => (Number(price) + ticks / 100).toFixed(2)
  const from = await row(low)
    .getByRole('button', { name: /^Buy 10 Limit/ })
    .boundingBox()
  const to = await row(up(low, 2)).boundingBox()
  if (from === null || to === null) throw new Error('the rows have no place')
  await page.mouse.move(from.x + 5, from.y + 5)
  await page.mouse.down()
  await page.mouse.move(from.x + 5, to.y + 12, { steps: 5 })
  await page.mouse.up()
  await expect.poll(orders, 'dragged two rows up').toContain(`buy limit ${up(low, 2)}`)

  await row(up(low, 2)).locator('.ladder-price').click()
  await grid.focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(orders, 'a tick up by key').toContain(`buy limit ${up(low, 3)}`)
  await expect(row(up(low, 3)).getByRole('button', { name: /^Buy 10 Limit/ })).toBeVisible()
  await page.keyboard.press('x')
  await expect.poll(orders).toEqual([`buy stop ${high}`, `sell limit ${high}`])
  await page.keyboard.press('b')
  await expect.poll(orders).toContain(`buy limit ${up(low, 3)}`)

  await ladder.getByRole('textbox', { name: 'Target, ticks' }).fill('100')
  await ladder.getByRole('textbox', { name: 'Stop, ticks' }).fill('50')
  await ladder.getByRole('button', { name: 'Buy at market' }).click()
  const size = async () => (await status())?.positions[0]?.size
  await expect.poll(size, { message: 'filled with the next print', timeout: 30_000 }).toBeGreaterThan(0)
  await expect.poll(async () => (await orders()).filter((order) => order.startsWith('sell')).length).toBeGreaterThan(1)
  await expect(ladder.getByText(/^Position \+\d+ at \d/)).toBeVisible()
  await page.screenshot({ path: 'test-results/ladder-position.png' })

  await ladder.getByRole('button', { name: 'Cancel buys' }).click()
  await expect.poll(async () => (await orders()).filter((order) => order.startsWith('buy'))).toEqual([])
  await ladder.getByRole('button', { name: 'Cancel all and close' }).click()
  await expect.poll(orders, { timeout: 30_000 }).toEqual([])
  await expect.poll(size, { timeout: 30_000 }).toBe(0)
})

test('an order has several targets whose stops follow to the entry, and is kept as a preset', async ({ desk }) => {
  test.setTimeout(120_000)
  const { page } = desk
  await page.setViewportSize({ width: 1440, height: 1000 })
  const session = await tradedMarket(page, 2)
  const status = async () => (await ask<Session>(page, 'live.get', { session })).status
  const begun = (await status())?.now
  await expect.poll(async () => (await status())?.now, { timeout: 30_000 }).not.toBe(begun)
  await goTo(page, 'Live')
  const live = page.getByRole('region', { name: 'Live', exact: true }).first()
  const ticket = live.getByRole('group', { name: 'Order ticket' })
  const field = (name: string) => ticket.getByRole('textbox', { name, exact: true })
  await field('Quantity').fill('10')
  await ticket.getByRole('combobox', { name: 'Exits by' }).selectOption('Ticks')
  await field('Target').fill('500')
  await field('Stop loss').fill('300')
  await ticket.getByRole('button', { name: 'Another target' }).click()
  await field('Target 2').fill('1000')
  await field('of units').fill('40')
  await ticket.getByText('Stops to the entry price after the first target').click()
  await ticket.getByRole('button', { name: 'Keep the ticket: press a number' }).click()
  await ticket.getByRole('button', { name: /^Preset 2: empty/ }).click()
  await expect(
    ticket.getByRole('button', { name: 'Preset 2: Market 10 · Target 500 ticks · Stop loss 300 ticks' }),
  ).toBeVisible()
  await page.screenshot({ path: 'test-results/ticket-targets.png' })

  await page.reload()
  await expect(page.getByRole('contentinfo').locator('[data-state="ready"]')).toBeVisible()
  await goTo(page, 'Live')
  await ticket.getByRole('button', { name: /^Preset 2: Market 10/ }).click()
  await expect(field('Target 2')).toHaveValue('1000')
  await expect(field('of units')).toHaveValue('40')
  await goTo(page, 'Settings')
  const keys = page.getByRole('region', { name: 'Trading keys' })
  await keys.getByRole('button', { name: 'Buy: key B, change' }).click()
  await page.keyboard.press('s')
  await expect(keys.getByText('“s” is another trading key already.')).toBeVisible()
  await page.keyboard.press('k')
  await expect(keys.getByRole('button', { name: 'Buy: key K, change' })).toBeVisible()
  await page.screenshot({ path: 'test-results/trading-keys.png' })
  await ticket.getByText('Armed: buttons and keys K, S, X send at once').click()
  await live.getByRole('tab', { name: /^Positions/ }).focus()
  await page.keyboard.press('b')
  await page.keyboard.press('k')
  await expect.poll(async () => (await status())?.positions[0]?.size, { timeout: 20_000 }).toBe(10)
  const exits = ((await status())?.orders ?? []).map(({ side, type }) => `${side} ${type}`).sort()
  expect(exits, 'a target and a stop for each part').toEqual(['sell limit', 'sell limit', 'sell stop', 'sell stop'])
  await page.screenshot({ path: 'test-results/ticket-filled.png' })
})
