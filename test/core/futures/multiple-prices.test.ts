import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DomainError } from '../../../core/domain/errors.ts'
import { adjustments } from '../../../core/futures/back-adjust.ts'
import { stitchPrices } from '../../../core/futures/multiple-prices.ts'
import { readMultiplePrices } from '../../../core/futures/read-multiple-prices.ts'

const text = `date,price,price_contract,forward,forward_contract
2024-01-02,100,A,109,B
2024-01-03,101,A,111,B
2024-01-04,112,B,,C
2024-01-05,113,B,103,C
2024-01-08,104,C,nan,D
`

const adjusted = (adjustment: (typeof adjustments)[number], of = text) => [
  ...stitchPrices(readMultiplePrices(of, 'x.csv'), adjustment).adjusted,
]

describe('a file of multiple prices', () => {
  test('gives a price for each row and the gap of each roll', () => {
    const { rolls } = stitchPrices(readMultiplePrices(text, 'x.csv'), 'difference')
    expect(rolls.map(({ from, to, row, oldPrice, newPrice }) => [from, to, row, oldPrice, newPrice])).toEqual([
      ['A', 'B', 2, 101, 111],
      ['B', 'C', 4, 113, 103],
    ])
    expect(adjusted('difference')).toEqual([100, 101, 102, 103, 104])
  })

  test('adjusted forward keeps what was once shown', () => {
    expect(adjusted('forward-difference')).toEqual([100, 101, 102, 103, 104])
    const before = text.split('\n').slice(0, 5).join('\n')
    expect(adjusted('forward-difference').slice(0, 4)).toEqual(adjusted('forward-difference', before))
    expect(adjusted('forward-ratio')[2]).toBeCloseTo((112 * 101) / 111, 12)
  })

  test('moves nothing at a roll whose contracts never had a price together', () => {
    const apart = 'date,price,price_contract,forward\n2024-01-02,100,A,\n2024-01-03,112,B,\n'
    const { rolls } = stitchPrices(readMultiplePrices(apart, 'x.csv'), 'difference')
    expect(rolls[0]).toMatchObject({ oldPrice: Number.NaN, newPrice: Number.NaN })
    expect(adjusted('difference', apart)).toEqual([100, 112])
    expect(adjusted('ratio', apart)).toEqual([100, 112])
  })

  test('reads what programs write: other names, order, separators, line ends, quotes', () => {
    const other =
      '\uFEFFDATETIME;FORWARD;PRICE_CONTRACT;PRICE\r\n2024-01-02 23:00:00;109;20240300;100\r\n"2024-01-03";;"20240300";101\r\n'
    const file = readMultiplePrices(other, 'x.csv')
    expect([...file.price]).toEqual([100, 101])
    expect(file.contract).toEqual(['20240300', '20240300'])
    expect(file.dates).toEqual(['2024-01-02 23:00:00', '2024-01-03'])
  })

  test.each([
    ['no rows', 'date,price,price_contract,forward\n', { row: 2, column: 'date' }],
    ['no such column', 'date,price,forward\n2024-01-02,1,2\n', { row: 1, column: 'price_contract' }],
    ['no date', text.replace('2024-01-04', '2024-02-31'), { row: 4, column: 'date', found: '2024-02-31' }],
    ['time that goes back', text.replace('2024-01-04', '2024-01-01'), { row: 4, column: 'date' }],
    ['no number', text.replace('112', '1l2'), { row: 4, column: 'price', found: '1l2' }],
    ['an infinite price', text.replace('112', '1e999'), { row: 4, column: 'price', found: '1e999' }],
    ['no contract', text.replace('112,B', '112,'), { row: 4, column: 'contract', found: '' }],
  ])('with %s is refused with the place', (_, broken, place) => {
    let failure: DomainError | undefined
    try {
      readMultiplePrices(broken, 'x.csv')
    } catch (error) {
      failure = error as DomainError
    }
    expect(failure).toMatchObject({ code: 'futures.malformed', data: { path: 'x.csv', ...place } })
  })

  test('any adjustment leaves each contract’s own changes in proportion, and one end alone', () => {
    const prices = fc.array(
      fc.record({
        price: fc.integer({ min: 50, max: 150 }),
        gap: fc.integer({ min: -20, max: 20 }),
        rolls: fc.boolean(),
      }),
      { minLength: 2, maxLength: 40 },
    )
    fc.assert(
      fc.property(prices, fc.constantFrom(...adjustments), (rows, adjustment) => {
        let held = 0
        const lines = rows.map(({ price, gap, rolls }, row) => {
          if (rolls && row > 0) held++
          return `${new Date(Date.UTC(2024, 0, 2) + row * 86_400_000).toISOString().slice(0, 10)},${price},C${held},${price + gap}`
        })
        const file = readMultiplePrices(`date,price,price_contract,forward\n${lines.join('\n')}`, 'x.csv')
        const { adjusted: values } = stitchPrices(file, adjustment)
        const anchor = adjustment.startsWith('forward') ? 0 : values.length - 1
        expect(values[anchor]).toBe(file.price[anchor])
        for (let row = 1; row < values.length; row++) {
          if (file.contract[row] !== file.contract[row - 1]) continue
          const [was, is] = [file.price[row - 1] as number, file.price[row] as number]
          const [shown, next] = [values[row - 1] as number, values[row] as number]
          if (adjustment.endsWith('ratio')) expect(next / shown).toBeCloseTo(is / was, 9)
          else expect(next - shown).toBeCloseTo(is - was, 9)
        }
      }),
    )
  })
})
