import { describe, expect, it } from 'vitest'
import { isDomainError } from '../../../core/domain/errors.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules, runBacktest } from '../../../core/engine/kernel.ts'
import type { Order } from '../../../core/engine/order.ts'
import { Session } from '../../../core/engine/session.ts'
import { makeBars } from '../../bench/make-bars.ts'
import {
  bracketLoop,
  CrossAtMarket,
  CrossWithBracket,
  checkValues,
  crossLoop,
  workloadInput,
} from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy, param, sma } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const dayMs = 86_400_000
const start = Date.UTC(2020, 0, 1)

function failureOf(work: () => unknown) {
  try {
    work()
  } catch (failure) {
    if (isDomainError(failure)) return { code: failure.code, ...failure.data }
    throw failure
  }
  throw new Error('nothing was thrown')
}

describe('the benchmark workloads give the published figures (02-workloads)', () => {
  const workloads = [
    ['W1', CrossAtMarket, crossLoop],
    ['W2', CrossWithBracket, bracketLoop],
  ] as const
  for (const [id, strategy, loop] of workloads) {
    for (const length of [10_000, 100_000] as const) {
      it(`${id} on ${length} bars, in the engine and in the loop by hand`, () => {
        const bars = makeBars(length, 1)
        const [fills, equity] = checkValues[id][length]
        const result = runBacktest(workloadInput(strategy, [bars]))
        expect(result.counts.fills).toBe(fills)
        expect(result.equity.equity.at(-1)).toBeCloseTo(equity, 4)
        const byHand = loop(bars)
        expect(byHand.fills).toBe(fills)
        expect(byHand.equity).toBeCloseTo(equity, 4)
      })
    }
  }
})

describe('a run', () => {
  it('gives the same bytes for the same inputs', () => {
    const bars = makeBars(5_000, 3)
    const bytes = () => runBacktest(workloadInput(CrossWithBracket, [bars])).resultBytes()
    expect(bytes()).toEqual(bytes())
  })

  it('gives other bytes for other costs', () => {
    const input = workloadInput(CrossAtMarket, [makeBars(5_000, 3)])
    const dear = runBacktest({ ...input, commission: { kind: 'percent', rate: 0.001 } })
    expect(dear.resultBytes()).not.toEqual(runBacktest(input).resultBytes())
    expect(dear.metrics.fees).toBeGreaterThan(0)
  })

  it('labels an equity row with the open of its bar, and the strategy’s now with its close', () => {
    const seen: number[] = []
    class Watch extends Strategy {
      override onBar() {
        seen.push(this.now)
      }
    }
    const result = runOn({ default: Watch }, [barsOf([flat, flat])])
    expect([...result.equity.time]).toEqual([start, start + dayMs])
    expect(seen).toEqual([start + dayMs, start + 2 * dayMs])
  })

  it('starts a strategy when its lines have values', () => {
    let first = 0
    class Wait extends Strategy {
      override onStart() {
        this.each((i) => i.use('average', sma(i.close, 5)))
      }
      override onBar(i: Instrument) {
        if (first === 0) first = i.barCount
      }
    }
    runOn({ default: Wait }, [barsOf(Array.from({ length: 8 }, () => flat))])
    expect(first).toBe(5)
  })

  it('stops when it is told to, within some thousand bars', () => {
    const control = new Int32Array(new SharedArrayBuffer(4))
    const done = new Float64Array(new SharedArrayBuffer(8))
    class Stop extends Strategy {
      override onBar(i: Instrument) {
        if (i.barCount === 10_000) Atomics.store(control, 0, 1)
      }
    }
    const input = workloadInput(Stop, [makeBars(50_000, 1)])
    expect(failureOf(() => runBacktest({ ...input, progress: { control, done } }))).toEqual({ code: 'cancelled' })
    expect(done[0]).toBeLessThan(20_000)
  })
})

