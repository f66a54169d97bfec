import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { Sizer } from '../../../core/engine/sizers.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy, sma, ...api } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]

/** Quantities of the orders that `act` makes with a sizer, on four bars at 100 with a cash of 10 000. */
function quantities(sizer: Sizer | undefined, act: (i: Instrument) => void, cash = 10_000) {
  class Play extends Strategy {
    override onStart() {
      this.sizer = sizer
      this.each((i) => i.use('move', sma(i.high.minus(i.low), 1)))
    }
    override onBar(i: Instrument) {
      act(i)
    }
  }
  const result = runOn({ default: Play }, [barsOf([flat, flat, flat, flat])], { cash })
  return [...(result.orders.columns.quantity ?? [])]
}

const buyTwice = (i: Instrument) => {
  if (i.barCount < 3) i.buy()
}
const buyOnce = (i: Instrument) => {
  if (i.barCount === 1) i.buy().stop(95)
}

describe('an order without a quantity', () => {
  it('trades one unit when there is no sizer', () => expect(quantities(undefined, buyTwice)).toEqual([1, 1]))

  it('a named quantity wins over the sizer', () =>
    expect(quantities(api.fixedSize(7), (i) => i.barCount === 1 && i.buy(3))).toEqual([3]))

  it('is not sent when the sizer says nothing', () => {
    class None extends Strategy {
      override onStart() {
        this.sizer = () => 0
      }
      override onBar(i: Instrument) {
        if (i.barCount === 1) i.buy()
      }
    }
    const { orders, counts } = runOn({ default: None }, [barsOf([flat, flat])])
    expect(counts.fills).toBe(0)
    expect(orders.texts.status?.[orders.columns.status?.[0] ?? 0]).toBe('denied')
    expect(orders.texts.reason?.[orders.columns.reason?.[0] ?? 0]).toBe('size')
  })

  it('a class may name its sizer', () => {
    class Fixed extends Strategy {
      static sizer = api.fixedSize(4)
      override onBar(i: Instrument) {
        if (i.barCount === 1) i.buy()
      }
    }
    expect(runOn({ default: Fixed }, [barsOf([flat, flat])]).orders.columns.quantity?.[0]).toBe(4)
  })

  it('the run may name one for strategies without', () => {
    class Plain extends Strategy {
      override onBar(i: Instrument) {
        if (i.barCount === 1) i.buy()
      }
    }
    const sizer = { kind: 'percent', percent: 10 } as const
    const run = runOn({ default: Plain }, [barsOf([flat, flat])], { sizer, cash: 10_000 })
    expect(run.orders.columns.quantity?.[0]).toBe(10)
  })
})

describe('backtrader’s sizers (01 section 11)', () => {
  it('FixedSize: the stake, or a tranche of it in whole units', () => {
    expect(quantities(api.fixedSize(5), buyTwice)).toEqual([5, 5])
    expect(quantities(api.fixedSize(10, 3), buyTwice)).toEqual([3, 3])
  })
  it('FixedReverser: twice the stake while a position is held', () =>
    expect(quantities(api.fixedReverser(2), buyTwice)).toEqual([2, 4]))
  it('FixedSizeTarget: one tranche more than held, at most the stake', () =>
    expect(quantities(api.fixedSizeTarget(5, 2), buyTwice)).toEqual([2, 4]))
  it('PercentSizer: percent of the free cash at the last price; the whole position when there is one', () => {
    expect(quantities(api.percentOfCash(15.5), buyTwice)).toEqual([15.5, 15.5])
    expect(quantities(api.percentOfCash(15.5, { whole: true }), buyTwice)).toEqual([15, 15])
  })
  it('AllInSizer: all of the free cash', () => expect(quantities(api.allIn(), buyOnce)).toEqual([100, 100]))
})

describe('risk-based sizers', () => {
  it('riskPerTrade loses that ratio of equity at the stop: 1 % of 10 000 over 5 points', () =>
    expect(quantities(api.riskPerTrade(0.01), buyOnce)).toEqual([20, 20]))
  it('riskPerTrade counts from the price at which the order waits', () =>
    expect(quantities(api.riskPerTrade(0.01), (i) => i.barCount === 1 && i.buy().limit(99).stop(97))).toEqual([50, 50]))
  it('riskPerTrade sends nothing without a stop', () =>
    expect(quantities(api.riskPerTrade(0.01), (i) => i.barCount === 1 && i.buy())).toEqual([Number.NaN]))
  it('volatilityTarget moves equity by that ratio for one move of the line: 1 % of 10 000 over 2 points', () =>
    expect(quantities(api.volatilityTarget(0.01, 'move'), (i) => i.barCount === 1 && i.buy())).toEqual([50]))
  it('kellyFraction with known figures: 60 % wins at 1:1 is 0.2 of equity, half of it 10 units', () => {
    const known = { winRate: 0.6, payoff: 1 }
    expect(quantities(api.kellyFraction({ ...known, part: 1 }), (i) => i.barCount === 1 && i.buy())).toEqual([20])
    expect(quantities(api.kellyFraction(known), (i) => i.barCount === 1 && i.buy())).toEqual([10])
  })
  it('kellyFraction sends nothing when the odds are against it', () =>
    expect(quantities(api.kellyFraction({ winRate: 0.4, payoff: 1 }), (i) => i.barCount === 1 && i.buy())).toEqual([
      Number.NaN,
    ]))
  it('kellyFraction measures the closed trades', () => {
    const request = { side: 'buy', price: 100, stop: Number.NaN, position: 0, cash: 0, equity: 10_000 } as const
    const instrument = { multiplier: 1, lotSize: 1, last: 100 } as unknown as Instrument
    const measured = api.kellyFraction({ after: 4, part: 1, start: 0.05 })
    expect(measured({ ...request, instrument, results: [1, 1] })).toBe(5)
    // Three of four win 2 for 1 lost: 0.75 − 0.25 / 2 = 0.625
    expect(measured({ ...request, instrument, results: [2, 2, 2, -1] })).toBe(62)
  })
})
