import { dayMs } from './civil.ts'
import type { ZoneClock } from './zone-offsets.ts'

/** A day that opens or closes at other times than usual; milliseconds of its local day. */
export interface SpecialDay {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly open: number
  readonly close: number
}

/** When an exchange trades. Times are milliseconds of the local day; `open` ≥ `close`: the session opens the evening before. */
export interface TradingHours {
  readonly open: number
  readonly close: number
  /** Weekdays without trading, Monday 1 … Sunday 7; Saturday and Sunday unless told. */
  readonly offDays?: readonly number[]
  /** Days without trading, in days since 1970-01-01. */
  readonly holidays?: readonly number[]
  readonly specialDays?: readonly SpecialDay[]
}

/** The trading days of an exchange and when each opens and closes, as instants. Days are days since 1970-01-01. */
export interface TradingCalendar {
  readonly zone: ZoneClock
  /** Local milliseconds from midnight to where a trading day begins; negative for sessions that open the evening before. */
  readonly dayStart: number
  isTradingDay(day: number): boolean
  /** The trading day that an instant belongs to (also one without trading). */
  dayAt(utc: number): number
  /** The first trading day after `day`. Throws when there is none within ten years. */
  nextDay(day: number): number
  /** The last trading day in [from, to); undefined: none. */
  lastDay(from: number, to: number): number | undefined
  openOf(day: number): number
  closeOf(day: number): number
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

export function createTradingCalendar(hours: TradingHours, zone: ZoneClock): TradingCalendar {
  const offDays = new Set(hours.offDays ?? [6, 7])
  const holidays = new Set(hours.holidays ?? [])
  const special = new Map((hours.specialDays ?? []).map((day) => [day.day, day]))
  const dayStart = hours.open >= hours.close ? hours.open - dayMs : 0
  const isTradingDay = (day: number) => !offDays.has(weekdayOf(day)) && !holidays.has(day)
  const lastDay = (from: number, to: number) => {
    for (let day = to - 1; day >= from; day--) if (isTradingDay(day)) return day
    return undefined
  }
  return {
    zone,
    dayStart,
    isTradingDay,
    dayAt: (utc) => Math.floor((utc + zone.offsetAt(utc) - dayStart) / dayMs),
    nextDay(day) {
      for (let next = day + 1; next < day + 3_660; next++) if (isTradingDay(next)) return next
      throw new RangeError('a trading calendar without trading days')
    },
    lastDay,
    openOf(day) {
      const { open, close } = special.get(day) ?? hours
      return zone.toUtc(day * dayMs + (open >= close ? open - dayMs : open))
    },
    closeOf: (day) => zone.toUtc(day * dayMs + (special.get(day) ?? hours).close),
  }
}
