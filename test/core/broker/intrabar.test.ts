import { describe, expect, it } from 'vitest'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { type BacktestInput, modules } from '../../../core/engine/kernel.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { fillPricesOf, fillSizesOf, play, playOn, reasonsOf, statusesOf } from '../../helpers/play.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy } = modules.tickwright
const hourMs = 3_600_000
const start = Date.UTC(2020, 0, 1)
const quiet: Candle = [100, 101, 99, 100]
type Act = (i: Instrument, bar: number) => void

/** Bracket from bar 1: in at the next open, target 105, stop 95. */
const bracket: Act = (i, bar) => bar === 1 && i.buy(1).target(105).stop(95)

describe('fill policy ohlc-path: open, nearer extreme, other extreme, close', () => {
  const path = (candles: readonly Candle[], act: Act, more: Partial<BacktestInput> = {}) =>
    play(candles, act, { fillPolicy: 'ohlc-path', ...more })

  it('a bar whose low is nearer to its open meets the stop first', () => {
    expect(fillPricesOf(path([quiet, quiet, [98, 106, 94, 100]], bracket))).toEqual([100, 95])
  })
  it('a bar whose high is nearer to its open meets the target first', () => {
    expect(fillPricesOf(path([quiet, quiet, [102, 106, 94, 100]], bracket))).toEqual([100, 105])
  })
  it('at equal distance a rising bar falls first', () => {
    expect(fillPricesOf(path([quiet, quiet, [100, 106, 94, 103]], bracket))).toEqual([100, 95])
    expect(fillPricesOf(path([quiet, quiet, [100, 106, 94, 97]], bracket))).toEqual([100, 105])
  })
  it('what the open already passes fills at the open', () => {
    expect(fillPricesOf(path([quiet, quiet, [93, 106, 92, 100]], bracket))).toEqual([100, 93])
  })
  it('exits can fill in the bar of their entry, on the rest of the path', () => {
    expect(fillPricesOf(path([quiet, [100, 106, 99, 104]], bracket))).toEqual([100, 105])
    const limitEntry: Act = (i, bar) => bar === 1 && i.buy(1).limit(96).target(105).stop(93)
    // Down to 94, up to 106: in at 96, never at the stop, out at 105
    expect(fillPricesOf(path([quiet, [98, 106, 94, 100]], limitEntry))).toEqual([96, 105])
    // Up first: the entry comes with the fall, and the stop on the same way
    expect(fillPricesOf(path([quiet, [104, 106, 92, 93]], limitEntry))).toEqual([96, 93])
  })
  it('two entries fill in the order in which the price comes by', () => {
    const both: Act = (i, bar) => {
      if (bar !== 1) return
      const high = i.buy(1).stopEntry(105)
      i.buy(2).limit(95).oneCancelsOther(high)
    }
    expect(fillPricesOf(path([quiet, [98, 106, 94, 100]], both))).toEqual([95])
    expect(fillPricesOf(path([quiet, [103, 106, 94, 100]], both))).toEqual([105])
  })
  it('a stop-limit triggers on the way and fills when the price comes back to its limit', () => {
    const stopLimit: Act = (i, bar) => bar === 1 && i.buy(1).stopEntry(105).limit(102)
    // Up through 105 to 106, then down to 94: passes 102 after the trigger
    expect(fillPricesOf(path([quiet, [101, 106, 94, 95]], stopLimit))).toEqual([102])
    // Down first, up to 106 last, close 105.5: never back at 102
    expect(fillPricesOf(path([quiet, [96, 106, 95, 105.5]], stopLimit))).toEqual([])
  })
  it('a stop slips up to the bar’s edge, a limit does not slip inside the bar', () => {
    const slippage = { kind: 'fixed', points: 3 } as const
    const stop: Act = (i, bar) => bar === 1 && i.buy(1).stopEntry(103)
    expect(fillPricesOf(path([quiet, [100, 105, 99, 104]], stop, { slippage }))).toEqual([105])
    const limit: Act = (i, bar) => bar === 1 && i.buy(1).limit(97)
    expect(fillPricesOf(path([quiet, [100, 105, 96, 104]], limit, { slippage }))).toEqual([97])
  })
  it('a filler gives an order one part a bar', () => {
    const broker = { filler: { kind: 'fixed-size', size: 30 } } as const
    const buy: Act = (i, bar) => bar === 1 && i.buy(100)
    expect(fillSizesOf(path([quiet, quiet, quiet, quiet, quiet], buy, { broker }))).toEqual([30, 30, 30, 10])
  })
  it('a trail that follows the highs is caught on the way down of the same bar', () => {
    const trail: Act = (i, bar) => {
      if (bar === 1) i.buy(1)
      if (bar === 2) i.sell(1).trailBy(5)
    }
    const bars: readonly Candle[] = [quiet, quiet, [100, 110, 98, 99]]
    expect(fillPricesOf(path(bars, trail, { broker: { trailSource: 'high-low' } }))).toEqual([100, 105])
    expect(fillPricesOf(path(bars, trail))).toEqual([100])
  })
  it('orders at the close see the whole bar', () => {
    const close: Act = (i, bar) => bar === 1 && i.buy(1).atClose()
    expect(fillPricesOf(path([quiet, [100, 105, 95, 103]], close))).toEqual([103])
  })
})

