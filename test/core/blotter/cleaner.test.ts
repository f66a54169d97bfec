import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cleaner } from '../../../core/blotter/cleaner.ts'
import { type CleaningLimits, defaultCleaning } from '../../../core/blotter/cleaning-rules.ts'
import { createTradingCalendar } from '../../../core/data/trading-calendar.ts'
import { zoneClock } from '../../../core/data/zone-offsets.ts'
import type { MarketMessage } from '../../../core/domain/market-message.ts'
import { bar, quote, tick } from './messages.ts'

function clean(
  messages: readonly MarketMessage[],
  options: { limits?: Partial<CleaningLimits>; hours?: boolean } = {},
) {
  const passed: MarketMessage[] = []
  const found: string[] = []
  const calendar = options.hours
    ? createTradingCalendar({ open: 9 * 3_600_000, close: 17 * 3_600_000 }, zoneClock('UTC'))
    : undefined
  const cleaner = new Cleaner(
    { limits: { ...defaultCleaning, ...options.limits }, calendar },
    (message) => passed.push(message),
    (_, rule, action) => found.push(`${rule} ${action}`),
  )
  for (const message of messages) cleaner.take(message)
  cleaner.release()
  return { passed, found }
}

const calm = (count: number) =>
  Array.from({ length: count }, (_, index) => tick(index * 1_000, 100 + (index % 3) * 0.01))

describe('what is cleaned', () => {
  test('a print that was heard before is left out, one of the same time with another number is not', () => {
    const { passed, found } = clean([tick(1, 10, 1, 0), tick(1, 10, 1, 1), tick(1, 10, 1, 0)])
    expect(passed).toHaveLength(2)
    expect(found).toEqual(['duplicate dropped'])
  })

  test('a late print goes on as it is and is told', () => {
    const { passed, found } = clean([tick(5, 10), tick(3, 10)])
    expect(passed.map(({ time }) => time)).toEqual([5, 3])
    expect(found).toEqual(['late kept'])
  })

  test.each([
    ['a price of zero', tick(1, 0), 'no-price dropped'],
    ['a price that is none', tick(1, Number.NaN), 'no-price dropped'],
    ['a print of nothing', tick(1, 10, 0), 'no-size dropped'],
    ['a crossed quote', quote(1, 11, 10), 'crossed dropped'],
    ['an empty quote', quote(1, Number.NaN, Number.NaN), 'no-price dropped'],
    ['a bar whose high is below its close', bar(0, { high: 0.5 }), 'bad-bar dropped'],
    ['a bar with a negative volume', bar(0, { volume: -1 }), 'bad-bar dropped'],
  ])('%s is left out and told', (_, message, finding) => {
    expect(clean([message])).toEqual({ passed: [], found: [finding] })
  })

  test('what some markets have is kept where it is allowed', () => {
    expect(clean([tick(1, -37.63)], { limits: { negativePrices: true } }).found).toEqual([])
    expect(clean([tick(1, 10, 0)], { limits: { sizelessPrints: true } }).found).toEqual([])
    expect(clean([quote(1, 10, 10)]).found).toEqual(['locked kept'])
    expect(clean([quote(1, 10, Number.NaN)]).passed).toHaveLength(1)
  })

  test('nothing passes outside the sessions of a calendar', () => {
    const monday = Date.UTC(2024, 0, 8)
    const at = (hours: number, day = 0) => tick(monday + day * 86_400_000 + hours * 3_600_000, 10)
    const { passed, found } = clean([at(8.9), at(9), at(17), at(17.1), at(12, 5)], { hours: true })
    expect(passed.map(({ time }) => (time - monday) / 3_600_000)).toEqual([9, 17])
    expect(found).toEqual(['session dropped', 'session dropped', 'session dropped'])
  })
})

describe('a price that stands alone', () => {
  const far = (price: number, time = 40_000) => tick(time, price)

  test('is a spike when the next print does not confirm it', () => {
    const { passed, found } = clean([...calm(30), far(150), tick(41_000, 100)])
    expect(found).toEqual(['spike dropped'])
    expect(passed.map((message) => 'price' in message && message.price)).not.toContain(150)
    expect(passed).toHaveLength(31)
  })

  test('is a move of the market when the next print is there too, and both pass in order', () => {
    const { passed, found } = clean([...calm(30), far(150), far(151, 41_000), far(150.5, 42_000)])
    expect(found).toEqual([])
    expect(passed.slice(-3).map(({ time }) => time)).toEqual([40_000, 41_000, 42_000])
  })

  test('stands when nothing follows', () => {
    expect(clean([...calm(30), far(150)]).passed).toHaveLength(31)
  })
})

test('whatever comes, each message passes unchanged, or is told, and none twice', () => {
  const message = fc.oneof(
    fc
      .record({
        time: fc.integer({ min: 0, max: 50 }),
        price: fc.double({ min: -5, max: 200 }),
        size: fc.integer({ min: 0, max: 5 }),
        id: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ time, price, size, id }) => tick(time, price, size, id)),
    fc
      .record({
        time: fc.integer({ min: 0, max: 50 }),
        bid: fc.double({ min: 1, max: 9 }),
        ask: fc.double({ min: 1, max: 9 }),
      })
      .map(({ time, bid, ask }) => quote(time, bid, ask)),
  )
  fc.assert(
    fc.property(fc.array(message, { maxLength: 80 }), (messages) => {
      const { passed, found } = clean(messages)
      const dropped = found.filter((finding) => finding.endsWith('dropped'))
      expect(passed.length + dropped.length).toBe(messages.length)
      expect(passed.every((each) => messages.includes(each as (typeof messages)[number]))).toBe(true)
    }),
  )
})
