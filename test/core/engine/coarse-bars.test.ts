import { describe, expect, it } from 'vitest'
import type { BarSeries } from '../../../core/domain/bar-series.ts'
import type { CoarseBars } from '../../../core/engine/coarse-bars.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import { columnOf } from '../../../core/indicators/line.ts'
import { makeBars } from '../../bench/make-bars.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy, ema, sma, macd } = modules.tickwright
const dayMs = 86_400_000
/** 2020-01-06 was a Monday. */
const monday = Date.UTC(2020, 0, 6)
const text = (time: number) => new Date(time).toISOString().slice(5, 10)

/** Daily bars whose closes count from 1, weekends left out. */
function weekdayBars(count: number): BarSeries {
  const candles = Array.from({ length: Math.ceil(count / 5) * 7 }, (_, k): Candle => [k + 1, k + 2, k, k + 1, 10])
  const all = barsOf(candles, monday)
  const kept = [...all.time.keys()].filter((k) => k % 7 < 5).slice(0, count)
  const pick = (column: Float64Array) => Float64Array.from(kept, (k) => column[k] as number)
  const { time, closeTime, open, high, low, close, volume, openInterest } = all
  return {
    length: kept.length,
    ...{ time: pick(time), closeTime: pick(closeTime), open: pick(open), high: pick(high), low: pick(low) },
    ...{ close: pick(close), volume: pick(volume), openInterest: pick(openInterest) },
  }
}

function run(
  make: unknown,
  bars: BarSeries,
  kind: 'stock' | 'crypto' = 'stock',
  profile: 'default' | 'backtrader' = 'default',
) {
  const record = { ...workloadInstrument('SIM'), tickSize: 0.01, kind }
  const instruments = [{ record, bars, interval: '1d' }]
  return runOn({ default: make }, [], {
    instruments,
    profile,
    fillPolicy: profile === 'default' ? 'pessimistic' : profile,
  })
}

/** On which days a weekly bar is new, with its close. */
function weeklyBars(kind: 'stock' | 'crypto', profile: 'default' | 'backtrader', bars = weekdayBars(12)): string[] {
  const told: string[] = []
  class Weekly extends Strategy {
    override onStart() {
      this.each((i) => i.coarse('1w'))
    }
    override onCoarseBar(week: CoarseBars, i: Instrument) {
      told.push(`${text(i.bar().time)} ${week.close.now}`)
    }
  }
  run(Weekly, bars, kind, profile)
  return told
}

describe('a coarse bar is seen when it has closed (R-09, X-21)', () => {
  it('on Friday, for a market that rests on weekends', () =>
    expect(weeklyBars('stock', 'default')).toEqual(['01-10 5', '01-17 12']))
  it('with the first bar of the next week, where nobody knows that no more bars come', () =>
    expect(weeklyBars('crypto', 'default')).toEqual(['01-13 5', '01-20 12']))
  it('profile backtrader: with the first bar of the next week, and what is left over at the end', () =>
    expect(weeklyBars('stock', 'backtrader')).toEqual(['01-13 5', '01-20 12', '01-21 16']))
  it('a week without its Friday is seen on Monday', () => {
    const bars = weekdayBars(10)
    const kept = [0, 1, 2, 3, 5, 6, 7, 8, 9]
    const pick = (column: Float64Array) => Float64Array.from(kept, (k) => column[k] as number)
    const columns = Object.fromEntries(
      Object.entries(bars).map(([name, column]) => [name, typeof column === 'number' ? kept.length : pick(column)]),
    )
    expect(weeklyBars('stock', 'default', columns as unknown as BarSeries)).toEqual(['01-13 4', '01-17 12'])
  })
})

