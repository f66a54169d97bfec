import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FillPolicy } from '../../core/broker/rules.ts'
import type { BarRow } from '../../core/data/growing-bars.ts'
import { type BarSeries, barColumnNames, sliceBars } from '../../core/domain/bar-series.ts'
import type { TickColumns } from '../../core/domain/market-columns.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { modules, openLive } from '../../core/engine/kernel.ts'
import type { LiveEvent } from '../../core/engine/live/live-event.ts'
import type { LiveRun } from '../../core/engine/live/live-run.ts'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import type { RunResult } from '../../core/engine/run-result.ts'
import { upperBound } from '../../core/lib/columns.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import { barsOf, type Candle } from '../helpers/bars-of.ts'
import { runOn } from '../helpers/run-on.ts'

const { Strategy, sma, ema, crossedAbove, crossedBelow } = modules.tickwright

/** Uses every way in which a line can come about: own bars, coarse, growing, filtered, and brought over from others. */
class Everything extends Strategy<never, 'fast' | 'slow'> {
  declare weekly: ReturnType<Instrument['coarse']>

  override onStart() {
    const [first, second] = this.instruments
    this.each((i) => {
      i.use('fast', sma(i.close, 2))
      i.use('slow', ema(i.close, 4))
    })
    if (first === undefined) return
    this.weekly = first.coarse('1w')
    this.weekly.use('mean', sma(this.weekly.close, 2))
    const forming = first.coarse('1w', { replay: true })
    forming.use('top', sma(forming.high, 1))
    const candles = first.filtered({ kind: 'heikin-ashi' })
    candles.use('body', candles.close.minus(candles.open))
    first.use('wide', first.align(this.weekly.close).minus(first.close))
    if (second !== undefined) first.use('spread', first.align(second.close).over(first.close))
  }

  override onBar(i: Instrument<'fast' | 'slow'>) {
    this.record('fast', i.fast.now)
    if (i.flat && crossedAbove(i.fast, i.slow))
      i.buy(10)
        .limit(i.last)
        .target(i.last * 1.02)
        .stop(i.last * 0.98)
    else if (i.flat && crossedBelow(i.fast, i.slow)) i.sell(7).trailBy(0.4)
    else if (i.barCount % 7 === 0) i.flatten()
    else if (i.index === 0 && i.barCount % 3 === 0) i.buy(1).trailBy(this.weekly.close.now > i.last ? 0.2 : 0.5)
  }
}

const candle: fc.Arbitrary<Candle> = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 9_700, max: 10_300 })))
  .map(([a = 0, b = 0, c = 0, d = 0]) => [a / 100, Math.max(a, b, c, d) / 100, Math.min(a, b, c, d) / 100, b / 100])
const candles = fc.array(candle, { minLength: 30, maxLength: 60 })

function inputOf(series: readonly BarSeries[]) {
  return series.map((bars, k) => ({
    record: { ...workloadInstrument(`SIM-${k + 1}`), tickSize: 0.01 },
    bars,
    interval: '1d',
  }))
}

function rowOf(bars: BarSeries, row: number): BarRow {
  return Object.fromEntries(barColumnNames.map((name) => [name, bars[name][row] as number])) as unknown as BarRow
}

/** The bars after `from` as a live feed brings them: those of one time together. */
function barEvents(series: readonly BarSeries[], from: number): Extract<LiveEvent, { kind: 'bars' }>[] {
  const times = [...new Set(series.flatMap(({ closeTime }) => [...closeTime]))].filter((time) => time > from)
  return times
    .sort((a, b) => a - b)
    .map((time) => ({
      kind: 'bars',
      bars: series.flatMap((bars, instrument) => {
        const row = upperBound(bars.closeTime, time) - 1
        return row >= 0 && bars.closeTime[row] === time ? [{ instrument, bar: rowOf(bars, row) }] : []
      }),
    }))
}

const money = { cash: 30_000, commission: { kind: 'percent', rate: 0.001 } as const }
const broker = { lots: 'whole', exits: 'once' } as const
const slippage = { kind: 'fixed', points: 0.01 } as const

function openOn(strategyExports: unknown, history: readonly BarSeries[], leadIn: number, fillPolicy: FillPolicy) {
  const plain = { params: {}, seed: 1, limits: noLimits, slippage, broker, ...money }
  return openLive({ strategyExports, instruments: inputOf(history), leadIn, fillPolicy, ...plain })
}

function before(bars: BarSeries, time: number): BarSeries {
  return sliceBars(bars, 0, upperBound(bars.closeTime, time))
}

function expectSame(live: RunResult, backtest: RunResult): void {
  for (const name of ['orders', 'fills', 'trades'] as const) {
    for (const [column, values] of Object.entries(backtest[name].columns)) {
      expect([...(live[name].columns[column] ?? [])], `${name} ${column}`).toEqual([...values])
    }
  }
  expect(Buffer.from(live.resultBytes()).equals(Buffer.from(backtest.resultBytes()))).toBe(true)
}

