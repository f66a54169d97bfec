import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import { continuousSeries } from '../../core/futures/continuous-series.ts'
import type { ContractChain } from '../../core/futures/contract-chain.ts'
import { describeRealData } from './describe-real-data.ts'

const rows = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

describeRealData('gold over thirty rolls', (folder) => {
  const whole = join(folder, '..')
  const market = join(whole, 'market/future')

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
