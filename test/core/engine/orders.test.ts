import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { Order } from '../../../core/engine/order.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const drop: Candle = [100, 100, 90, 92]
const rise: Candle = [100, 112, 100, 110]

/** Runs `act` with the bar's number (1, 2, …) on every bar. */
function play(candles: readonly Candle[], act: (i: Instrument, bar: number) => void) {
  class Play extends Strategy {
    override onBar(i: Instrument) {
      act(i, i.barCount)
    }
  }
  return runOn({ default: Play }, [barsOf(candles)])
}

function statusesOf(result: ReturnType<typeof play>) {
  const { columns, texts } = result.orders
  return [...(columns.status ?? [])].map((code) => texts.status?.[code])
}

describe('orders of a strategy', () => {
  it('a bracket ends at its stop and cancels its target', () => {
    const result = play([flat, flat, drop, flat], (i, bar) => {
      if (bar === 1) i.buy(10).target(120).stop(95)
    })
    expect(statusesOf(result)).toEqual(['filled', 'filled', 'cancelled'])
    expect([...(result.fills.columns.price ?? [])]).toEqual([100, 95])
    expect(result.trades.columns.pnl?.[0]).toBe(-50)
  })

  it('the stop of an order goes to its entry price when the target of the one that it follows has filled', () => {
    const result = play([flat, flat, rise, flat, drop], (i, bar) => {
      if (bar !== 1) return
      const first = i.buy(5).target(110).stop(95)
      i.buy(5).target(150).stop(95).breakEvenAfter(first)
    })
    expect([...(result.fills.columns.price ?? [])]).toEqual([100, 100, 110, 100])
    expect(result.trades.columns.pnl?.reduce((sum, pnl) => sum + pnl, 0)).toBe(50)
  })

  it('a stop without a target follows too, none follows a stop that was hit, and sells go the other way', () => {
    const bare = play([flat, flat, rise, flat, drop], (i, bar) => {
      if (bar !== 1) return
      const first = i.buy(5).target(110).stop(95)
      i.buy(5).stop(95).breakEvenAfter(first)
    })
    expect([...(bare.fills.columns.price ?? [])]).toEqual([100, 100, 110, 100])
    const stopped = play([flat, flat, drop, rise], (i, bar) => {
      if (bar !== 1) return
      const first = i.buy(5).target(110).stop(95)
      i.buy(5).target(111).stop(80).breakEvenAfter(first)
    })
    expect([...(stopped.fills.columns.price ?? [])]).toEqual([100, 100, 95, 111])
    const short = play([flat, flat, drop, rise], (i, bar) => {
      if (bar !== 1) return
      const first = i.sell(5).target(95).stop(130)
      i.sell(5).target(50).stop(130).breakEvenAfter(first)
    })
    expect([...(short.fills.columns.price ?? [])]).toEqual([100, 100, 95, 100])
  })

  it('prices are put on the tick grid, a limit never to the worse', () => {
    const result = play([flat, flat], (i, bar) => {
      if (bar === 1) i.buy(1).limit(95.558).target(120.001).stop(90.009)
    })
    expect([...(result.orders.columns.limit ?? [])].filter((price) => !Number.isNaN(price))).toEqual([95.55, 120.01])
    expect([...(result.orders.columns.stop ?? [])].filter((price) => !Number.isNaN(price))).toEqual([90])
  })

  it('exit closes the position and takes target and stop back', () => {
    const result = play([flat, flat, flat, flat], (i, bar) => {
      if (bar === 1) i.buy(1).target(150).stop(50)
      if (bar === 3) i.exit()
    })
    expect(statusesOf(result)).toEqual(['filled', 'cancelled', 'cancelled', 'filled'])
    expect(result.trades.columns.open?.[0]).toBe(0)
  })

  it('exit on the bar of the entry takes its sleeping target and stop back as well', () => {
    const result = play([flat, flat, flat, drop], (i, bar) => {
      if (bar === 1) i.buy(1).target(150).stop(95)
      if (bar === 2) i.exit()
    })
    expect(statusesOf(result)).toEqual(['filled', 'cancelled', 'cancelled', 'filled'])
    expect(result.counts).toMatchObject({ fills: 2, trades: 1 })
  })

  it('exit leaves the target and stop of an entry that still waits', () => {
    const result = play([flat, flat, drop, flat], (i, bar) => {
      if (bar === 1) i.buy(1).limit(95).target(150).stop(50)
      if (bar === 2) i.exit()
    })
    expect(statusesOf(result)).toEqual(['filled', 'accepted', 'accepted'])
  })

  it('flatten also takes waiting entries back', () => {
    const result = play([flat, flat, flat], (i, bar) => {
      if (bar === 1) i.buy(1).limit(10)
      if (bar === 2) i.flatten()
    })
    expect(statusesOf(result)).toEqual(['cancelled'])
  })

  it('an order withdrawn in the callback that made it was never sent', () => {
    const result = play([flat, flat], (i, bar) => {
      if (bar === 1) i.buy(1).cancel()
    })
    expect(statusesOf(result)).toEqual(['denied'])
    expect(result.counts.fills).toBe(0)
  })

  it('one cancels the other', () => {
    const result = play([flat, drop, flat], (i, bar) => {
      if (bar !== 1) return
      const low = i.buy(1).limit(95)
      i.buy(1).stopEntry(105).oneCancelsOther(low)
    })
    expect(statusesOf(result)).toEqual(['filled', 'cancelled'])
  })

  it('a stop entry buys on the way up, a stop-limit only up to its limit', () => {
    const result = play([flat, rise], (i, bar) => {
      if (bar !== 1) return
      i.buy(1).stopEntry(105)
      i.buy(2).stopEntry(106).limit(107)
    })
    expect([...(result.fills.columns.price ?? [])]).toEqual([105, 106])
  })

  it('targets trade what is missing', () => {
    const result = play([flat, flat, flat, flat], (i, bar) => {
      if (bar === 1) i.targetSize(10)
      if (bar === 2) i.targetSize(-5)
      if (bar === 3) i.targetPercent(0.5)
    })
    expect([...(result.fills.columns.positionAfter ?? [])]).toEqual([10, -5, 5_000])
  })

  it('a valid-until in the past of the next bar expires the order', () => {
    const orders: Order[] = []
    const result = play([flat, flat, flat], (i, bar) => {
      if (bar === 1)
        orders.push(
          i
            .buy(1)
            .limit(10)
            .valid(Date.UTC(2020, 0, 2)),
        )
    })
    expect(statusesOf(result)).toEqual(['expired'])
    expect(orders[0]?.reason).toBe('expired')
  })

  it('a stop is moved up behind the price', () => {
    const result = play([flat, flat, rise, [110, 110, 104, 104]], (i, bar) => {
      if (bar === 1) i.buy(1).target(150).stop(90)
      if (bar === 3) expect([i.moveStop(105.004), i.moveTarget(160)]).toEqual([true, true])
    })
    expect([...(result.fills.columns.price ?? [])]).toEqual([100, 105])
  })

  it('a contract bought outright is worth its multiplier times the price, and so are fees and gains', () => {
    class Hold extends Strategy {
      override onBar(i: Instrument) {
        if (i.barCount === 1) i.buy(2)
      }
    }
    const record = { ...workloadInstrument('GC'), multiplier: 100 }
    const instruments = [{ record, bars: barsOf([flat, flat, rise]), interval: '1d' }]
    const options = { instruments, commission: { kind: 'percent', rate: 0.001 } } as const
    const result = runOn({ default: Hold }, [], options)
    expect(result.equity.columns().cash.at(-1)).toBeCloseTo(1_000_000 - 20_000 - 20, 9)
    expect(result.equity.equity.at(-1)).toBeCloseTo(1_000_000 + 2_000 - 20, 9)
    expect(result.trades.columns.gross?.[0]).toBe(2_000)
  })

  it('an order that the cash does not cover says so', () => {
    const orders: Order[] = []
    play([flat, flat], (i, bar) => {
      if (bar === 1) orders.push(i.buy(1_000_000))
    })
    expect([orders[0]?.status, orders[0]?.reason]).toEqual(['rejected', 'margin'])
  })

  it('moves of an open trade are measured against its entry', () => {
    const result = play([flat, [100, 108, 97, 104], [103, 105, 99, 101], flat, flat], (i, bar) => {
      if (bar === 1) i.buy(1)
      if (bar === 3) i.exit()
    })
    const { mae, mfe, bars } = result.trades.columns
    expect([mae?.[0], mfe?.[0], bars?.[0]]).toEqual([3, 8, 2])
  })
})

