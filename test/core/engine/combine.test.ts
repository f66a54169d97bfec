import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { describeStrategy, modules } from '../../../core/engine/kernel.ts'
import type { Order } from '../../../core/engine/order.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { combine, param, Strategy, sma } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const rise: Candle = [100, 111, 99, 110]

/** Buys on bar 1 and sells its own position on bar 3. */
class Early extends Strategy<typeof Early.params> {
  static params = { units: param.int(10, { min: 1 }) }
  override onBar(i: Instrument) {
    this.record('held', i.position)
    if (i.barCount === 1) i.buy(this.p.units).tag('early')
    if (i.barCount === 3) i.exit()
  }
}

/** Sells short on bar 2 and stays. */
class Late extends Strategy<typeof Late.params> {
  static params = { units: param.int(4, { min: 1 }) }
  told: string[] = []
  override onBar(i: Instrument) {
    if (i.barCount === 2) i.sell(this.p.units)
    if (i.barCount === 5) this.log(`${i.position} ${this.told.join()}`)
  }
  override onFill(_: Instrument, order: Order) {
    this.told.push(order.side)
  }
}

const bars = barsOf([flat, flat, flat, rise, flat])
const both = combine({ early: Early, late: Late })

describe('several strategies on one account', () => {
  const result = runOn({ default: both }, [bars])
  const texts = (table: typeof result.orders) =>
    [...(table.columns.strategy ?? [])].map((code) => table.texts.strategy?.[code])

  it('each sees its own position and fills, the account holds the sum', () => {
    expect([...(result.fills.columns.positionAfter ?? [])]).toEqual([10, 6, -4])
    expect([...(result.recorded['early.held'] ?? [])]).toEqual([0, 10, 10, 0, 0])
    expect(result.log.map(({ text }) => text)).toEqual(['-4 sell'])
  })

  it('orders and trades name their strategy', () => {
    expect(texts(result.orders)).toEqual(['early', 'late', 'early'])
    expect(texts(result.trades)).toEqual(['early', 'late'])
  })

  it('each has trades of its own, and their results add up to the account’s', () => {
    const { pnl, open, quantity } = result.trades.columns
    expect([...(quantity ?? [])]).toEqual([10, 4])
    expect([...(open ?? [])]).toEqual([0, 1])
    const sum = (pnl?.[0] ?? 0) + (result.trades.columns.gross?.[1] ?? 0)
    expect(sum).toBeCloseTo((result.equity.equity.at(-1) ?? 0) - 1_000_000, 9)
  })

  it('profile backtrader shows all of them the account’s position', () => {
    const upstream = runOn({ default: both }, [bars], { profile: 'backtrader', fillPolicy: 'backtrader' })
    expect([...(upstream.recorded['early.held'] ?? [])]).toEqual([0, 10, 6, 0, 0])
  })

  it('parameters carry the name of their strategy', () => {
    expect(describeStrategy({ default: both }).params.map(({ name }) => name)).toEqual(['early_units', 'late_units'])
    const other = runOn({ default: both }, [bars], { params: { late_units: 7 } })
    expect([...(other.orders.columns.quantity ?? [])]).toEqual([10, 7, 10])
  })

  it('a run of one has no such column', () =>
    expect(runOn({ default: Early }, [bars]).orders.columns.strategy).toBeUndefined())

  it('fees are split as the strategies trade', () => {
    const paid = runOn({ default: both }, [bars], { commission: { kind: 'fixed', perUnit: 1 } })
    expect([...(paid.trades.columns.fees ?? [])]).toEqual([20, 4])
  })
})

it('one strategy does not cancel or count the orders of another', () => {
  const seen: number[] = []
  class Wait extends Strategy {
    override onBar(i: Instrument) {
      if (i.barCount === 1) i.buy(1).limit(50)
      seen.push(i.orders.length)
    }
  }
  class Clean extends Strategy {
    override onBar(i: Instrument) {
      i.flatten()
      for (const order of i.orders) order.cancel()
    }
  }
  runOn({ default: combine({ wait: Wait, clean: Clean }) }, [barsOf([flat, flat, flat])])
  expect(seen).toEqual([1, 1, 1])
})

it('a sizer is told of the results of its own strategy', () => {
  const told: number[][] = []
  class Measured extends Strategy {
    override onBar(i: Instrument) {
      this.sizer = ({ results }) => {
        told.push([...results])
        return 1
      }
      if (i.barCount === 1 || i.barCount === 4) i.buy()
      if (i.barCount === 2) i.exit()
    }
  }
  runOn({ default: combine({ early: Early, measured: Measured }) }, [barsOf([flat, flat, rise, rise, flat])])
  expect(told).toEqual([[], [0]])
})

it('lines of two strategies do not meet', () => {
  class Named extends Strategy {
    override onStart() {
      this.each((i) => i.use('average', sma(i.close, 2)))
    }
  }
  expect(runOn({ default: combine({ a: Named, b: Named }) }, [bars]).counts.bars).toBe(5)
})

describe('what cannot be combined', () => {
  it.each([
    [{}, 'parts'],
    [{ '2nd': Early }, 'part-name'],
    [{ date: Date }, 'part'],
  ] as const)('%o is refused', (parts, reason) => {
    expect(() => combine(parts)).toThrow(
      expect.objectContaining({ code: 'strategy.shape', data: expect.objectContaining({ reason }) }),
    )
  })
})
