// Long because it is the defect register, row by row.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { orderFlag } from '../../core/broker/order-table.ts'
import type { BrokerRules } from '../../core/broker/rules.ts'
import { noSlippage } from '../../core/broker/slippage.ts'
import { backtestConfigSchema } from '../../core/contract/schemas.ts'
import { brokerRules } from '../../core/engine/broker-config.ts'
import type { BrokerConfig } from '../../core/engine/cost-config.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import type { BacktestInput } from '../../core/engine/kernel.ts'
import { vwr } from '../../core/reports/analyzers/ratios.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import { crossConfig } from '../helpers/a-service.ts'
import { barsOf, type Candle } from '../helpers/bars-of.ts'
import { brokerBench } from '../helpers/broker-bench.ts'
import { fillPricesOf, fillSizesOf, play, playOn, reasonsOf, statusesOf } from '../helpers/play.ts'

const quiet: Candle = [100, 101, 99, 100]
const upstreamRules: Partial<BrokerRules> = { backtrader: true, fillPolicy: 'backtrader' }
const upstream: Partial<BacktestInput> = { profile: 'backtrader', fillPolicy: 'backtrader' }
const dayMs = 86_400_000
type Act = (i: Instrument, bar: number) => void

/** The rows of the defect register (01 section 30) that concern engine, broker and data; the others have tests of their own. */
describe('X-01: an index before the first bar', () => {
  it.each([{}, upstream])('is an error and never the end of the data (%o)', (profile) => {
    const back: Act = (i) => i.close.at(i.barCount)
    expect(() => play([quiet, quiet], back, profile)).toThrow('strategy.history')
    expect(() => play([quiet, quiet], (i) => i.close.at(-1), profile)).toThrow('strategy.look-ahead')
  })
})

describe('X-02: a limit order on an instrument whose bars lag', () => {
  const run = (profile: Partial<BacktestInput>) => {
    const late = barsOf(
      [
        [50, 51, 49, 50],
        [52, 53, 51, 52],
      ],
      Date.UTC(2020, 0, 1),
      3 * dayMs,
    )
    const act: Act = (i, bar) => {
      if (i.index === 0 && bar === 4) for (const other of both) if (other.index === 1) other.buy(1).limit(50.5)
      if (!both.includes(i)) both.push(i)
    }
    const both: Instrument[] = []
    return playOn([barsOf([quiet, quiet, quiet, quiet, quiet, quiet, quiet]), late], act, profile)
  }
  it('waits for its instrument’s next bar', () => {
    expect(fillPricesOf(run({}))).toEqual([])
  })
  it('fills on the stale bar, stamped before it was made, in profile backtrader', () => {
    const result = run(upstream)
    expect(fillPricesOf(result)).toEqual([50])
    expect(result.fills.columns.time?.[0]).toBeLessThan(result.orders.columns.createdTime?.[0] ?? 0)
  })
})

describe('X-03: an order that the cash does not cover', () => {
  const run = (profile: Partial<BacktestInput>) =>
    statusesOf(
      play(
        [quiet, quiet],
        (i, bar) => {
          if (bar !== 1) return
          i.buy(10_000)
          i.buy(1)
        },
        { cash: 1_000, ...profile },
      ),
    )
  it('leaves the next one alone', () => expect(run({})).toEqual(['rejected', 'filled']))
  it('takes the next one with it in profile backtrader', () => expect(run(upstream)).toEqual(['rejected', 'rejected']))

  const cancelled = (rules: Partial<BrokerRules>) => {
    const bench = brokerBench([[quiet, quiet]], { rules })
    bench.next()
    return bench.broker.cancel(bench.order(1))
  }
  it('an order can be cancelled before it is accepted', () => expect(cancelled({})).toBe(true))
  it('not in profile backtrader', () => expect(cancelled(upstreamRules)).toBe(false))
})

describe('X-04: validity', () => {
  const bars = Array.from({ length: 5 }, (): Candle => [100, 101, 99, 100])
  const survives = (valid: number | string, profile: Partial<BacktestInput>) => {
    let worked = 0
    play(
      bars,
      (i, bar) => {
        if (bar === 1) i.buy(1).limit(50).valid(valid)
        else if (i.orders.length > 0) worked++
      },
      profile,
    )
    return worked
  }
  it('a day order made on a daily bar lives for the day in which it can fill', () =>
    expect(survives('day', {})).toBe(1))
  it('it is over before that day in profile backtrader', () => expect(survives('day', upstream)).toBe(0))
  it('0 is a day order', () => expect(survives(0, {})).toBe(1))
  it('0 never ends in profile backtrader', () => expect(survives(0, upstream)).toBe(4))
  it('a date lasts through its day', () => expect(survives('2020-01-03', {})).toBe(2))
  it('a date ends at its first instant in profile backtrader', () => expect(survives('2020-01-03', upstream)).toBe(1))
  it('a small number is refused', () => expect(() => survives(3, {})).toThrow('order.invalid'))
  it('it is a moment long past in profile backtrader', () => expect(survives(3, upstream)).toBe(0))
  it('a daily bar alone never ends a day order made at the broker', () => {
    const bench = brokerBench([[quiet, quiet, quiet]])
    bench.next()
    const row = bench.broker.orders.add(0, 1, 2, 1)
    bench.broker.orders.price[row] = 50
    bench.broker.orders.set(row, orderFlag.day)
    bench.broker.stamp(row)
    bench.broker.submit(row)
    bench.next()
    expect(bench.status(row)).toBe('accepted')
  })
})

