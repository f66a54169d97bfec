import { describe, expect, it } from 'vitest'
import type { BrokerConfig } from '../../../core/engine/cost-config.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { fillPricesOf, fillSizesOf, play, playOn, reasonsOf, statusesOf } from '../../helpers/play.ts'
import { runOn } from '../../helpers/run-on.ts'

const flat: Candle = [100, 101, 99, 100]
const drop: Candle = [100, 100, 90, 92]
const whole = { lots: 'whole', exits: 'once' } satisfies BrokerConfig

describe('lots', () => {
  const buy = (quantity: number, broker: BrokerConfig) => {
    const record = { ...workloadInstrument('LOT'), lotSize: 10 }
    const instruments = [{ record, bars: barsOf([flat, flat, flat]), interval: '1d' }]
    return playOn([], (i, bar) => bar === 1 && i.buy(quantity).target(200).stop(50), { instruments, broker })
  }
  it('quantities are rounded down to whole lots, of the exits too', () => {
    expect([...(buy(37, whole).orders.columns.quantity ?? [])]).toEqual([30, 30, 30])
  })
  it('less than one lot is refused and says so; the run goes on', () => {
    const result = buy(7, whole)
    expect([statusesOf(result), reasonsOf(result)]).toEqual([['denied'], ['lot']])
  })
  it('stay as asked where a run does not round', () => {
    expect(fillSizesOf(buy(37, { lots: 'exact' }))).toEqual([37])
  })
  it('a position that is no whole lot is closed completely', () => {
    const record = { ...workloadInstrument('LOT'), lotSize: 10 }
    const instruments = [{ record, bars: barsOf([flat, flat, flat, flat]), interval: '1d' }]
    const broker: BrokerConfig = { ...whole, filler: { kind: 'fixed-size', size: 13 } }
    const act = (i: Instrument, bar: number) => {
      if (bar === 1) i.buy(20).immediateOrCancel()
      if (bar === 2) i.exit()
    }
    expect(fillSizesOf(playOn([], act, { instruments, broker }))).toEqual([13, -13])
  })
})

describe('closing twice before the fill', () => {
  const twice = (close: (i: Instrument) => void, broker: BrokerConfig) =>
    fillSizesOf(
      play(
        [flat, flat, flat, flat, flat],
        (i, bar) => {
          if (bar === 1) i.buy(10)
          if (bar !== 2) return
          close(i)
          close(i)
        },
        { broker },
      ),
    )
  it.each([
    ['exit', (i: Instrument) => i.exit()],
    ['closePosition', (i: Instrument) => i.closePosition()],
    ['flatten', (i: Instrument) => i.flatten()],
    ['targetSize(0)', (i: Instrument) => i.targetSize(0)],
    ['targetPercent(0)', (i: Instrument) => i.targetPercent(0)],
  ])('%s leaves the position flat', (_, close) => expect(twice(close, whole)).toEqual([10, -10]))
  it('sells twice where a run counts each', () => expect(twice((i) => i.exit(), {})).toEqual([10, -10, -10]))
  it('a target asked for twice is traded once', () => {
    expect(twice((i) => i.targetSize(25), whole)).toEqual([10, 15])
    expect(twice((i) => i.targetValue(2_500), whole)).toEqual([10, 15])
  })
  it('exit after a part was sold by hand sells the rest', () => {
    const result = play(
      [flat, flat, flat, flat],
      (i, bar) => {
        if (bar === 1) i.buy(10)
        if (bar !== 2) return
        i.sell(4)
        i.exit()
      },
      { broker: whole },
    )
    expect(fillSizesOf(result)).toEqual([10, -4, -6])
  })
})

describe('how long an order may wait', () => {
  const waits = (valid: (order: ReturnType<Instrument['buy']>) => void, bars = 5) => {
    const seen: string[] = []
    play(
      Array.from({ length: bars }, () => flat),
      (i, bar) => {
        if (bar === 1) valid(i.buy(1).limit(50).tag('x'))
        seen.push(i.orders.length > 0 ? 'works' : 'ended')
      },
    )
    return seen.filter((word) => word === 'works').length
  }
  it('good till cancelled by itself', () => expect(waits(() => undefined)).toBe(5))
  it('two bars', () => expect(waits((order) => order.validBars(2))).toBe(3))
  it('until a moment', () => expect(waits((order) => order.valid(Date.UTC(2020, 0, 4)))).toBe(3))
  it('for a duration', () => expect(waits((order) => order.validFor(2 * 86_400_000))).toBe(3))
  it('through a date at the exchange', () => expect(waits((order) => order.valid('2020-01-03'))).toBe(3))
  it('for the trading day in which it can first fill', () => expect(waits((order) => order.valid('day'))).toBe(2))
  it('at once or never', () => expect(waits((order) => order.immediateOrCancel())).toBe(1))
  it('a number that is no time, and a text that is no date, are refused', () => {
    expect(() => waits((order) => order.valid(3))).toThrow('order.invalid')
    expect(() => waits((order) => order.valid('tomorrow'))).toThrow('order.invalid')
    expect(() => waits((order) => order.validBars(0))).toThrow('order.invalid')
    expect(() => waits((order) => order.validFor(-1))).toThrow('order.invalid')
  })
})

