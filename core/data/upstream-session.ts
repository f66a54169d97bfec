import { dayMs } from './civil.ts'
import { type TradingCalendar, weekdayOf } from './trading-calendar.ts'
import type { ZoneClock } from './zone-offsets.ts'

/** Upstream's default end of a session, 23:59:59.999989 of the day (L-03), in milliseconds. */
export const upstreamSessionEnd = 86_399_999.989

/** Two stamps that upstream's day numbers (steps of 10 microseconds) do not tell apart. */
export function sameStamp(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.005
}

/** Trading days as upstream's resampler asks for them: see `TradingCalendar` for the corrected kind. */
export interface UpstreamDays {
  isLastOfWeek(day: number): boolean
  isLastOfMonth(day: number): boolean
  isLastOfYear(day: number): boolean
}

/**
 * Which moment ends the session of a bar. Upstream fixes it once and renews it only when a bar crosses it with
 * something to deliver; until then a passed end stays (`passed`), and no later session is closed by its end.
 */
export class UpstreamSession {
  readonly #clock: ZoneClock
  readonly #sessionEnd: number
  readonly #calendar: TradingCalendar | undefined
  /** The end that bars are compared with; NaN until a bar sets it. */
  end = Number.NaN
  /** The last end that was crossed. */
  passed = Number.NaN

  constructor(clock: ZoneClock, sessionEnd: number, calendar?: TradingCalendar) {
    this.#clock = clock
    this.#sessionEnd = sessionEnd
    this.#calendar = calendar
  }

  /** End of the session that is running at this stamp. */
  endAfter(stamp: number): number {
    if (this.#calendar !== undefined) return endByCalendar(this.#calendar, stamp)
    const midnight = Math.floor(stamp / dayMs) * dayMs
    let end = this.#clock.toUtc(midnight + this.#sessionEnd)
    while (stamp > end && !sameStamp(stamp, end)) end += dayMs
    return end
  }

  /** True when the stamp is the session's very end. */
  endsAt(stamp: number): boolean {
    this.#set(stamp)
    if (!sameStamp(stamp, this.end)) return false
    this.#cross()
    return true
  }

  /** True when the stamp is at or past the end and the forming bar (its last stamp) is not. */
  endedBetween(barStamp: number, stamp: number): boolean {
    this.#set(stamp)
    const past = stamp > this.end && (barStamp <= this.end || sameStamp(barStamp, this.end))
    if (!past && !sameStamp(stamp, this.end)) return false
    this.#cross()
    return true
  }

  /** A count of bars has closed one: the running session is its reference and nothing else is kept. */
  markRunning(stamp: number): void {
    this.passed = this.endAfter(stamp)
    this.end = Number.NaN
  }

  #set(stamp: number): void {
    if (Number.isNaN(this.end)) this.end = this.endAfter(stamp)
  }

  #cross(): void {
    this.passed = this.end
    this.end = Number.NaN
  }
}

/** Upstream goes on to the next day without asking whether it trades. */
function endByCalendar(calendar: TradingCalendar, stamp: number): number {
  let day = Math.floor((stamp + calendar.zone.offsetAt(stamp)) / dayMs)
  while (stamp > calendar.closeOf(day)) day++
  return calendar.closeOf(day)
}

/** Monday of the ISO week of a day: weeks are the same when it is. */
export function weekOf(day: number): number {
  return day - weekdayOf(day)
}