describe('coarse bars', () => {
  it('join open, high, low, close and volume, and can be read back', () => {
    const seen: unknown[] = []
    class Weekly extends Strategy {
      weeks: CoarseBars | undefined = undefined
      override onStart() {
        this.weeks = this.instruments[0]?.coarse('1w')
      }
      override onStop() {
        seen.push(
          String(this.weeks),
          this.weeks?.barCount,
          this.weeks?.bars(2).map(({ volume }) => volume),
        )
        seen.push(this.weeks?.bar())
      }
    }
    run(Weekly, weekdayBars(10))
    expect(seen.slice(0, 3)).toEqual(['SIM 1w', 2, [50, 50]])
    expect(seen[3]).toMatchObject({ time: monday + 7 * dayMs, open: 8, high: 13, low: 7, close: 12 })
  })

  it('let onBar wait for their lines', () => {
    const first: number[] = []
    class Wait extends Strategy {
      override onStart() {
        this.each((i) => {
          const weeks = i.coarse('1w')
          weeks.use('average', sma(weeks.close, 2))
        })
      }
      override onBar(i: Instrument) {
        first.push(i.barCount)
      }
    }
    run(Wait, weekdayBars(12))
    expect(first[0]).toBe(10)
  })

  it('never show anything of the future', () => {
    class Peek extends Strategy {
      override onBar() {}
      override onStart() {
        this.each((i) => i.coarse('1w'))
      }
      override onCoarseBar(week: CoarseBars) {
        week.close.at(-1)
      }
    }
    expect(() => run(Peek, weekdayBars(12))).toThrow(expect.objectContaining({ code: 'strategy.look-ahead' }))
  })

  it('X-21: orders go to the instrument and fill at its next open, also in profile backtrader', () => {
    class Buy extends Strategy {
      override onStart() {
        this.each((i) => i.coarse('1w'))
      }
      override onCoarseBar(_: CoarseBars, i: Instrument) {
        if (i.flat) i.buy(1)
      }
    }
    for (const profile of ['default', 'backtrader'] as const) {
      const { fills } = run(Buy, weekdayBars(12), 'stock', profile)
      const day = profile === 'default' ? 13 : 14
      expect(fills.columns.time?.[0]).toBe(Date.UTC(2020, 0, day))
      expect(fills.columns.price?.[0]).toBe(day - 5)
    }
  })

  it.each([
    ['1h', 'interval.finer'],
    ['1d', 'interval.finer'],
    ['7x', 'interval.invalid'],
  ])('of %s are refused (%s)', (interval, code) => {
    class Wrong extends Strategy {
      override onStart() {
        this.each((i) => i.coarse(interval))
      }
    }
    expect(() => run(Wrong, weekdayBars(5))).toThrow(expect.objectContaining({ code }))
  })

  it('are refused after the start', () => {
    class Late extends Strategy {
      override onBar(i: Instrument) {
        i.coarse('1w')
      }
    }
    expect(() => run(Late, weekdayBars(5))).toThrow(expect.objectContaining({ code: 'strategy.shape' }))
  })
})

describe('replayed coarse bars (R-07, R-13)', () => {
  it('grow with each bar of the instrument', () => {
    const told: string[] = []
    class Grow extends Strategy {
      override onStart() {
        this.each((i) => i.coarse('1w', { replay: true }))
      }
      override onCoarseBar(week: CoarseBars) {
        told.push(`${week.barCount}: ${week.open.now} ${week.high.now} ${week.low.now} ${week.close.now}`)
      }
    }
    run(Grow, weekdayBars(6))
    expect(told).toEqual(['1: 1 2 0 1', '1: 1 3 0 2', '1: 1 4 0 3', '1: 1 5 0 4', '1: 1 6 0 5', '2: 8 9 7 8'])
  })

  it('their lines are those of the closed bars and the forming one, computed anew', () => {
    const bars = makeBars(1_000, 5)
    const differences: number[] = []
    class Compare extends Strategy {
      override onStart() {
        this.each((i) => {
          const closed = i.coarse('15m')
          const growing = i.coarse('15m', { replay: true })
          for (const part of [closed, growing]) {
            part.use('ema', ema(part.close, 5))
            part.use('signal', macd(part.close).signal)
          }
        })
      }
      override onCoarseBar(part: CoarseBars) {
        if (part.replayed) return
        const [, growing] = [part, this.instruments[0]?.coarse('15m', { replay: true })]
        for (const name of ['ema', 'signal']) {
          // The closed bar was the forming one just before, or is it still: its last value is among the newest two
          const last = part[name]?.now ?? 0
          const near = [growing?.[name]?.now, growing?.[name]?.before].map((value) => Math.abs((value ?? 0) - last))
          differences.push(Math.min(...near.filter((value) => !Number.isNaN(value))))
        }
      }
    }
    runOn({ default: Compare }, [bars])
    expect(differences.length).toBeGreaterThan(20)
    expect(Math.max(...differences)).toBe(0)
  })
})

describe('align brings a line to other bars', () => {
  it('each bar has the value that was known when it closed', () => {
    let values: number[] = []
    class Align extends Strategy {
      override onStart() {
        this.each((i) => {
          const line = i.align(i.coarse('1w').close)
          i.use('weekly', line)
          values = [...columnOf(line)]
        })
      }
    }
    run(Align, weekdayBars(11))
    expect(values).toEqual([...Array(4).fill(Number.NaN), 5, 5, 5, 5, 5, 12, 12])
  })

  it('lines of two instruments can be combined', () => {
    const seen: number[] = []
    class Ratio extends Strategy {
      override onStart() {
        const [one, other] = this.instruments
        if (one !== undefined && other !== undefined) one.use('ratio', one.close.over(one.align(other.close)))
      }
      override onBar(i: Instrument) {
        if (i.index === 0) seen.push(i.ratio?.now ?? Number.NaN)
      }
    }
    const flat = (price: number): Candle => [price, price, price, price]
    const late = barsOf([flat(4), flat(5)], Date.UTC(2020, 0, 2))
    runOn({ default: Ratio }, [barsOf([flat(20), flat(20), flat(20), flat(20)]), late])
    expect(seen).toEqual([5, 4, 4])
  })

  it('not of bars that still grow', () => {
    class Wrong extends Strategy {
      override onStart() {
        this.each((i) => i.align(i.coarse('1w', { replay: true }).close))
      }
    }
    expect(() => run(Wrong, weekdayBars(5))).toThrow(expect.objectContaining({ code: 'indicator.forming' }))
  })
})