describe('a live run', () => {
  const policies: readonly FillPolicy[] = ['pessimistic', 'optimistic', 'backtrader', 'ohlc-path']

  it('makes the orders and fills of a backtest over the same bars, to the byte', () => {
    const story = fc.record({
      first: candles,
      second: candles,
      known: fc.integer({ min: 20, max: 29 }),
      fillPolicy: fc.constantFrom(...policies),
    })
    let fills = 0
    fc.assert(
      fc.property(story, ({ first, second, known, fillPolicy }) => {
        const series = [barsOf(first), barsOf(second.filter((_, day) => day % 5 !== 3))]
        const leadIn = series[0]?.closeTime[known - 1] as number
        const exports = { default: Everything }
        const backtest = runOn(exports, [], {
          instruments: inputOf(series),
          ...{ leadIn, fillPolicy, slippage, broker, isStrict: false },
          ...money,
        })
        const live = openOn(
          exports,
          series.map((bars) => before(bars, leadIn)),
          leadIn,
          fillPolicy,
        )
        for (const event of barEvents(series, leadIn)) live.apply(event)
        fills += backtest.counts.fills
        expectSame(live.result(), backtest)
      }),
      { numRuns: 60 },
    )
    expect(fills).toBeGreaterThan(500)
  })

  it('tells each order and fill once, and the news add up to what the run has', () => {
    fc.assert(
      fc.property(candles, (bars) => {
        const series = [barsOf(bars)]
        const leadIn = series[0]?.closeTime[20] as number
        const live = openOn(
          { default: Everything },
          series.map((each) => before(each, leadIn)),
          leadIn,
          'pessimistic',
        )
        const told = tellAll(live, barEvents(series, leadIn))
        const { orders, fills } = live.result()
        expect(told.fills.map(({ id }) => id)).toEqual(Array.from({ length: fills.rows }, (_, row) => row + 1))
        const last = new Map(told.orders.map((order) => [order.id, order]))
        expect(last.size).toBe(orders.rows)
        for (const [id, { status, filled }] of last) {
          expect(orders.texts.status?.[orders.columns.status?.[id - 1] as number]).toBe(status)
          expect(orders.columns.filled?.[id - 1]).toBe(filled)
        }
        const { realised, unrealised, equity, initialCash } = live.state()
        expect(realised + unrealised).toBeCloseTo(equity - initialCash, 6)
      }),
      { numRuns: 40 },
    )
  })

  it('matches ticks as a backtest with fill policy tick', () => {
    const ticks = fc.array(fc.integer({ min: 9_900, max: 10_100 }), { minLength: 120, maxLength: 240 })
    let fills = 0
    fc.assert(
      fc.property(ticks, (cents) => {
        const { columns, bars } = ticksOf(cents.map((each) => each / 100))
        const leadIn = bars.closeTime[4] as number
        const exports = { default: TickTrader }
        const backtest = runOn(exports, [], {
          instruments: inputOf([bars]).map((each) => ({ ...each, interval: '1m', ticks: columns })),
          ...{ leadIn, fillPolicy: 'tick', slippage, broker, ...money },
        })
        const live = openOn(exports, [before(bars, leadIn)], leadIn, 'tick')
        for (const event of tickEvents(columns, bars, leadIn)) live.apply(event)
        fills += backtest.counts.fills
        const { order, time, price, quantity, fee } = live.result().fills.columns
        const wanted = backtest.fills.columns
        expect({ order, time, price, quantity, fee }).toEqual({
          ...{ order: wanted.order, time: wanted.time, price: wanted.price },
          ...{ quantity: wanted.quantity, fee: wanted.fee },
        })
      }),
      { numRuns: 60 },
    )
    expect(fills).toBeGreaterThan(200)
  })
})

class TickTrader extends Strategy {
  ticks = 0

  override onTick(i: Instrument) {
    this.ticks++
    if (this.ticks % 9 === 0 && i.flat)
      i.buy(5)
        .target(i.last + 0.3)
        .stop(i.last - 0.3)
    if (this.ticks % 13 === 0) i.sell(2).limit(i.last + 0.1)
  }

  override onBar(i: Instrument) {
    if (i.barCount % 6 === 0) i.flatten()
  }
}

const tickStep = 5_000

/** Ticks five seconds apart, and the minutes that they make. */
function ticksOf(prices: readonly number[]): { readonly columns: TickColumns; readonly bars: BarSeries } {
  const start = Date.UTC(2024, 0, 2)
  const perBar = 60_000 / tickStep
  const whole = prices.slice(0, Math.floor(prices.length / perBar) * perBar)
  const minutes = Array.from({ length: whole.length / perBar }, (_, k): Candle => {
    const part = whole.slice(k * perBar, (k + 1) * perBar)
    return [part[0] as number, Math.max(...part), Math.min(...part), part.at(-1) as number, perBar]
  })
  const columns = {
    time: Float64Array.from(whole, (_, k) => start + k * tickStep),
    price: Float64Array.from(whole),
    size: new Float64Array(whole.length).fill(1_000),
  }
  return { columns: columns as unknown as TickColumns, bars: barsOf(minutes, start, 60_000) }
}

function tickEvents({ time, price, size }: TickColumns, bars: BarSeries, leadIn: number): LiveEvent[] {
  const ticks = Array.from(time, (at, k): LiveEvent => {
    return { kind: 'tick', instrument: 0, data: { time: at, price: price[k] as number, size: size[k] as number } }
  })
  const timeOf = (event: LiveEvent) => (event.kind === 'tick' ? event.data.time : barTime(event))
  // A bar that ends at the time of a tick comes before it
  const order = (event: LiveEvent) => (event.kind === 'tick' ? 1 : 0)
  return [...barEvents([bars], leadIn), ...ticks.filter((event) => timeOf(event) >= leadIn)].sort(
    (a, b) => timeOf(a) - timeOf(b) || order(a) - order(b),
  )
}

function barTime(event: LiveEvent): number {
  return event.kind === 'bars' ? (event.bars[0]?.bar.closeTime as number) : Number.NaN
}

function tellAll(live: LiveRun, events: readonly LiveEvent[]) {
  const news = events.map((event) => {
    live.apply(event)
    return live.news()
  })
  return { orders: news.flatMap(({ orders }) => orders), fills: news.flatMap(({ fills }) => fills) }
}
