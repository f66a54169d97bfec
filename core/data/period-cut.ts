import type { BarSeries } from '../domain/bar-series.ts'
import { type BarSpec, isCalendarSpec } from '../domain/bar-spec.ts'
import { dayMs } from './civil.ts'
import { type CutRule, place } from './cut-rule.ts'
import type { FormingBar } from './forming-bar.ts'
import { createPeriods, type Periods } from './periods.ts'
import type { TradingCalendar } from './trading-calendar.ts'
import { zoneClock } from './zone-offsets.ts'

/**
 * Bars of equal periods as the exchange's clock shows them. A bar ends with the source bar that reaches its end; when
 * the calendar is known its end is the close of the period's last session, so that a week is seen on its Friday
 * . Prints after that close make a bar of their own. Without a calendar, or where it is wrong, the first bar of
 * the next period ends it: a holiday that the calendar does not list never joins two periods.
 */
export class PeriodCut implements CutRule {
  readonly #spec: BarSpec
  readonly #calendar: TradingCalendar | undefined
  readonly #periods: Periods
  readonly #wholeDays: boolean
  #from = Number.NEGATIVE_INFINITY
  #to = Number.NEGATIVE_INFINITY
  /** True while the forming bar has its final end and `#to` is already that of the next. */
  #isClosed = false

  constructor(spec: BarSpec, zone: string, calendar?: TradingCalendar) {
    this.#spec = spec
    this.#calendar = calendar
    this.#wholeDays = isCalendarSpec(spec)
    this.#periods = createPeriods(spec, calendar?.zone ?? zoneClock(zone), calendar?.dayStart)
  }

  place(forming: FormingBar, bars: BarSeries, index: number): number {
    const time = bars.time[index] as number
    const closeTime = bars.closeTime[index] as number
    // A daily bar is a date rather than an instant: its middle falls on that date in any nearby zone.
    const isDate = this.#wholeDays && closeTime - time >= dayMs * 0.9
    const at = isDate ? (time + closeTime) / 2 : time
    // A print of a bar that has been handed out comes too late.
    if (at < this.#from) return place.dropped
    let flags: number = place.inside
    if (at >= this.#to) {
      if (forming.sources > 0) {
        flags = place.after
        forming.closeTime = this.#to
        this.#isClosed = true
      }
      this.#seek(at)
    }
    return closeTime >= this.#to ? flags | place.last : flags
  }

  added(forming: FormingBar): void {
    forming.time = this.#from
  }

  finish(forming: FormingBar): void {
    if (!this.#isClosed) forming.closeTime = this.#to
    this.#isClosed = false
  }

  endsBy(forming: FormingBar, time: number): boolean {
    if (forming.sources === 0 || time < this.#to) return false
    this.#from = this.#to
    return true
  }

  #seek(at: number): void {
    const periods = this.#periods
    periods.seek(at)
    this.#from = periods.from
    this.#to = periods.to
    const close = this.#lastClose(at)
    if (close === undefined || close <= periods.from || close >= periods.to) return
    if (at < close) this.#to = close
    else this.#from = close
  }

  /** Close of the last session that begins in the period around an instant. */
  #lastClose(at: number): number | undefined {
    const calendar = this.#calendar
    if (calendar === undefined) return undefined
    if (!isCalendarSpec(this.#spec)) return calendar.closeOf(calendar.dayAt(at))
    const last = calendar.lastDay(calendar.dayAt(this.#periods.from), calendar.dayAt(this.#periods.to))
    return last === undefined ? undefined : calendar.closeOf(last)
  }
}