describe('orders that want everything at once', () => {
  const broker: BrokerConfig = { filler: { kind: 'fixed-size', size: 30 } }
  const bought = (shape: (order: ReturnType<Instrument['buy']>) => unknown) => {
    const result = play([flat, flat, flat, flat, flat], (i, bar) => bar === 1 && shape(i.buy(100).limit(102)), {
      broker,
    })
    return [fillSizesOf(result), statusesOf(result), reasonsOf(result)]
  }
  it('a filler splits an ordinary order over the bars', () => {
    expect(bought(() => undefined)).toEqual([[30, 30, 30, 10], ['filled'], ['']])
  })
  it('immediate-or-cancel keeps the part of the first bar', () => {
    expect(bought((order) => order.immediateOrCancel())).toEqual([[30], ['cancelled'], ['immediate']])
  })
  it('fill-or-kill takes no part', () => {
    expect(bought((order) => order.fillOrKill())).toEqual([[], ['cancelled'], ['immediate']])
  })
  it('all-or-none waits for a bar that can fill it', () => {
    const result = play([flat, flat, [100, 101, 99, 100, 5_000]], (i, bar) => bar === 1 && i.buy(2_000).allOrNone(), {
      broker: { filler: { kind: 'fixed-size', size: null } },
    })
    expect(fillSizesOf(result)).toEqual([2_000])
  })
})

describe('a bracket made by hand', () => {
  it('sleeps until its last child is sent and works as one', () => {
    const result = play([flat, flat, drop, flat], (i, bar) => {
      if (bar !== 1) return
      const entry = i.buy(10).transmit(false)
      i.sell(10).stopEntry(95).parent(entry).transmit(false)
      i.sell(10).limit(120).parent(entry)
    })
    expect(statusesOf(result)).toEqual(['filled', 'filled', 'cancelled'])
    expect(fillPricesOf(result)).toEqual([100, 95])
  })
  it('is never sent when nobody sends its last child', () => {
    const result = play([flat, flat, drop], (i, bar) => bar === 1 && i.buy(10).transmit(false))
    expect(fillPricesOf(result)).toEqual([])
  })
})

describe('trailing stops', () => {
  const bars: readonly Candle[] = [flat, flat, [100, 120, 100, 109], [109, 112, 104, 104]]
  const exitPrice = (broker: BrokerConfig) =>
    fillPricesOf(
      play(
        bars,
        (i, bar) => {
          if (bar === 1) i.buy(1)
          if (bar === 2) i.sell(1).trailBy(5)
        },
        { broker },
      ),
    ).at(-1)
  it('follow the closes', () => expect(exitPrice({})).toBe(104))
  it('or the highs, when a run says so', () => expect(exitPrice({ trailSource: 'high-low' })).toBe(109))
})

describe('cheats', () => {
  it('on close: a market order fills at the close that made it, unless it opts out', () => {
    const rising: readonly Candle[] = [flat, [105, 106, 104, 105], flat]
    const result = play(
      rising,
      (i, bar) => {
        if (bar !== 1) return
        i.buy(1)
        i.buy(2).noCheat()
      },
      { broker: { cheatOnClose: true } },
    )
    expect(fillPricesOf(result)).toEqual([100, 105])
  })
})

