import { describe, expect, it } from 'vitest'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import { isDomainError } from '../../../core/domain/errors.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { TimerOptions } from '../../../core/engine/timer.ts'
import { TimerSchedule, wholeDay } from '../../../core/engine/timer-schedule.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const dayMs = 86_400_000
const hourMs = 3_600_000
const text = (time: number) => new Date(time).toISOString().slice(0, 16)

/** The times for which a timer goes off on bars that close at these UTC times. */
function firings(options: TimerOptions, closes: readonly string[], zone = 'UTC', upstream = false): string[] {
  const schedule = new TimerSchedule(options, zone, wholeDay, upstream)
  return closes
    .map((close) => schedule.check(Date.parse(`${close}:00Z`)))
    .filter((due) => !Number.isNaN(due))
    .map(text)
}

/** Every day of 2006 but weekends and what is left out; each bar closes at the midnight that ends the day. */
function weekdaysOf2006(without: readonly string[]): string[] {
  const days = Array.from({ length: 365 }, (_, k) => Date.UTC(2006, 0, 1) + k * dayMs)
  const open = days.filter((day) => new Date(day).getUTCDay() % 6 !== 0 && !without.includes(text(day).slice(5, 10)))
  return open.map((day) => text(day + dayMs))
}

describe('a timer', () => {
  it('goes off once a day, on the first bar that closes at or after its time', () => {
    const closes = ['2024-01-02T11:55', '2024-01-02T12:05', '2024-01-02T12:10', '2024-01-03T12:00', '2024-01-03T13:00']
    expect(firings({ at: '12:00' }, closes)).toEqual(['2024-01-02T12:00', '2024-01-03T12:00'])
  })

  it('repeats until the day ends, missing what no bar shows', () => {
    const closes = ['2024-01-02T10:00', '2024-01-02T10:20', '2024-01-02T12:10', '2024-01-02T23:30', '2024-01-03T00:00']
    expect(firings({ at: '10:00', every: hourMs }, closes)).toEqual([
      '2024-01-02T10:00',
      '2024-01-02T11:00',
      '2024-01-02T13:00',
    ])
  })

  it('is moved by its offset', () => {
    const closes = ['2024-01-02T15:30', '2024-01-02T15:45', '2024-01-02T16:00']
    expect(firings({ at: '16:00', offset: -15 * 60_000 }, closes)).toEqual(['2024-01-02T15:45'])
  })

  it('keeps its local time when clocks change: 09:30 in New York is 14:30 UTC in winter, 13:30 in summer', () => {
    const closes = ['2024-03-08T14:30', '2024-03-11T13:30', '2024-11-01T13:30', '2024-11-04T14:30']
    expect(firings({ at: '09:30', zone: 'America/New_York' }, closes)).toEqual(closes)
  })

  it('takes a bar that closes at midnight as the evening’s', () => {
    expect(firings({ at: 'session-end', weekdays: [1] }, ['2024-01-02T00:00', '2024-01-03T00:00'])).toEqual([
      '2024-01-02T00:00',
    ])
  })

  it('on the 1st of each month is made up for on the next trading day (01 section 12.4)', () => {
    const closes = weekdaysOf2006(['05-01'])
    expect(firings({ at: 'session-start', monthDays: [1] }, closes).map((day) => day.slice(5, 10))).toEqual(
      '01-02 02-01 03-01 04-03 05-02 06-01 07-03 08-01 09-01 10-02 11-01 12-01'.split(' '),
    )
  })

  it('without carry a listed day that has no bars is left out; profile backtrader takes the next day for it', () => {
    const options = { at: 'session-start', monthDays: [1, 15], monthCarry: false }
    const until = (closes: readonly string[], upstream: boolean) =>
      firings(options, closes, 'UTC', upstream).map((day) => day.slice(5, 10))
    const closes = weekdaysOf2006([]).filter((close) => close < '2006-03')
    expect(until(closes, false)).toEqual(['02-01', '02-15'])
    const evenings = closes.map((close) => text(Date.parse(`${close}Z`) - 60_000))
    expect(until(evenings, true)).toEqual(['01-02', '02-01', '02-15'])
  })

  it('asks `allow` last, with the day of its zone', () => {
    const asked: unknown[] = []
    const allow = (day: unknown) => asked.push(day) > 1
    expect(
      firings({ at: '12:00', weekdays: [2, 3], allow }, ['2024-01-01T12:00', '2024-01-02T12:00', '2024-01-03T12:00']),
    ).toEqual(['2024-01-03T12:00'])
    expect(asked[0]).toEqual({ year: 2024, month: 1, day: 2, weekday: 2 })
  })

  it.each([
    [{ at: '25:00' }, 'at'],
    [{ at: '12:00', weekdays: [0] }, 'weekdays'],
    [{ at: '12:00', monthDays: [32] }, 'monthDays'],
    [{ at: '12:00', zone: 'Mars/Olympus' }, 'zone'],
    [{ at: '12:00', every: 0 }, 'every'],
  ])('%o is refused', (options, option) => {
    expect(() => firings(options, [])).toThrow(
      expect.objectContaining({ code: 'timer.invalid', data: expect.objectContaining({ option }) }),
    )
  })
})