describe('several instruments', () => {
  it('advance by time: each bar is told once, in time order', () => {
    const told: string[] = []
    class Tell extends Strategy {
      override onBar(i: Instrument) {
        told.push(`${(this.now - start) / dayMs}${i}`)
      }
    }
    runOn({ default: Tell }, [barsOf([flat, flat, flat]), barsOf([flat, flat], start + dayMs)])
    expect(told).toEqual(['1SIM-1', '2SIM-1', '2SIM-2', '3SIM-1', '3SIM-2'])
  })

  it('share one account', () => {
    class Both extends Strategy {
      override onBar(i: Instrument) {
        if (i.flat) i.buy(10)
      }
    }
    const result = runOn({ default: Both }, [barsOf([flat, flat, flat]), barsOf([flat, flat, flat])])
    expect(result.counts.fills).toBe(2)
    expect(result.equity.columns().cash.at(-1)).toBe(1_000_000 - 2_000)
    expect(result.equity.equity.at(-1)).toBe(1_000_000)
  })
})

describe('look-ahead is impossible', () => {
  const peek = (look: (i: Instrument) => unknown) => {
    class Peek extends Strategy {
      override onBar(i: Instrument) {
        look(i)
      }
    }
    return failureOf(() => runOn({ default: Peek }, [barsOf([flat, flat])]))
  }
  it('a bar of the future is refused', () => {
    expect(peek((i) => i.close.at(-1))).toMatchObject({
      code: 'strategy.look-ahead',
      instrument: 'SIM-1',
      time: start,
    })
  })
  it('a bar before the first is refused (X-01)', () => {
    expect(peek((i) => i.close.at(1))).toMatchObject({ code: 'strategy.history', instrument: 'SIM-1' })
  })
  it('a fraction of a bar is refused', () =>
    expect(peek((i) => i.bar(0.5))).toMatchObject({ code: 'strategy.look-ahead' }))
  it('no column of the data can be reached through the instrument', () => {
    class Reach extends Strategy {
      override onBar(i: Instrument) {
        const parts = [i, i.close, this].flatMap((thing) => Object.values(thing))
        for (const part of parts) if (ArrayBuffer.isView(part)) throw new Error('a column leaked')
      }
    }
    expect(runOn({ default: Reach }, [barsOf([flat])]).counts.bars).toBe(1)
  })
})

describe('a strategy that fails', () => {
  it('is told with the bar and the instrument', () => {
    class Fail extends Strategy {
      override onBar(i: Instrument) {
        if (i.barCount === 2) throw new TypeError('boom')
      }
    }
    expect(failureOf(() => runOn({ default: Fail }, [barsOf([flat, flat])]))).toEqual({
      code: 'strategy.exception',
      time: start + dayMs,
      zone: 'UTC',
      instrument: 'SIM-1',
      message: 'TypeError: boom',
    })
  })
  it('without a class is refused', () => {
    expect(failureOf(() => runOn({}, [barsOf([flat])]))).toEqual({ code: 'strategy.shape', reason: 'default' })
    expect(failureOf(() => runOn({ default: class {} }, [barsOf([flat])]))).toMatchObject({ code: 'strategy.shape' })
  })
  it('with a parameter out of range is refused', () => {
    class One extends Strategy {
      static params = { fast: param.int(10, { min: 2, max: 20 }) }
    }
    const run = (params: Record<string, number>) => runOn({ default: One }, [barsOf([flat])], { params })
    expect(failureOf(() => run({ fast: 21 }))).toMatchObject({ code: 'param.invalid', name: 'fast' })
    expect(failureOf(() => run({ fast: 2.5 }))).toMatchObject({ code: 'param.invalid' })
    expect(failureOf(() => run({ slow: 3 }))).toMatchObject({ code: 'param.unknown', name: 'slow' })
  })
  it('with an order that cannot be is refused', () => {
    const order = (make: (i: Instrument) => void) => {
      class Bad extends Strategy {
        override onBar(i: Instrument) {
          make(i)
        }
      }
      return failureOf(() => runOn({ default: Bad }, [barsOf([flat])])).code
    }
    expect(order((i) => i.buy(-1))).toBe('order.invalid')
    expect(order((i) => i.buy(Number.NaN))).toBe('order.invalid')
    expect(order((i) => i.buy(1).limit(Number.POSITIVE_INFINITY))).toBe('order.invalid')
  })
})

