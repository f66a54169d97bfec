import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contractCode, monthLetters, parseContractCode } from '../../../core/futures/contract-code.ts'
import { expiryDay, weekdayOf } from '../../../core/futures/expiry-rule.ts'
import { lastSafeDay, listedContracts } from '../../../core/futures/listed-contracts.ts'
import { futuresProduct, futuresProducts } from '../../../core/futures/products.ts'
import { codeOf } from '../../helpers/code-of.ts'

const dayMs = 86_400_000
const day = (date: string) => Date.parse(date) / dayMs
const dateOf = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10)

describe('a contract’s code', () => {
  test.each([
    ['ESZ2026', 'ES', 2026, 12],
    ['ESZ26', 'ES', 2026, 12],
    ['ESZ6', 'ES', 2026, 12],
    ['ESH7', 'ES', 2027, 3],
    ['ESH1', 'ES', 2031, 3],
    ['ESH2', 'ES', 2022, 3],
    ['ESU2016_FUT', 'ES', 2016, 9],
    ['6EM26', '6E', 2026, 6],
    ['ES_202612', 'ES', 2026, 12],
    ['202612', '', 2026, 12],
    ['20261200', '', 2026, 12],
    ['gcg98', 'GC', 1998, 2],
  ])('%s', (text, root, year, month) => expect(parseContractCode(text, 2026)).toEqual({ root, year, month }))

  test.each(['', 'ES', '202613', 'ESA26', 'ESZ', '12'])('%j is none', (text) => {
    expect(codeOf(() => parseContractCode(text, 2026))).toBe('futures.code')
  })

  test('is read back as it was written', () => {
    const root = fc.constantFrom('ES', '6E', 'FGBL', 'ZB')
    const year = fc.integer({ min: 1950, max: 2099 })
    fc.assert(
      fc.property(root, year, fc.integer({ min: 1, max: 12 }), (...parts) => {
        const delivery = { root: parts[0], year: parts[1], month: parts[2] }
        expect(parseContractCode(contractCode(delivery), 2026)).toEqual(delivery)
      }),
    )
  })
})

describe('the last trading day', () => {
  // As the exchanges published them
  test.each([
    ['ES', 2024, 3, '2024-03-15'],
    ['ES', 2024, 12, '2024-12-20'],
    ['6E', 2024, 3, '2024-03-18'],
    ['ZN', 2024, 9, '2024-09-19'],
    ['ZC', 2024, 3, '2024-03-14'],
    ['GC', 2024, 4, '2024-04-26'],
    ['CL', 2024, 6, '2024-05-21'],
    ['FESX', 2024, 9, '2024-09-20'],
    ['FGBL', 2024, 6, '2024-06-06'],
    ['NK225', 2024, 9, '2024-09-12'],
  ])('of %s %i-%i is %s', (root, year, month, date) => {
    expect(dateOf(expiryDay(futuresProduct(root).lastTrade, { year, month }))).toBe(date)
  })

  test('moves with a holiday that a calendar knows', () => {
    const goodFriday = day('2008-03-21')
    const trades = (number: number) => number !== goodFriday && weekdayOf(number) !== 0 && weekdayOf(number) !== 6
    expect(dateOf(expiryDay(futuresProduct('ES').lastTrade, { year: 2008, month: 3 }, trades))).toBe('2008-03-20')
  })

  test('is a weekday in every month of every product', () => {
    for (const product of futuresProducts) {
      for (const { lastTrade, firstNotice } of listedContracts(product, {
        from: day('2015-01-01'),
        to: day('2035-01-01'),
      })) {
        for (const date of [lastTrade, firstNotice ?? lastTrade]) expect([1, 2, 3, 4, 5]).toContain(weekdayOf(date))
      }
    }
  })
})

describe('listed contracts', () => {
  test('are those that stop trading in the period, earliest first, to be left before notice', () => {
    const gold = listedContracts(futuresProduct('GC'), { from: day('2024-01-01'), to: day('2024-06-30') })
    expect(gold.map(({ code }) => code)).toEqual(['GCG2024', 'GCJ2024', 'GCM2024'])
    expect(gold.map((each) => dateOf(lastSafeDay(each)))).toEqual(['2024-01-30', '2024-03-28', '2024-05-30'])
  })

  test('every product has months that are letters, a root of its own, hours and a margin to begin with', () => {
    const roots = futuresProducts.map(({ root }) => root)
    expect(new Set(roots).size).toBe(roots.length)
    for (const { months, multiplier, tickSize, session, marginRatio } of futuresProducts) {
      expect([session.open, session.close].every((time) => /^[012]\d:[0-5]\d$/.test(time))).toBe(true)
      expect(marginRatio > 0 && marginRatio < 0.5).toBe(true)
      expect([...months].every((letter) => monthLetters.includes(letter))).toBe(true)
      expect(Math.min(multiplier, tickSize)).toBeGreaterThan(0)
    }
    expect(codeOf(() => futuresProduct('NOSUCH'))).toBe('futures.root')
  })
})
