import { type BacktestInput, modules } from '../../core/engine/kernel.ts'
import { Session } from '../../core/engine/session.ts'
import type { TimerOptions } from '../../core/engine/timer.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import { firstDifference } from './compare.ts'
import type { BarRow } from './order-case.ts'
import type { Verdict } from './orders.ts'
import { clockMs, type FeedArguments, seriesOf } from './session-bars.ts'
import { feedStamps } from './source-stamps.ts'
import { Barless, Unsupported, verdictOf } from './verdict.ts'

const { Strategy } = modules.tickwright

/** A span of time as the files write it. */
type Span = Readonly<Partial<Record<'days' | 'hours' | 'minutes' | 'seconds' | 'milliseconds', number>>>

interface TimerCase {
  readonly series: string
  readonly feed_args?: FeedArguments
  readonly cheat?: boolean
  readonly timer: {
    readonly when: string
    readonly offset?: Span
    readonly repeat?: Span
    readonly weekdays?: readonly number[]
    readonly weekcarry?: boolean
    readonly monthdays?: readonly number[]
    readonly monthcarry?: boolean
  }
  readonly fired: readonly (readonly [number, string, string])[]
}

const known = new Set(['when', 'offset', 'repeat', 'weekdays', 'weekcarry', 'monthdays', 'monthcarry'])

/** Runs every timer of a file in the engine under profile backtrader. */
export function checkTimers(cases: readonly TimerCase[], path: string): Verdict[] {
  return cases.map((timerCase, index) => {
    const { series, feed_args: feed, timer } = timerCase
    const id = `${index + 1} ${series} ${JSON.stringify(timer)}`
    return verdictOf(id, () => {
      const strange = Object.keys(timer).find((name) => !known.has(name))
      if (strange !== undefined) throw new Unsupported(`timer option ${strange}`)
      const stamps = feedStamps(path, series, feed)
      if (stamps === undefined) throw new Barless(series)
      return firstDifference(timerCase.fired, fire(timerCase, stamps), 'fired')
    })
  })
}

function fire(timerCase: TimerCase, stamps: readonly string[]): unknown[] {
  const fired: unknown[] = []
  const options = optionsOf(timerCase)
  class Probe extends Strategy {
    override onStart() {
      this.timer(options, (_, when) => fired.push([this.instruments[0]?.barCount, this.now, when]))
    }
  }
  const { sessionstart = '00:00:00', sessionend = '23:59:59.999989' } = timerCase.feed_args ?? {}
  const rows = stamps.map((stamp): BarRow => [stamp, 1, 1, 1, 1, 0, 0])
  const input: Omit<BacktestInput, 'strategyExports'> = {
    params: {},
    instruments: [
      {
        record: workloadInstrument('SIM'),
        bars: seriesOf(rows),
        interval: '1d',
        hours: { start: clockMs(sessionstart), end: clockMs(sessionend) },
      },
    ],
    ...{ cash: 10_000, commission: { kind: 'none' }, slippage: { kind: 'none' } },
    ...{ profile: 'backtrader', fillPolicy: 'backtrader', seed: 1 },
  }
  new Session(Probe, input).run()
  return fired
}

function optionsOf({ timer, cheat }: TimerCase): TimerOptions {
  const { when, offset, repeat, weekdays, weekcarry, monthdays, monthcarry } = timer
  const at = { SESSION_START: 'session-start', SESSION_END: 'session-end' }[when] ?? when
  const every = repeat === undefined ? 0 : milliseconds(repeat)
  return {
    at,
    cheat: cheat === true,
    ...(offset === undefined ? {} : { offset: milliseconds(offset) }),
    ...(every === 0 ? {} : { every }),
    ...(weekdays === undefined ? {} : { weekdays }),
    ...(weekcarry === undefined ? {} : { weekCarry: weekcarry }),
    ...(monthdays === undefined ? {} : { monthDays: monthdays }),
    ...(monthcarry === undefined ? {} : { monthCarry: monthcarry }),
  }
}

const unitMs = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 } as const

function milliseconds(span: Span): number {
  return Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + (span[unit as keyof Span] ?? 0) * ms, 0)
}
