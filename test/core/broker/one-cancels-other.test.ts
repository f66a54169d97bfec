import { describe, expect, it } from 'vitest'
import type { FillPolicy } from '../../../core/broker/rules.ts'
import type { Candle } from '../../helpers/bars-of.ts'
import { brokerBench } from '../../helpers/broker-bench.ts'

const quiet: Candle = [100, 101, 99, 100]
const wide: Candle = [100, 106, 95, 102]

/** A buy limit at 96 and a buy stop at 105 that cancel each other, and a bar that touches both. */
function pairOn(fillPolicy: FillPolicy, order: 'limit first' | 'stop first') {
  const bench = brokerBench([[quiet, wide, wide]], { rules: { fillPolicy, backtrader: fillPolicy === 'backtrader' } })
  bench.next()
  const limit = { type: 'limit', price: 96 } as const
  const stop = { type: 'stop', price: 105 } as const
  const [one, other] = order === 'limit first' ? [limit, stop] : [stop, limit]
  const first = bench.order(1, one)
  bench.order(1, { ...other, oco: first })
  bench.next()
  bench.next()
  return bench.fills.map(({ price }) => price)
}

describe('a bar that touches both orders of a one-cancels-other pair', () => {
  it.each(['limit first', 'stop first'] as const)('fills the stop for the pessimist, %s', (order) =>
    expect(pairOn('pessimistic', order)).toEqual([105]),
  )
  it.each(['limit first', 'stop first'] as const)('fills the limit for the optimist, %s', (order) =>
    expect(pairOn('optimistic', order)).toEqual([96]),
  )
  it('fills the older order in profile backtrader', () => {
    expect(pairOn('backtrader', 'limit first')).toEqual([96])
    expect(pairOn('backtrader', 'stop first')).toEqual([105])
  })
})

describe('an order of a one-cancels-other pair that ends', () => {
  const pending = (rules: object) => {
    const bench = brokerBench([[quiet, quiet, quiet]], { rules })
    bench.next()
    const first = bench.order(1, { type: 'limit', price: 50 })
    const entry = bench.order(1, { type: 'stop', price: 150, oco: first })
    bench.order(-1, { type: 'stop', price: 140, parent: entry })
    return { bench, first, entry }
  }
  it('takes the other with it before either is accepted', () => {
    const { bench, first, entry } = pending({})
    expect(bench.broker.cancel(first)).toBe(true)
    expect(bench.status(entry)).toBe('cancelled')
  })
  it('takes the sleeping exits of the other with it', () => {
    const { bench, first } = pending({})
    bench.next()
    bench.broker.cancel(first)
    expect(bench.broker.working()).toEqual([])
  })
  it('leaves those exits asleep for ever in profile backtrader', () => {
    const { bench, first } = pending({ backtrader: true, fillPolicy: 'backtrader' })
    bench.next()
    bench.broker.cancel(first)
    expect(bench.broker.working()).toHaveLength(1)
  })
})