describe('what a strategy writes', () => {
  it('recorded series have a value where one was written', () => {
    class Notes extends Strategy {
      override onBar(i: Instrument) {
        if (i.barCount !== 2) this.record('double', i.last * 2)
        this.log('bar', i.barCount)
      }
    }
    const result = runOn({ default: Notes }, [barsOf([flat, flat, flat])])
    expect([...(result.recorded.double ?? [])]).toEqual([200, Number.NaN, 200])
    expect(result.log.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['log bar 1', 'log bar 2', 'log bar 3'])
  })

  it('a log that fills up says how much it left out', () => {
    class Chatter extends Strategy {
      override onBar() {
        for (let k = 0; k < 6_000; k++) this.log(k)
      }
    }
    const { log } = runOn({ default: Chatter }, [barsOf([flat, flat])])
    expect(log).toHaveLength(10_001)
    expect(log.at(-1)).toMatchObject({ kind: 'engine', text: '2000 more lines were left out (limit 10000)' })
  })
})

it('what is noted on an order is read when it fills', () => {
  const told: unknown[] = []
  class Note extends Strategy {
    override onBar(i: Instrument) {
      if (i.barCount === 1) i.buy(1).note('reason', 'breakout').note('level', 101)
    }
    override onFill(_: Instrument, order: Order) {
      told.push(order.notes)
    }
  }
  runOn({ default: Note }, [barsOf([flat, flat])])
  expect(told).toEqual([{ reason: 'breakout', level: 101 }])
})
