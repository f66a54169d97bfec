import { describe, expect, it } from 'vitest'
import type { Candle } from '../../helpers/bars-of.ts'
import { brokerBench } from '../../helpers/broker-bench.ts'

const flat: Candle = [100, 100, 100, 100]

/** The worked cases of 01 section 8.8. */
describe('cash and value', () => {
  it('a short stock position adds its proceeds to the cash', () => {
    const bench = brokerBench([[flat, flat, [98, 98, 98, 98]]], { cash: 1_000 })
    bench.next()
    bench.order(-10)
    while (bench.next());
    expect(bench.broker.account.cash).toBe(2_000)
    expect(bench.broker.account.value).toBe(1_020)
  })

  it('two futures contracts deposit margin, pay fees and settle at every close', () => {
    const terms = { stockLike: false, margin: 1_000, multiplier: 10, rate: 2, perUnit: true }
    const bars: readonly Candle[] = [flat, [102, 103, 101, 102.5], [104, 104, 104, 104]]
    const bench = brokerBench([bars], { terms, cash: 10_000 })
    bench.next()
    bench.order(2)
    bench.next()
    expect(bench.broker.account.cash).toBe(8_006)
    expect(bench.broker.account.value).toBe(10_006)
    bench.order(-2)
    bench.next()
    expect(bench.broker.orders.gain[1]).toBe(40)
    expect(bench.broker.account.cash).toBe(10_032)
  })

  it('leverage 2 halves what a purchase takes from the cash', () => {
    const bench = brokerBench([[flat, flat]], { terms: { leverage: 2 }, cash: 1_000 })
    bench.next()
    bench.order(15)
    bench.next()
    expect(bench.broker.account.cash).toBe(250)
    expect(bench.broker.account.value).toBe(1_000)
  })

  it('interest is taken once for each calendar day', () => {
    const bars = [flat, flat, flat, flat, flat]
    const bench = brokerBench([bars], { terms: { interest: 0.365 }, cash: 1_000 })
    bench.next()
    bench.order(-10)
    while (bench.next());
    expect(bench.broker.account.cash).toBeCloseTo(2_000 - 3, 9)
  })

  it('a reversal that the cash does not cover closes and then ends', () => {
    const terms = { stockLike: false, margin: 400, multiplier: 1 }
    const bench = brokerBench([[flat, flat, flat]], { terms, cash: 1_000, rules: { checkSubmit: false } })
    bench.next()
    bench.order(1)
    bench.next()
    const row = bench.order(-1_000)
    bench.next()
    expect(bench.fills.map(({ size }) => size)).toEqual([1, -1])
    expect(bench.status(row)).toBe('cancelled')
    expect(bench.markets[0]?.size).toBe(0)
  })

  it('money paid in buys fund shares at the current value and leaves it where it is', () => {
    const bench = brokerBench([[flat, flat]], { cash: 1_000 })
    bench.next()
    bench.broker.account.deposit(500)
    bench.next()
    expect(bench.broker.account.fundShares).toBe(15)
    expect(bench.broker.account.fundValue).toBe(100)
  })
})
