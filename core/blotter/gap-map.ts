import { dayMs } from '../data/civil.ts'
import type { TradingCalendar } from '../data/trading-calendar.ts'
import type { ZoneClock } from '../data/zone-offsets.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { lowerBound } from '../lib/columns.ts'

/** What there is and what there should be of one day. */
export interface DayCoverage {
  /** Days since 1970-01-01, of the exchange. */
  readonly day: number
  /** The day's trading, EpochMs. */
  readonly from: number
  readonly to: number
  readonly present: number
  /** Bars that the day would have if something were traded in each of them; 0: no trading. */
  readonly expected: number
}

/** A period without bars within trading hours. */
export interface Gap {
  readonly from: number
  readonly to: number
  /** Bars that fit into it. */
  readonly missing: number
}

/** When an instrument trades: its exchange's calendar, or around the clock of a zone. */
export type Sessions = TradingCalendar | { readonly zone: ZoneClock }

interface Period {
  readonly from: number
  readonly to: number
}

function tradingOf(sessions: Sessions, day: number): Period | null {
  if (!('isTradingDay' in sessions)) {
    return { from: sessions.zone.toUtc(day * dayMs), to: sessions.zone.toUtc((day + 1) * dayMs) }
  }
  return sessions.isTradingDay(day) ? { from: sessions.openOf(day), to: sessions.closeOf(day) } : null
}

function dayAt(sessions: Sessions, time: number): number {
  if ('dayAt' in sessions) return sessions.dayAt(time)
  return Math.floor((time + sessions.zone.offsetAt(time)) / dayMs)
}

/** Expected against present for each day that the period touches; `bars` are those of the period, of `intervalMs`. */
export function dayCoverage(bars: BarSeries, intervalMs: number, sessions: Sessions, period: Period): DayCoverage[] {
  const days: DayCoverage[] = []
  if (period.to <= period.from) return days
  for (let day = dayAt(sessions, period.from); day <= dayAt(sessions, period.to - 1); day++) {
    const trading = tradingOf(sessions, day)
    const from = Math.max(trading?.from ?? Number.NaN, period.from)
    const to = Math.min(trading?.to ?? Number.NaN, period.to)
    if (trading === null || to <= from) {
      days.push({ day, from: trading?.from ?? period.from, to: trading?.to ?? period.from, present: 0, expected: 0 })
      continue
    }
    const present = lowerBound(bars.time, to) - lowerBound(bars.time, from)
    days.push({ day, from, to, present, expected: Math.ceil((to - from) / intervalMs) })
  }
  return days
}

/**
 * Periods within trading hours in which bars are missing, shortest first hole to last; holes shorter than
 * `leastMs` are left out: in a quiet market a minute without a print has no bar.
 */
export function findGaps(
  bars: BarSeries,
  { intervalMs, leastMs }: { readonly intervalMs: number; readonly leastMs: number },
  sessions: Sessions,
  period: Period,
): Gap[] {
  const gaps: Gap[] = []
  for (const { from, to, expected } of dayCoverage(bars, intervalMs, sessions, period)) {
    if (expected === 0) continue
    let at = from
    for (let row = lowerBound(bars.time, from); ; row++) {
      const next = row < bars.length ? Math.min(bars.time[row] as number, to) : to
      if (next - at >= leastMs) gaps.push({ from: at, to: next, missing: Math.round((next - at) / intervalMs) })
      if (next >= to) break
      at = Math.max(at, bars.closeTime[row] as number)
    }
  }
  return gaps
}