describe('fill policy magnified: finer bars decide', () => {
  /** Days of which the third is given hour by hour. */
  const run = (hours: readonly Candle[], act: Act, day: Candle = [100, 106, 94, 100], last: readonly Candle[] = []) => {
    const bars = barsOf([quiet, quiet, day, ...last])
    const instruments = [
      {
        record: { ...workloadInstrument('X'), tickSize: 0.01 },
        bars,
        interval: '1d',
        finer: barsOf(hours, start + 48 * hourMs, hourMs),
      },
    ]
    return playOn([], act, { instruments, fillPolicy: 'magnified' })
  }
  const up: readonly Candle[] = [
    [100, 106, 100, 105],
    [105, 105, 94, 100],
  ]
  const down: readonly Candle[] = [
    [100, 100, 94, 95],
    [95, 106, 95, 100],
  ]

  it('the target that came first wins, whatever the pessimist says of the day', () => {
    expect(fillPricesOf(run(up, bracket))).toEqual([100, 105])
    expect(fillPricesOf(run(down, bracket))).toEqual([100, 95])
  })
  it('a fill is stamped with its finer bar', () => {
    expect([...(run([quiet, ...up], bracket).fills.columns.time ?? [])].at(-1)).toBe(start + 49 * hourMs)
  })
  it('exits may fill later on the day of their entry', () => {
    const entry: Act = (i, bar) => bar === 2 && i.buy(1).target(105).stop(95)
    expect(fillPricesOf(run([[100, 101, 99, 100], ...up], entry))).toEqual([100, 105])
  })
  it('bars without finer ones are matched whole, and the log counts them', () => {
    const result = run(up, bracket)
    expect(result.log.map(({ text }) => text)).toEqual([
      'Fill policy magnified: 1 of 2 bars with working orders had no finer bars; they were matched whole, as pessimistic.',
    ])
  })
  it('orders at the close fill at the close of the run’s bar', () => {
    const close: Act = (i, bar) => bar === 2 && i.buy(1).atClose()
    expect(fillPricesOf(run(up, close))).toEqual([100])
  })
  it('moves against and for a trade are those of the run’s bars', () => {
    const result = run(down, bracket, [100, 106, 94, 100], [quiet])
    expect([result.trades.columns.mae?.[0], result.trades.columns.mfe?.[0]]).toEqual([5, 1])
  })
})

describe('fill policy tick', () => {
  const ticks = (rows: readonly (readonly [hour: number, price: number, size: number])[]) => ({
    time: Float64Array.from(rows, ([hour]) => start + 24 * hourMs + hour * hourMs),
    price: Float64Array.from(rows, ([, price]) => price),
    size: Float64Array.from(rows, ([, , size]) => size),
  })
  const day: Candle = [100, 106, 94, 100]
  const withTicks = (rows: Parameters<typeof ticks>[0], more: Partial<BacktestInput> = {}) => ({
    instruments: [
      {
        record: { ...workloadInstrument('X'), tickSize: 0.01 },
        bars: barsOf([quiet, day, quiet]),
        interval: '1d',
        ticks: ticks(rows),
      },
    ],
    fillPolicy: 'tick' as const,
    ...more,
  })

  it('a market order fills at the first tick, exits as the ticks come by', () => {
    const rows = [
      [1, 101, 5],
      [2, 106, 5],
      [3, 94, 5],
    ] as const
    expect(fillPricesOf(playOn([], bracket, withTicks(rows)))).toEqual([101, 106])
  })
  it('slippage is not swallowed by a tick’s lack of range', () => {
    const more = { slippage: { kind: 'fixed', points: 0.5 } } as const
    const buy: Act = (i, bar) => bar === 1 && i.buy(1)
    expect(fillPricesOf(playOn([], buy, withTicks([[1, 101, 5]], more)))).toEqual([101.5])
  })
  it('a strategy hears each tick, sees closed bars only, and its orders meet the next tick', () => {
    const seen: unknown[] = []
    class Ticker extends Strategy {
      override onTick(i: Instrument) {
        seen.push([i.tick?.price, i.barCount, this.now])
        if (i.flat && i.orders.length === 0) i.buy(1)
      }
    }
    const result = runOn(
      { default: Ticker },
      [],
      withTicks([
        [1, 101, 5],
        [2, 102, 5],
        [3, 103, 5],
      ]),
    )
    expect(seen).toEqual([1, 2, 3].map((hour) => [100 + hour, 1, start + (24 + hour) * hourMs]))
    expect(fillPricesOf(result)).toEqual([102])
    expect(result.orders.columns.createdTime?.[0]).toBe(start + 25 * hourMs)
  })
})