describe('X-05: prices beyond the bar', () => {
  const sellLimit = (profile: Partial<BacktestInput>) =>
    fillPricesOf(
      play([quiet, [110, 111, 105, 108]], (i, bar) => bar === 1 && i.sell(1).limit(95), {
        slippage: { kind: 'fixed', points: 20 },
        ...profile,
      }),
    )
  it('slippage of a sell limit ends at the bar’s low', () => expect(sellLimit({})).toEqual([105]))
  it('it goes on to the limit in profile backtrader', () => expect(sellLimit(upstream)).toEqual([95]))

  const returns = (broker: BrokerConfig, profile: Partial<BacktestInput> = {}) =>
    fillPricesOf(
      play([quiet, [100, 112, 90, 104]], (i, bar) => bar === 1 && i.buy(1).stopEntry(110).limit(105), {
        broker,
        ...profile,
      }),
    )
  it('a rising bar that closes under the limit again does not fill a triggered stop-limit, in both profiles', () => {
    expect(returns({})).toEqual([])
    expect(returns({}, upstream)).toEqual([])
  })
  it('it does with stopLimitReturn: the price has passed the limit on its way down', () => {
    expect(returns({ stopLimitReturn: true })).toEqual([105])
  })
})

describe('X-06: choosing slippage lets fills at the open slip too', () => {
  const slippage = { kind: 'fixed', points: 0.5 } as const
  const rules = (config: object) =>
    brokerRules({ fillPolicy: 'pessimistic', profile: 'default', slippage, ...config } as BacktestInput).slippage
  it.each([{}, upstream])('in both profiles (%o)', (profile) => {
    expect(rules(profile).atOpen).toBe(true)
    const buy: Act = (i, bar) => bar === 1 && i.buy(1)
    expect(fillPricesOf(play([quiet, quiet], buy, { slippage, ...profile }))).toEqual([100.5])
  })
  it('unless a run says otherwise', () => {
    const kept = { ...slippage, atOpen: false }
    expect(rules({ slippage: kept }).atOpen).toBe(false)
    const buy: Act = (i, bar) => bar === 1 && i.buy(1)
    expect(fillPricesOf(play([quiet, quiet], buy, { slippage: kept }))).toEqual([100])
  })
  it('the broker by itself does not slip at the open, as upstream’s constructor', () => {
    expect(noSlippage.atOpen).toBe(false)
  })
})

describe('X-10: an order of a pair that is filled in part', () => {
  const pair = (ocoOn: 'execution' | 'completion' | undefined, profile: Partial<BacktestInput> = {}) => {
    const act: Act = (i, bar) => {
      if (bar !== 1) return
      const one = i.buy(50).limit(100)
      i.buy(50).limit(90).oneCancelsOther(one)
    }
    const broker = { filler: { kind: 'fixed-size', size: 30 }, ocoOn } as const
    return statusesOf(play([quiet, quiet], act, { broker, ...profile }))
  }
  it('ends the other at once, in both profiles', () => {
    expect(pair(undefined)).toEqual(['partially-filled', 'cancelled'])
    expect(pair(undefined, upstream)).toEqual(['partially-filled', 'cancelled'])
  })
  it('leaves it until all is filled, when a run says so', () => {
    expect(pair('completion')).toEqual(['partially-filled', 'accepted'])
  })
})

describe('X-11: an exit of a bracket that is filled in part', () => {
  const bars: readonly Candle[] = [
    quiet,
    [100, 101, 99, 100, 5_000],
    [100, 111, 99, 100, 30],
    [100, 101, 85, 90, 5_000],
  ]
  const sizes = (resizeExits: boolean | undefined, profile: Partial<BacktestInput> = {}) => {
    const broker = { filler: { kind: 'fixed-size', size: null }, resizeExits } as const
    const act: Act = (i, bar) => bar === 1 && i.buy(50).target(110).stop(95)
    return fillSizesOf(play(bars, act, { broker, ...profile }))
  }
  it('leaves its sibling at full size in both profiles: the position turns', () => {
    expect(sizes(undefined)).toEqual([50, -30, -50])
    expect(sizes(undefined, upstream)).toEqual([50, -30, -50])
  })
  it('reduces its sibling with resizeExits', () => expect(sizes(true)).toEqual([50, -30, -20]))
})

