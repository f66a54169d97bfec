import { dayMs, daysFromCivil, monthOfDay } from '../data/civil.ts'
import { isZone, type ZoneClock, zoneClock } from '../data/zone-offsets.ts'
import { DomainError } from '../domain/errors.ts'
import { PendingDays } from './pending-days.ts'
import type { TimerDay, TimerOptions } from './timer.ts'

/** When the sessions of the instrument that a timer follows begin and end, milliseconds of the local day. */
export interface SessionHours {
  readonly start: number
  readonly end: number
}

/** Whole days: the hours of an instrument that names none. */
export const wholeDay: SessionHours = { start: 0, end: dayMs }

/** 1970-01-05 was a Monday. */
const firstMonday = 4

/**
 * Says at which steps a timer goes off (01 section 12.4): days of the month, then of the week, then `allow` decide on a
 * day when its first bar is there; on the days that are left the first bar at or after the time sets it off, at most once
 * a bar.
 */
export class TimerSchedule {
  readonly #options: TimerOptions
  readonly #clock: ZoneClock
  readonly #hours: SessionHours
  /** `at` and offset in milliseconds of the local day. */
  readonly #at: number
  readonly #monthDays: PendingDays
  readonly #weekdays: PendingDays
  /** A bar that ends at midnight is the evening's; upstream counts it to the next day. */
  readonly #atMidnight: number
  #day = Number.NEGATIVE_INFINITY
  /** The day on which nothing is left to do. */
  #doneDay = Number.NEGATIVE_INFINITY
  #due = Number.NaN
  /** End of the session (or day) in which repetitions count. */
  #end = Number.NEGATIVE_INFINITY

  constructor(options: TimerOptions, zone: string, hours: SessionHours, upstream: boolean) {
    this.#options = options
    this.#clock = zoneClock(checkedZone(options.zone ?? zone))
    this.#hours = hours
    this.#at = timeOfDay(options.at, hours) + checkedNumber('offset', options.offset ?? 0)
    if (options.every !== undefined && !(options.every > 0)) throw invalid('every', options.every)
    const { monthDays = [], weekdays = [], monthCarry = true, weekCarry = false } = options
    this.#monthDays = new PendingDays(checkedDays('monthDays', monthDays, 31), monthCarry, upstream)
    this.#weekdays = new PendingDays(checkedDays('weekdays', weekdays, 7), weekCarry, upstream)
    this.#atMidnight = upstream ? 0 : 1
  }

  /** The time for which it goes off at the step that ends at `now`; NaN when it does not. */
  check(now: number): number {
    const day = this.#dayOf(now)
    if (day === this.#doneDay) return Number.NaN
    if (now > this.#end) {
      this.#end = this.#endAfter(now, day)
      this.#due = Number.NaN
    }
    if (day > this.#day) {
      this.#day = day
      if (!this.#takes(day)) {
        this.#finish(day)
        return Number.NaN
      }
    }
    if (Number.isNaN(this.#due)) this.#due = this.#clock.toUtc(day * dayMs + this.#at)
    if (now < this.#due) return Number.NaN
    const due = this.#due
    this.#planNext(now, day)
    return due
  }

  #finish(day: number): void {
    this.#doneDay = day
    this.#due = Number.NaN
  }

  #planNext(now: number, day: number): void {
    const { every } = this.#options
    if (every === undefined) {
      this.#finish(day)
      return
    }
    const next = this.#due + (Math.floor((now - this.#due) / every) + 1) * every
    const isOver = this.#followsSession ? next > this.#end : next >= this.#end
    if (isOver) this.#finish(day)
    else this.#due = next
  }

  get #followsSession(): boolean {
    return this.#options.at.startsWith('session')
  }

  #endAfter(now: number, day: number): number {
    if (!this.#followsSession) return this.#clock.toUtc((day + 1) * dayMs)
    let end = this.#clock.toUtc(day * dayMs + this.#hours.end)
    for (let ahead = 1; end < now; ahead++) end = this.#clock.toUtc((day + ahead) * dayMs + this.#hours.end)
    return end
  }

  #dayOf(now: number): number {
    const time = now - this.#atMidnight
    return Math.floor((time + this.#clock.offsetAt(time)) / dayMs)
  }

  #takes(day: number): boolean {
    const { year, month } = monthOfDay(day)
    const dayOfMonth = day - daysFromCivil(year, month, 1) + 1
    if (!this.#monthDays.takes(year * 12 + month, dayOfMonth)) return false
    const week = Math.floor((day - firstMonday) / 7)
    const weekday = day - firstMonday - week * 7 + 1
    if (!this.#weekdays.takes(week, weekday)) return false
    const asked: TimerDay = { year, month, day: dayOfMonth, weekday }
    return this.#options.allow?.(asked) ?? true
  }
}

const clockPattern = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

function timeOfDay(at: string, hours: SessionHours): number {
  if (at === 'session-start') return hours.start
  if (at === 'session-end') return hours.end
  const [, hour, minute, second = '0'] = clockPattern.exec(at) ?? []
  if (hour === undefined) throw invalid('at', at)
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000
}

function checkedZone(zone: string): string {
  if (!isZone(zone)) throw invalid('zone', zone)
  return zone
}

function checkedNumber(name: string, value: number): number {
  if (!Number.isFinite(value)) throw invalid(name, value)
  return value
}

function checkedDays(name: string, days: readonly number[], last: number): readonly number[] {
  const wrong = days.find((day) => !Number.isInteger(day) || day < 1 || day > last)
  if (wrong !== undefined) throw invalid(name, wrong)
  return [...days].sort((a, b) => a - b)
}

function invalid(option: string, value: string | number): DomainError {
  return new DomainError('timer.invalid', { option, value: String(value) })
}