describe('fill policy quote', () => {
  type Row = readonly [hour: number, bid: number, bidSize: number, ask: number, askSize: number]
  const withQuotes = (rows: readonly Row[]) => {
    const column = (at: number) => Float64Array.from(rows, (row) => row[at] as number)
    const time = Float64Array.from(rows, ([hour]) => start + 24 * hourMs + hour * hourMs)
    const quotes = { time, bid: column(1), bidSize: column(2), ask: column(3), askSize: column(4) }
    const record = { ...workloadInstrument('X'), tickSize: 0.01 }
    return {
      instruments: [{ record, bars: barsOf([quiet, quiet, quiet]), interval: '1d', quotes }],
      fillPolicy: 'quote' as const,
    }
  }
  const order = (rows: readonly Row[], act: Act) => playOn([], act, withQuotes(rows))
  const rows: readonly Row[] = [
    [1, 99.9, 300, 100.1, 40],
    [2, 100, 100, 100.2, 100],
  ]

  it('buys at the ask and sells at the bid', () => {
    expect(fillPricesOf(order(rows, (i, bar) => bar === 1 && i.buy(10)))).toEqual([100.1])
    expect(fillPricesOf(order(rows, (i, bar) => bar === 1 && i.sell(10)))).toEqual([99.9])
  })
  it('takes no more than is offered, and the rest from the next quote', () => {
    const result = order(rows, (i, bar) => bar === 1 && i.buy(100))
    expect([fillPricesOf(result), fillSizesOf(result)]).toEqual([
      [100.1, 100.2],
      [40, 60],
    ])
  })
  it('two orders share what one quote offers', () => {
    const result = order(rows, (i, bar) => {
      if (bar !== 1) return
      i.buy(30)
      i.buy(30)
    })
    expect(fillSizesOf(result)).toEqual([30, 10, 20])
  })
  it('a buy limit waits for the ask, a sell stop for the bid', () => {
    const falling: readonly Row[] = [
      [1, 99.9, 9, 100.1, 9],
      [2, 98.9, 9, 99.1, 9],
      [3, 97.9, 9, 98.1, 9],
    ]
    expect(fillPricesOf(order(falling, (i, bar) => bar === 1 && i.buy(1).limit(99.5)))).toEqual([99.1])
    expect(fillPricesOf(order(falling, (i, bar) => bar === 1 && i.sell(1).stopEntry(98.5)))).toEqual([97.9])
  })
  it('immediate-or-cancel meets one quote', () => {
    const result = order(rows, (i, bar) => bar === 1 && i.buy(100).immediateOrCancel())
    expect([fillSizesOf(result), statusesOf(result), reasonsOf(result)]).toEqual([[40], ['cancelled'], ['immediate']])
  })
})

it('a finer policy over nothing finer gives what the pessimist gives, and says so', () => {
  const empty = createBarSeries(0)
  const bars = barsOf([quiet, quiet, [100, 106, 94, 100]])
  const record = { ...workloadInstrument('X'), tickSize: 0.01 }
  for (const fillPolicy of ['magnified', 'tick', 'quote'] as const) {
    const result = playOn([], bracket, { instruments: [{ record, bars, interval: '1d', finer: empty }], fillPolicy })
    expect(fillPricesOf(result)).toEqual([100, 95])
    expect(result.log.at(-1)?.text).toMatch(/^Fill policy \w+: 2 of 2 bars with working orders had no /)
  }
})