describe('orders of the past', () => {
  it('are booked at their own price and time, and become trades', () => {
    const bought = { instrument: 'SIM-1', time: Date.UTC(2020, 0, 2, 15), size: 10, price: 97.5 }
    const sold = { instrument: 'SIM-1', time: Date.UTC(2020, 0, 3, 16), size: -10, price: 103.25 }
    const result = play([flat, flat, flat, flat], () => undefined, { broker: { history: [sold, bought] } })
    expect(fillPricesOf(result)).toEqual([97.5, 103.25])
    expect([...(result.fills.columns.time ?? [])]).toEqual([bought.time, sold.time])
    expect(result.trades.columns.pnl?.[0]).toBe(57.5)
    expect(result.orders.texts.type?.[result.orders.columns.type?.[0] ?? 0]).toBe('historical')
  })
  it('are never refused for want of cash: they have happened', () => {
    const bought = { instrument: 'SIM-1', time: Date.UTC(2020, 0, 2), size: 1_000, price: 100 }
    const result = play([flat, flat], () => undefined, { cash: 10, broker: { history: [bought] } })
    expect(statusesOf(result)).toEqual(['filled'])
    expect(result.equity.columns().cash.at(-1)).toBe(10 - 100_000)
  })
  it('of an unknown instrument are refused by name', () => {
    const history = [{ instrument: 'NONE', time: 0, size: 1, price: 1 }]
    expect(() => play([flat], () => undefined, { broker: { history } })).toThrow('instrument.unknown')
  })
})

describe('money and funds', () => {
  const second = Date.UTC(2020, 0, 3)
  it('money paid in buys shares, and leaves the value of one where it is', () => {
    const broker: BrokerConfig = { fund: { start: 100 }, cashFlows: [{ time: second, amount: 500 }] }
    const result = play([flat, flat, flat], () => undefined, { cash: 1_000, broker })
    expect([...result.equity.columns().cash]).toEqual([1_000, 1_500, 1_500])
    expect([...(result.recorded['fund-shares'] ?? [])]).toEqual([10, 15, 15])
    expect([...(result.recorded['fund-value'] ?? [])]).toEqual([100, 100, 100])
  })
  it('a fund’s own books stand instead of the account’s figures from their time on', () => {
    const history = [
      { time: second, share: 50, value: 2_000 },
      { time: second + 86_400_000, share: 55, value: 2_200 },
    ]
    const broker: BrokerConfig = { fund: { start: 100, history } }
    const result = play([flat, flat, flat, flat], (i, bar) => bar === 1 && i.buy(1), { cash: 1_000, broker })
    const { cash, equity } = result.equity.columns()
    expect([...equity]).toEqual([1_000, 2_000, 2_200, 2_200])
    // One unit at 100 is held
    expect([...cash].slice(1)).toEqual([1_900, 2_100, 2_100])
    expect([...(result.recorded['fund-value'] ?? [])]).toEqual([100, 50, 55, 55])
    expect([...(result.recorded['fund-shares'] ?? [])]).toEqual([10, 40, 40, 40])
  })
  it('a strategy pays in and takes out itself', () => {
    class Saver extends modules.tickwright.Strategy {
      override onBar(i: Instrument) {
        if (i.barCount === 1) this.deposit(250)
        if (i.barCount === 2) this.withdraw(50)
      }
    }
    const result = runOn({ default: Saver }, [barsOf([flat, flat, flat, flat])], { cash: 1_000 })
    expect([...result.equity.columns().cash]).toEqual([1_000, 1_250, 1_200, 1_200])
  })
})

describe('commission schemes', () => {
  const cashAfter = (options: object, candles: readonly Candle[] = [flat, flat]) =>
    play(candles, (i, bar) => bar === 1 && i.buy(10), { cash: 100_000, ...options })
      .equity.columns()
      .cash.at(-1)
  it('leverage halves what a purchase takes', () => {
    expect(cashAfter({ commission: { kind: 'none', leverage: 2 } })).toBe(100_000 - 500)
  })
  it('interest on long positions is charged for each day', () => {
    const commission = { kind: 'none', interest: 0.365, interestLong: true } as const
    expect(cashAfter({ commission }, [flat, flat, flat, flat])).toBeCloseTo(100_000 - 1_000 - 2, 9)
  })
  it('a futures fee may be a rate of the contract’s value', () => {
    const commission = { kind: 'futures', perContract: 0, rate: 0.01, margin: 10, multiplier: 5 } as const
    expect(cashAfter({ commission })).toBeCloseTo(100_000 - 100 - 10 * 100 * 5 * 0.01, 9)
  })
  it('margin may be a ratio of the price', () => {
    const commission = { kind: 'futures', perContract: 0, margin: 1, autoMargin: 0.1, multiplier: 1 } as const
    expect(cashAfter({ commission })).toBeCloseTo(100_000 - 100, 9)
  })
  it('one instrument can have its own', () => {
    const broker = { commissions: { 'SIM-1': { kind: 'fixed', perUnit: 3 } } } as const
    expect(cashAfter({ broker })).toBe(100_000 - 1_000 - 30)
  })
})