describe('timers of a strategy', () => {
  it('call their function, else onTimer, before onBar of the same bar', () => {
    const told: string[] = []
    class Clock extends Strategy {
      override onStart() {
        this.timer({ at: 'session-start', weekdays: [4] }, (_, when) => told.push(`function ${text(when)}`))
        this.timer({ at: 'session-start', weekdays: [4] })
      }
      override onTimer() {
        told.push(`onTimer at bar ${this.instruments[0]?.barCount}`)
      }
      override onBar(i: Instrument) {
        if (i.barCount === 2) told.push('bar 2')
      }
    }
    runOn({ default: Clock }, [barsOf([flat, flat, flat])])
    expect(told).toEqual(['function 2020-01-02T00:00', 'onTimer at bar 2', 'bar 2'])
  })

  it('send orders that fill from the next bar on', () => {
    class Weekly extends Strategy {
      override onStart() {
        this.timer({ at: 'session-start', weekdays: [4] }, () => this.instruments[0]?.buy(1))
      }
    }
    const { fills } = runOn({ default: Weekly }, [barsOf([flat, flat, [107, 108, 106, 107]])])
    expect([...(fills.columns.price ?? [])]).toEqual([107])
  })

  it('before the broker’s turn, with cheat-on-open, fill at the same bar’s open and see nothing of it', () => {
    const seen: number[] = []
    class Early extends Strategy {
      override onStart() {
        this.timer({ at: 'session-start', weekdays: [4], cheat: true }, () => {
          seen.push(this.instruments[0]?.close.now ?? Number.NaN, this.now)
          this.instruments[0]?.buy(1)
        })
      }
    }
    const bars = barsOf([[50, 51, 49, 50.5], [107, 108, 106, 107], flat])
    const { fills } = runOn({ default: Early }, [bars], { broker: { cheatOnOpen: true } })
    expect([...(fills.columns.price ?? [])]).toEqual([107])
    expect(seen).toEqual([50.5, bars.time[1]])
  })

  it('are refused after the start', () => {
    class Late extends Strategy {
      override onBar() {
        this.timer({ at: '12:00' })
      }
    }
    expect(() => runOn({ default: Late }, [barsOf([flat])])).toThrow(
      expect.objectContaining({ code: 'timer.invalid', data: expect.objectContaining({ reason: 'late' }) }),
    )
  })

  it('follow the hours of the first instrument', () => {
    const bars = createBarSeries(3)
    for (let i = 0; i < 3; i++) {
      bars.time[i] = Date.UTC(2024, 0, 2, 15 + i)
      bars.closeTime[i] = Date.UTC(2024, 0, 2, 16 + i)
      for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][i] = 100
    }
    const told: string[] = []
    class Close extends Strategy {
      override onStart() {
        this.timer({ at: 'session-end', offset: -hourMs }, (_, when) => told.push(text(when)))
      }
    }
    const hours = { start: 9.5 * hourMs, end: 18 * hourMs }
    const instruments = [{ record: workloadInstrument('SIM'), bars, interval: '1h', hours }]
    runOn({ default: Close }, [], { instruments })
    expect(told).toEqual(['2024-01-02T17:00'])
  })
})

it('a failure in a timer is the strategy’s', () => {
  class Broken extends Strategy {
    override onStart() {
      this.timer({ at: '12:00' }, () => {
        throw new Error('no')
      })
    }
  }
  try {
    runOn({ default: Broken }, [barsOf([flat])])
    throw new Error('nothing was thrown')
  } catch (failure) {
    expect(isDomainError(failure) && failure.code).toBe('strategy.exception')
  }
})
