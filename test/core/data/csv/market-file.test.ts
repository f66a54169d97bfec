import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as file from '../../../../core/data/csv/market-file.ts'

const shared = process.env.TICKWRIGHT_REFERENCE ?? resolve(import.meta.dirname, '../../../../../shared/reference')
const market = join(shared, 'market')

const readTicks = (text: string, path: string, zone = 'UTC') => file.readTicks({ text, path, zone })
const readQuotes = (text: string, path: string, zone = 'UTC') => file.readQuotes({ text, path, zone })

describe('a file of ticks', () => {
  it('is read with its head line, whatever its columns are called', () => {
    const ticks = readTicks(
      'Timestamp;Last;Qty\n2024-03-01 09:30:00.5;101.5;7\n2024-03-01 09:30:01;101.25;3\n',
      'x.csv',
    )
    expect([...ticks.time]).toEqual([Date.UTC(2024, 2, 1, 9, 30, 0, 500), Date.UTC(2024, 2, 1, 9, 30, 1)])
    expect([[...ticks.price], [...ticks.size]]).toEqual([
      [101.5, 101.25],
      [7, 3],
    ])
  })
  it('a time that names no zone is one of the exchange, another is what it says', () => {
    const local = readTicks('time,price\n2024-03-01T09:30:00,1\n', 'x.csv', 'America/New_York')
    expect(local.time[0]).toBe(Date.UTC(2024, 2, 1, 14, 30))
    const absolute = readTicks('time,price\n2024-03-01T09:30:00.000Z,1\n', 'x.csv', 'America/New_York')
    expect(absolute.time[0]).toBe(Date.UTC(2024, 2, 1, 9, 30))
  })
  it('is put into the order of time', () => {
    const ticks = readTicks('time,price\n2024-03-01T09:30:02,2\n2024-03-01T09:30:01,1\n', 'x.csv')
    expect([...ticks.price]).toEqual([1, 2])
  })
  it('leaves out rows that the source calls suspicious, and rows without a price', () => {
    const text =
      'time,price,size,suspicious\n2024-03-01T09:30:01,5,1,0\n2024-03-01T09:30:02,9,1,1\n2024-03-01T09:30:03,,1,0\n'
    expect([...readTicks(text, 'x.csv').price]).toEqual([5])
  })
  it('without sizes nothing limits a fill', () => {
    expect([...readTicks('time,price\n2024-03-01T09:30:01,1\n', 'x.csv').size]).toEqual([Number.POSITIVE_INFINITY])
  })
  it('is refused without a price, without rows, with a bad time, or with several contracts', () => {
    expect(() => readTicks('time,foo\n2024-03-01T09:30:01,1\n', 'x.csv')).toThrow('import.no-columns')
    expect(() => readTicks('time,price\n', 'x.csv')).toThrow('import.empty')
    expect(() => readTicks('time,price\n2024-03-01T09:30:01,1\nsoon,2\n', 'x.csv')).toThrow('import.bad-rows')
    const two = 'time,expiration,price\n2024-03-01T09:30:01,202403,1\n2024-03-01T09:30:01,202404,2\n'
    expect(() => readTicks(two, 'x.csv')).toThrow('import.unsupported')
  })
})

describe('a file of quotes', () => {
  it('repeats the side that a row leaves out, and begins when both are known', () => {
    const text =
      'time,bid,bid_size,ask,ask_size\n2024-03-01T09:30:01,10,5,0,0\n2024-03-01T09:30:02,0,0,11,7\n2024-03-01T09:30:03,10.5,6,0,0\n'
    const quotes = readQuotes(text, 'x.csv')
    expect([...quotes.bid]).toEqual([10, 10.5])
    expect([...quotes.ask]).toEqual([11, 11])
    expect([[...quotes.bidSize], [...quotes.askSize]]).toEqual([
      [5, 6],
      [7, 7],
    ])
  })
})

describe.skipIf(!existsSync(market))('real files', () => {
  const text = (name: string) => readFileSync(`${market}/${name}`, 'utf8')
  it.each([
    ['equity/ibm-tick-trade-20131007.csv', Date.UTC(2013, 9, 7, 9, 30, 0, 72), 181.9],
    ['backtrader/ticksample.csv', Date.UTC(2015, 8, 23, 20, 57, 42, 146), 3067],
  ])('ticks of %s', (name, time, price) => {
    const ticks = readTicks(text(name), name)
    expect([ticks.time[0], ticks.price[0]]).toEqual([time, price])
    expect(ticks.time.every((now, k) => k === 0 || now >= (ticks.time[k - 1] as number))).toBe(true)
  })
  it.each([
    'equity/ibm-tick-quote-20131007.csv',
    'forex/nzdusd-fxcm-tick-quote-20140504.csv',
    'forex/usdjpy-truefx-ticks.csv',
    'backtrader/bidask.csv',
  ])('quotes of %s have both sides throughout', (name) => {
    const quotes = readQuotes(text(name), name)
    expect(quotes.time.length).toBeGreaterThan(9)
    expect(quotes.bid.every((bid) => bid > 0)).toBe(true)
    expect(quotes.ask.every((ask) => ask > 0)).toBe(true)
  })
})
