import { expect, test } from 'vitest'
import { createMarketSeriesReader, readMarketSeries } from '../../../../core/data/csv/market-series.ts'
import { marketArrays } from '../../stores/market-builders.ts'

const whole = (kind: 'tick' | 'quote', text: string) => readMarketSeries(kind, { text, path: 'x.csv', zone: 'UTC' })

/** The same text, pushed in parts of so many lines. */
function inParts(kind: 'tick' | 'quote', text: string, lines: number) {
  const reader = createMarketSeriesReader(kind, { path: 'x.csv', zone: 'UTC' })
  const all = text.split('\n').filter((line) => line !== '')
  for (let from = 0; from < all.length; from += lines) reader.push(`${all.slice(from, from + lines).join('\n')}\n`)
  return reader.finish()
}

// 05/04 is April or May: only the 25th tells, and it stands in the first part.
const ticks = `time,price,size,side
25/04/2024 09:30:00.000,1,5,buy
05/05/2024 09:30:00.000,2,5,sell
05/05/2024 09:30:00.000,2,5,sell
04/05/2024 09:30:00.000,3,,b
05/05/2024 09:30:00.000,4,1,-1
`

test('ticks in parts are those of the whole text: order, ordinals, dates', () => {
  const [time, id, price, size, side] = marketArrays('tick', whole('tick', ticks) as never)
  expect(time).toEqual([
    Date.UTC(2024, 3, 25, 9, 30),
    Date.UTC(2024, 4, 4, 9, 30),
    ...Array(3).fill(Date.UTC(2024, 4, 5, 9, 30)),
  ])
  expect([id, price, size, side]).toEqual([
    [0, 0, 0, 1, 2],
    [1, 3, 2, 2, 4],
    [5, Number.NaN, 5, 5, 1],
    [1, 1, -1, -1, -1],
  ])
  for (const lines of [2, 3, 4]) {
    expect(marketArrays('tick', inParts('tick', ticks, lines) as never)).toEqual([time, id, price, size, side])
  }
})

test('numbers of trades are the ids, and of two rows with one number the later counts', () => {
  const text = `time,trade_id,price,is_buyer_maker
2024-05-05T09:30:00.000Z,9,2,true
2024-05-05T09:30:00.000Z,7,1,false
2024-05-05T09:30:00.000Z,9,3,true
`
  const [, id, price, , side] = marketArrays('tick', whole('tick', text) as never)
  expect([id, price, side]).toEqual([
    [7, 9],
    [1, 3],
    [1, -1],
  ])
})

test('quotes in parts repeat a side that is left out across parts, and the last of a time counts', () => {
  const text = `time,bid,ask,bid_size,ask_size
2024-05-05T09:30:00.000Z,10,,5,
2024-05-05T09:30:01.000Z,,11,,6
2024-05-05T09:30:02.000Z,,12,,7
2024-05-05T09:30:02.000Z,9,,4,
2024-05-05T09:30:03.000Z,8,,,
`
  const expected = [
    [10, 9, 8],
    [11, 12, 12],
    [5, 4, Number.NaN],
    [6, 7, 7],
  ]
  expect(marketArrays('quote', whole('quote', text) as never).slice(1)).toEqual(expected)
  for (const lines of [2, 3]) {
    expect(marketArrays('quote', inParts('quote', text, lines) as never).slice(1)).toEqual(expected)
  }
})

test('a bad date in a later part is named by its row in the file, and another contract there is refused', () => {
  const failureOf = (text: string) => {
    try {
      inParts('tick', text, 2)
    } catch (failure) {
      return failure as { code: string; data: Record<string, unknown> }
    }
    return undefined
  }
  const rows = [
    'time,price',
    '2024-05-05T09:30:00.000Z,1',
    '2024-05-05T09:30:01.000Z,1',
    '2024-05-05T09:30:02.000Z,1',
    'soon,1',
  ]
  expect(failureOf(rows.join('\n'))).toMatchObject({ code: 'import.bad-rows', data: { row: 5, text: 'soon' } })
  const two = [
    'time,price,symbol',
    '2024-05-05T09:30:00.000Z,1,A',
    '2024-05-05T09:30:01.000Z,1,A',
    '2024-05-05T09:30:02.000Z,1,B',
  ]
  expect(failureOf(two.join('\n'))).toMatchObject({ code: 'import.unsupported' })
  expect(() => whole('tick', 'time,price\n')).toThrow('import.empty')
})
