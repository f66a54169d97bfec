import { describe, expect, it } from 'vitest'
import { noSlippage, type SlippageRules } from '../../../core/broker/slippage.ts'
import type { Candle } from '../../helpers/bars-of.ts'
import { brokerBench, type Wanted } from '../../helpers/broker-bench.ts'

const before: Candle = [100, 101, 99, 100]

/** Fill prices of an order made on a plain bar, on the bars that follow. */
function fillsOf(
  size: number,
  wanted: Wanted,
  bars: readonly Candle[],
  slippage: SlippageRules = noSlippage,
): number[] {
  const bench = brokerBench([[before, ...bars]], { rules: { slippage } })
  bench.next()
  bench.order(size, wanted)
  while (bench.next());
  return bench.fills.map(({ price }) => price)
}

const wide: Candle = [100, 112, 90, 95]
const rising: Candle = [100, 112, 90, 108]
const later: Candle = [94, 96, 93, 95]

describe('the worked checks of the reference system (01 section 8.3)', () => {
  const cases: readonly (readonly [string, number, Wanted, readonly Candle[], readonly number[]])[] = [
    ['buy stop-limit 110/111 fills at its stop', 1, { type: 'stopLimit', price: 110, limit: 111 }, [wide], [110]],
    [
      'buy stop-limit 110/96 fills at its limit on the way down',
      1,
      { type: 'stopLimit', price: 110, limit: 96 },
      [wide],
      [96],
    ],
    [
      'buy stop-limit 110/94 waits for the next bar',
      1,
      { type: 'stopLimit', price: 110, limit: 94 },
      [wide, later],
      [94],
    ],
    [
      'buy stop-limit 110/111 on a rising bar fills at its stop',
      1,
      { type: 'stopLimit', price: 110, limit: 111 },
      [rising],
      [110],
    ],
    [
      'buy stop-limit 110/105 on a rising bar does not fill',
      1,
      { type: 'stopLimit', price: 110, limit: 105 },
      [rising],
      [],
    ],
    [
      'buy stop-limit 110/112 through a gap',
      1,
      { type: 'stopLimit', price: 110, limit: 112 },
      [[113, 115, 100, 108]],
      [112],
    ],
    ['sell stop 98 through a gap fills at the open', -1, { type: 'stop', price: 98 }, [[97, 98, 96, 97]], [97]],
    ['buy limit above the open fills at the open', 1, { type: 'limit', price: 102 }, [wide], [100]],
    ['buy limit inside the bar fills at the limit', 1, { type: 'limit', price: 92 }, [wide], [92]],
    ['sell limit inside the bar fills at the limit', -1, { type: 'limit', price: 110 }, [wide], [110]],
    ['a daily close order fills at the next close', 1, { type: 'close' }, [wide], [95]],
    ['a market order fills at the next open', 1, {}, [wide], [100]],
  ]
  for (const [title, size, wanted, bars, prices] of cases) {
    it(title, () => expect(fillsOf(size, wanted, bars)).toEqual(prices))
  }
})

describe('slippage', () => {
  const slips = (rules: Partial<SlippageRules>) =>
    fillsOf(1, {}, [[100, 101, 99, 100]], { ...noSlippage, points: 5, atOpen: true, ...rules })

  it('ends at the bar’s high', () => expect(slips({})).toEqual([101]))
  it('beyond the bar does not fill without match', () => expect(slips({ match: false, matchLimit: false })).toEqual([]))
  it('may leave the bar when told so', () => expect(slips({ outside: true })).toEqual([105]))
  it('spares the open when told so', () => expect(slips({ atOpen: false })).toEqual([100]))
})

describe('trailing stops', () => {
  it('follow the closes and never the highs (T-04)', () => {
    const bench = brokerBench([
      [
        [100, 100, 100, 100],
        [104, 120, 104, 109],
        [109, 112, 104, 104],
      ],
    ])
    bench.next()
    bench.order(1)
    const { orders } = bench.broker
    const row = orders.add(0, -1, 5, 1)
    orders.setTrail(row, 5, Number.NaN)
    bench.broker.stamp(row)
    expect(orders.price[row]).toBe(95)
    bench.broker.submit(row)
    bench.next()
    expect(orders.price[row]).toBe(104)
    bench.next()
    expect(bench.fills.at(-1)).toMatchObject({ order: row, price: 104 })
  })
})

describe('one bar that touches stop and target', () => {
  const bars: readonly Candle[] = [before, [100, 101, 99, 100], [100, 106, 94, 100]]
  function exits(
    fillPolicy: 'pessimistic' | 'optimistic' | 'backtrader',
    last: Candle = [100, 106, 94, 100],
  ): number[] {
    const bench = brokerBench([[...bars.slice(0, 2), last]], { rules: { fillPolicy } })
    bench.next()
    const entry = bench.order(1, { transmit: false })
    bench.order(-1, { type: 'stop', price: 95, parent: entry, transmit: false })
    bench.order(-1, { type: 'limit', price: 105, parent: entry })
    while (bench.next());
    expect(bench.fills.filter(({ size }) => size < 0)).toHaveLength(1)
    return bench.fills.filter(({ size }) => size < 0).map(({ price }) => price)
  }

  it('ends at the stop for a pessimist', () => expect(exits('pessimistic')).toEqual([95]))
  it('ends at the stop upstream, whose queue holds it first', () => expect(exits('backtrader')).toEqual([95]))
  it('ends at the target for an optimist', () => expect(exits('optimistic')).toEqual([105]))
  it('ends at the open when that already reaches the target, even for a pessimist', () => {
    expect(exits('pessimistic', [107, 108, 94, 100])).toEqual([107])
  })
  it('ends at the open when that already reaches the stop, even for an optimist', () => {
    expect(exits('optimistic', [94, 106, 93, 100])).toEqual([94])
  })
  it('never happens in the bar of the entry (K-03)', () => {
    const bench = brokerBench([[before, [100, 130, 70, 100]]])
    bench.next()
    const entry = bench.order(1, { transmit: false })
    bench.order(-1, { type: 'stop', price: 95, parent: entry })
    bench.next()
    expect(bench.fills).toHaveLength(1)
  })
})