describe('events of a live feed', () => {
  it('ticks fill orders and reach onTick, quotes and books theirs', () => {
    const told: string[] = []
    class Live extends Strategy {
      override onBar(i: Instrument) {
        i.buy(2).limit(99.5)
      }
      override onTick(i: Instrument) {
        told.push(`tick ${i.tick?.price} holds ${i.position}`)
      }
      override onQuote(i: Instrument) {
        told.push(`quote ${i.quote?.bid}/${i.quote?.ask}`)
      }
      override onOrderBook(i: Instrument) {
        told.push(`book ${i.orderBook?.bids.length}`)
      }
      override onFill(_: Instrument, order: Order) {
        told.push(`fill ${order.filled} @ ${order.averagePrice}`)
      }
    }
    const session = new Session(Live, workloadInput(Live, [barsOf([flat, flat])]))
    session.step()
    const time = start + dayMs
    session.apply({ kind: 'tick', instrument: 0, data: { time: time + 1, price: 100, size: 5 } })
    session.apply({ kind: 'tick', instrument: 0, data: { time: time + 2, price: 99.4, size: 5 } })
    session.apply({
      kind: 'quote',
      instrument: 0,
      data: { time: time + 3, bid: 99, ask: 99.1, bidSize: 1, askSize: 1 },
    })
    session.apply({
      kind: 'order-book',
      instrument: 0,
      data: { time: time + 4, bids: [{ price: 99, size: 1 }], asks: [] },
    })
    expect(told).toEqual(['tick 100 holds 0', 'fill 2 @ 99.4', 'tick 99.4 holds 2', 'quote 99/99.1', 'book 1'])
  })
})

describe('events of a live feed with several strategies', () => {
  it('reach each of them, and each sees the tick on its own instrument', () => {
    const told: string[] = []
    const teller = (name: string) =>
      class extends Strategy {
        override onTick(i: Instrument) {
          told.push(`${name} ${i.tick?.price}`)
        }
      }
    const { combine } = modules.tickwright
    const Both = combine({ first: teller('first'), second: teller('second') })
    const session = new Session(Both, workloadInput(Both, [barsOf([flat, flat])]))
    session.step()
    session.apply({ kind: 'tick', instrument: 0, data: { time: start + dayMs + 1, price: 100, size: 5 } })
    expect(told).toEqual(['first 100', 'second 100'])
  })
})

describe('instruments on one grid of times', () => {
  class Hold extends Strategy {
    override onBar(i: Instrument) {
      if (i.barCount === 1) i.buy(1)
    }
  }
  const one = barsOf([flat, flat, flat, flat])

  it('give the rows that they give beside one whose bars come at other times', () => {
    const together = runOn({ default: Hold }, [one, one])
    const late = barsOf([flat, flat])
    for (const column of [late.time, late.closeTime]) for (let i = 0; i < 2; i++) column[i] = (column[i] as number) + 1
    const apart = runOn({ default: Hold }, [one, one, late])
    expect([...together.equity.time]).toEqual([...one.time])
    for (const time of one.time) expect(apart.equity.time).toContain(time)
    expect(together.counts.fills).toBe(2)
    expect(together.equity.equity.at(-1)).toBe(1_000_000)
  })

  it('are told apart when only their opens differ', () => {
    const other = barsOf([flat, flat, flat, flat])
    other.time[2] = (other.time[2] as number) - 5
    expect([...runOn({ default: Hold }, [one, other]).equity.time]).toEqual([...other.time])
  })
})
