import { describe, expect, it } from 'vitest'
import { orderFlag } from '../../../core/broker/order-table.ts'
import { noSlippage } from '../../../core/broker/slippage.ts'
import type { Candle } from '../../helpers/bars-of.ts'
import { brokerBench } from '../../helpers/broker-bench.ts'

const flat: Candle = [100, 101, 99, 100]
const upstream = { backtrader: true, fillPolicy: 'backtrader' } as const

/** Rows of the defect register (01 section 30): fixed by default, kept in profile backtrader. */
describe('X-02: an order on an instrument without a new bar', () => {
  // The second instrument has one bar only; the first goes on
  const feeds: readonly (readonly Candle[])[] = [[flat, flat, flat], [[50, 51, 49, 50]]]
  const fillsWith = (rules: object) => {
    const bench = brokerBench(feeds, { rules })
    bench.next()
    bench.order(1, { type: 'limit', price: 51, market: 1 })
    while (bench.next());
    return bench.fills.length
  }
  it('waits for its instrument’s next bar', () => expect(fillsWith({})).toBe(0))
  it('fills on the stale bar in profile backtrader', () => expect(fillsWith(upstream)).toBe(1))
})

describe('X-03: an order that the cash does not cover', () => {
  const statusesWith = (rules: object) => {
    const bench = brokerBench([[flat, flat]], { rules, cash: 1_000 })
    bench.next()
    const rows = [bench.order(10_000), bench.order(1)]
    bench.next()
    return rows.map((row) => bench.status(row))
  }
  it('does not take the next one with it', () => expect(statusesWith({})).toEqual(['rejected', 'filled']))
  it('does in profile backtrader', () => expect(statusesWith(upstream)).toEqual(['rejected', 'rejected']))
})

describe('X-03: cancelling an order before it is accepted', () => {
  const cancelWith = (rules: object) => {
    const bench = brokerBench([[flat, flat]], { rules })
    bench.next()
    return bench.broker.cancel(bench.order(1))
  }
  it('works', () => expect(cancelWith({})).toBe(true))
  it('does not in profile backtrader', () => expect(cancelWith(upstream)).toBe(false))
})

describe('X-04: a day order made on a daily bar', () => {
  const bench = brokerBench([[flat, [100, 101, 99, 100], [96, 97, 90, 95]]])
  bench.next()
  const { orders } = bench.broker
  const row = orders.add(0, 1, 2, 1)
  orders.price[row] = 95
  orders.set(row, orderFlag.day)
  bench.broker.stamp(row)
  bench.broker.submit(row)
  bench.next()
  it('can fill on the day after', () => expect(bench.status(row)).toBe('accepted'))
  it('is over on the day after that', () => {
    bench.next()
    expect(bench.status(row)).toBe('expired')
    expect(bench.fills).toEqual([])
  })
})

describe('X-05: slippage of a sell limit that gaps', () => {
  const priceWith = (rules: object) => {
    const slippage = { ...noSlippage, points: 20, atOpen: true }
    const bench = brokerBench([[flat, [110, 111, 105, 108]]], { rules: { slippage, ...rules } })
    bench.next()
    bench.order(-1, { type: 'limit', price: 95 })
    bench.next()
    return bench.fills[0]?.price
  }
  it('ends at the bar’s low', () => expect(priceWith({})).toBe(105))
  it('falls below the bar in profile backtrader', () => expect(priceWith(upstream)).toBe(95))
})
