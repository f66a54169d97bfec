import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import { continuousSeries } from '../../core/futures/continuous-series.ts'
import type { ContractChain } from '../../core/futures/contract-chain.ts'
import { terminal } from '../helpers/a-terminal.ts'
import { describeRealData } from './describe-real-data.ts'

interface Built {
  readonly rows: readonly {
    readonly date: string
    readonly price: number | null
    readonly contract: string
    readonly adjusted: number | null
  }[]
  readonly rolls: readonly { readonly date: string; readonly from: string; readonly to: string; readonly gap: number }[]
}

interface ListedRoll {
  readonly first_day_of_new: string
  readonly from: string
  readonly to: string
  readonly old_price: number
  readonly new_price: number
}

const rows = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

describeRealData('gold over thirty rolls', (folder) => {
  const whole = join(folder, '..')
  const market = join(whole, 'market/future')

  it('through the terminal: a row for each day and every roll of the list', async () => {
    const prices = join(whole, 'futures/GOLD-multiple-prices.csv')
    const { code, stdout, stderr } = await terminal(
      ['futures', 'build', '--multiple-prices', prices, '--adjust', 'panama', '--json'],
      { home: tmpdir() },
    )
    expect([code, stderr]).toEqual([0, ''])
    const answer = JSON.parse(stdout) as Built
    const input = rows(prices)
    const adjusted = rows(join(whole, 'futures/GOLD-adjusted.csv'))
    expect(answer.rows.map(({ date, price, contract }) => [date, price, contract])).toEqual(
      input.map(([date, price, contract]) => [date, Number(price), contract]),
    )
    for (const [at, [date, value]] of adjusted.entries()) {
      expect(answer.rows[at]?.date).toBe(date)
      expect(answer.rows[at]?.adjusted).toBeCloseTo(Number(value), 6)
    }
    const listed = JSON.parse(readFileSync(join(whole, 'futures/GOLD-rolls.json'), 'utf8')) as readonly ListedRoll[]
    expect(answer.rolls).toEqual(
      listed.map(({ first_day_of_new: date, from, to, old_price, new_price }) => {
        return { date, from, to, gap: new_price - old_price }
      }),
    )
  })

  it('by the roll calendar through the terminal: the dates and pairs of the calendar', async () => {
    const calendar = join(market, 'GOLD-roll-calendar.csv')
    if (!existsSync(calendar)) return
    const { code, stdout } = await terminal(
      ['futures', 'rolls', join(market, 'GOLD-contracts-day-close.csv'), '--roll', `calendar:${calendar}`, '--json'],
      { home: tmpdir() },
    )
    expect(code).toBe(0)
    const made = (JSON.parse(stdout) as Built).rolls.map(({ date, from, to }) => [date, from, to])
    // The first day with a price of the new contract, from the calendar's day on.
    const quotes = rows(join(market, 'GOLD-contracts-day-close.csv'))
    const expected = rows(calendar).map(([from = '', old, next]) => {
      return [quotes.find(([date = '', code]) => code === next && date >= from)?.[0], old, next]
    })
    // After the last day of the calendar contracts are left when they end.
    expect(expected.length).toBeGreaterThan(30)
    expect(made.slice(0, expected.length)).toEqual(expected)
  })

  it('from single contracts and a roll calendar gives the published way of back-adjusting', () => {
    if (!existsSync(market)) return
    const quotes = rows(join(market, 'GOLD-contracts-day-close.csv'))
    const expected = rows(join(whole, 'futures/GOLD-adjusted.csv'))
    const last = rows(join(whole, 'futures/GOLD-multiple-prices.csv')).at(-1)?.[2] as string
    const codes = [...new Set(quotes.map(([, code = '']) => code))].sort().filter((code) => code <= last)
    const chain: ContractChain = codes.map((code) => {
      const own = quotes.filter(([, other]) => other === code)
      const bars = createBarSeries(own.length)
      for (const [index, [date = '', , close]] of own.entries()) {
        bars.time[index] = bars.closeTime[index] = Date.parse(date)
        for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = Number(close)
      }
      return { code, expiry: null, bars }
    })
    const dates = Object.fromEntries(
      rows(join(market, 'GOLD-roll-calendar.csv')).map(([date = '', code = '']) => [code, Date.parse(date)]),
    )
    const { bars, rolls } = continuousSeries(chain, { kind: 'calendar', dates }, 'difference')
    expect(rolls.length).toBe(codes.length - 1)
    for (const [index, [date = '', adjusted]] of expected.entries()) {
      expect(bars.time[index]).toBe(Date.parse(date))
      expect(bars.close[index]).toBeCloseTo(Number(adjusted), 6)
    }
  })
})
