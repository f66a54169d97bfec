import { describe, expect, it } from 'vitest'
import { Commission, freeOfCharge } from '../../../core/broker/commission.ts'
import type { BacktestInput } from '../../../core/engine/kernel.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { brokerBench } from '../../helpers/broker-bench.ts'
import { fillPricesOf, fillSizesOf, play, statusesOf } from '../../helpers/play.ts'

const flat: Candle = [100, 100, 100, 100]
const upstream: Partial<BacktestInput> = { profile: 'backtrader', fillPolicy: 'backtrader' }

/** The worked checks of 01 sections 8.3 to 8.8 that need more than one bar and one price; the others are in matching and cash. */
describe('8.3 a buy limit of 100 with a fixed filler of 30', () => {
  it('fills 30, 30, 30 and 10 over four bars', () => {
    const quiet: Candle = [12, 13, 11, 12]
    const filler = { kind: 'fixed-size', size: 30 } as const
    const act = (i: { buy(n: number): { limit(p: number): unknown } }, bar: number) => bar === 1 && i.buy(100).limit(12)
    const result = play([quiet, quiet, quiet, quiet, quiet], act, { ...upstream, broker: { filler } })
    expect([fillSizesOf(result), statusesOf(result)]).toEqual([[30, 30, 30, 10], ['filled']])
  })
  it('never fills on bars without volume (8.5)', () => {
    const dry: Candle = [12, 13, 11, 12, 0]
    const filler = { kind: 'bar-percent', percent: 50 } as const
    expect(fillSizesOf(play([dry, dry, dry], (i, bar) => bar === 1 && i.buy(1), { broker: { filler } }))).toEqual([])
  })
})

describe('8.3 cheat-on-close', () => {
  it('fills at the close that made the order, with its stamp, and the position is there with the next bar only', () => {
    const bars: readonly Candle[] = [[105, 108, 104, 107], [108, 109, 107, 108], flat]
    const positions: number[] = []
    const result = play(
      bars,
      (i, bar) => {
        if (bar === 1) i.buy(1)
        positions.push(i.position)
      },
      { ...upstream, broker: { cheatOnClose: true } },
    )
    expect(fillPricesOf(result)).toEqual([107])
    expect(result.fills.columns.time?.[0]).toBe(result.orders.columns.createdTime?.[0])
    expect(positions).toEqual([0, 1, 1])
  })
})

describe('8.7 commission on one unit at 100', () => {
  const fee = (terms: object) => new Commission({ ...freeOfCharge, ...terms }).fee(1, 100)
  it('a ratio of 0.001 is 0.1', () => expect(fee({ rate: 0.001 })).toBeCloseTo(0.1, 12))
  it('a fixed 3 is 3', () => expect(fee({ rate: 3, perUnit: true })).toBe(3))
  it('1 % of a contract with multiplier 5 is 1.0 upstream, 5.0 where the multiplier counts (X-15)', () => {
    const contract = { rate: 0.01, stockLike: false, margin: 10, multiplier: 5 }
    expect([fee(contract), fee({ ...contract, feeUnit: 5 })]).toEqual([1, 5])
  })
})

describe('8.8 cash and value', () => {
  it('a short position without shortcash takes its price and is worth more when the price falls', () => {
    const bench = brokerBench([[flat, flat, [98, 98, 98, 98]]], { cash: 1_000, rules: { shortCash: false } })
    bench.next()
    bench.order(-10)
    while (bench.next());
    expect([bench.broker.account.cash, bench.broker.account.value]).toEqual([0, 1_020])
  })
  it('leverage 2: 15 units of 100 take 750, and the exposure is 1.5 times the value', () => {
    const options = { cash: 1_000, commission: { kind: 'none', leverage: 2 } } as const
    const { equity } = play([flat, flat], (i, bar) => bar === 1 && i.buy(15), options)
    const { cash, equity: value, exposure } = equity.columns()
    expect([cash[1], value[1], exposure[1]]).toEqual([250, 1_000, 1.5])
  })
  it('interest of a short position, closed after four days: no gain, commission 4, cash 996', () => {
    const bench = brokerBench([Array.from({ length: 7 }, () => flat)], { terms: { interest: 0.365 }, cash: 1_000 })
    bench.next()
    bench.order(-10)
    for (let day = 0; day < 4; day++) bench.next()
    const close = bench.order(10)
    bench.next()
    const { orders, account } = bench.broker
    expect([orders.gain[close], orders.fees[close]]).toEqual([0, expect.closeTo(4, 9)])
    expect(account.cash).toBeCloseTo(996, 9)
  })
})

it('bars of a helper are a day long', () => {
  const bars = barsOf([flat])
  expect((bars.closeTime[0] ?? 0) - (bars.time[0] ?? 0)).toBe(86_400_000)
})