describe('X-14: losses beyond the margin', () => {
  const falling: readonly Candle[] = [quiet, quiet, [95, 95, 90, 90], [80, 81, 79, 80], quiet]
  const futures = { kind: 'futures', perContract: 0, margin: 1_000, multiplier: 100 } as const
  const run = (broker: BrokerConfig, profile: Partial<BacktestInput> = {}) =>
    play(falling, (i, bar) => bar === 1 && i.buy(1), { cash: 1_500, commission: futures, broker, ...profile })
  it('have no consequence in either profile: cash falls below zero', () => {
    for (const profile of [{}, upstream]) {
      const result = run({}, profile)
      expect(result.equity.columns().cash[3]).toBe(1_500 - 1_000 - 2_000)
      expect(fillSizesOf(result)).toEqual([1])
    }
  })
  it('close the position at the next open when the run has a margin call', () => {
    const result = run({ marginCall: { maintenance: 0.75 } })
    expect(fillSizesOf(result)).toEqual([1, -1])
    expect(fillPricesOf(result)).toEqual([100, 80])
    expect(reasonsOf(result)).toEqual(['', 'margin-call'])
    expect(result.log[0]?.text).toBe('Margin call: the account is worth 500, its positions need 750.')
  })
  it('take waiting orders back with it', () => {
    const act: Act = (i, bar) => {
      if (bar === 1) i.buy(1).target(200)
      if (bar === 2) i.sell(1).limit(500)
    }
    const broker = { marginCall: { maintenance: 0.75 } }
    const result = play(falling, act, { cash: 1_500, commission: futures, broker })
    expect(statusesOf(result)).toEqual(['filled', 'cancelled', 'cancelled', 'filled'])
  })
})

describe('X-15: a percentage fee of a contract worth several units', () => {
  const fee = (broker: BrokerConfig, profile: Partial<BacktestInput> = {}) => {
    const record = { ...workloadInstrument('GC'), multiplier: 50 }
    const instruments = [{ record, bars: barsOf([quiet, quiet]), interval: '1d' }]
    const options = { instruments, commission: { kind: 'percent', rate: 0.01 }, broker, ...profile } as const
    return playOn([], (i, bar) => bar === 1 && i.buy(2), options).fills.columns.fee?.[0]
  }
  it('counts the multiplier', () => expect(fee({})).toBe(2 * 100 * 50 * 0.01))
  it('does not in profile backtrader', () => expect(fee({}, upstream)).toBe(2 * 100 * 0.01))
  it('and either can be asked for', () => {
    expect(fee({ feeCountsMultiplier: false })).toBe(2 * 100 * 0.01)
    expect(fee({ feeCountsMultiplier: true }, upstream)).toBe(2 * 100 * 50 * 0.01)
  })
})

describe('X-17: eosbar', () => {
  it('does not exist here: upstream accepts it and does nothing', () => {
    const parsed = backtestConfigSchema.safeParse({ ...crossConfig, broker: { eosbar: true } })
    expect(parsed.success).toBe(false)
  })
  it.each([{}, upstream])('orders at the close fill at the session’s last bar with or without it (%o)', (profile) => {
    const close: Act = (i, bar) => bar === 1 && i.buy(1).atClose()
    expect(fillPricesOf(play([quiet, [100, 105, 95, 103]], close, profile))).toEqual([103])
  })
})

describe('X-18: the variability-weighted return', () => {
  it('has upstream’s values: exponent 0.2 and limit 2, which its text has the wrong way round', () => {
    expect([vwr.params.tau?.default, vwr.params.sdev_max?.default]).toEqual([0.2, 2])
  })
})

describe('X-20: what a trade has earned', () => {
  it('counts quantity, multiplier and fees, and a reversal closes one trade and opens the next', () => {
    const record = { ...workloadInstrument('GC'), multiplier: 10 }
    const instruments = [{ record, bars: barsOf([quiet, quiet, [110, 111, 109, 110]]), interval: '1d' }]
    const act: Act = (i, bar) => {
      if (bar === 1) i.buy(3)
      if (bar === 2) i.sell(5)
    }
    const { trades } = playOn([], act, { instruments, commission: { kind: 'fixed', perUnit: 1 } })
    expect([...(trades.columns.side ?? [])]).toEqual([1, -1])
    expect(trades.columns.gross?.[0]).toBe(3 * 10 * 10)
    expect(trades.columns.pnl?.[0]).toBe(300 - 6)
  })
})

describe('the register', () => {
  /** Rows of Python itself, which cannot exist here. */
  const exempt = new Set(['X-19'])
  const root = resolve(import.meta.dirname, '..')
  const titles = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') || name.endsWith('.test.tsx'))
    .flatMap((name) => readFileSync(join(root, name), 'utf8').split('\n'))
    .filter((line) => /\b(describe|it|test)\b[.(]/.test(line) || /^\s*['"`].*X-\d\d/.test(line))
  const rows = Array.from({ length: 21 }, (_, k) => `X-${String(k + 1).padStart(2, '0')}`)
  it.each(rows.filter((row) => !exempt.has(row)))('%s is named by a test', (row) => {
    expect(titles.filter((line) => line.includes(row) || namedInRange(line, row)).length).toBeGreaterThan(0)
  })
})

/** `X-02 … X-05` names the rows between as well. */
function namedInRange(line: string, row: string): boolean {
  const [, first, last] = /X-(\d\d) … X-(\d\d)/.exec(line) ?? []
  const number = Number(row.slice(2))
  return first !== undefined && number >= Number(first) && number <= Number(last)
}
