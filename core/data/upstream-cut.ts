import type { BarSeries } from '../domain/bar-series.ts'
import { dayMs, monthOfDay } from './civil.ts'
import { type CutRule, place } from './cut-rule.ts'
import type { FormingBar } from './forming-bar.ts'
import { pointOfDay, pointsPerDay, type Timeframe, timeframes } from './timeframe.ts'
import type { TradingCalendar } from './trading-calendar.ts'
import { UpstreamSession, upstreamSessionEnd, weekOf } from './upstream-session.ts'
import { type ZoneClock, zoneClock } from './zone-offsets.ts'

/** The options of backtrader's resampledata and replaydata; `source` is what the feed says about itself. */
export interface UpstreamOptions {
  readonly timeframe: Timeframe
  readonly compression?: number
  readonly source?: { readonly timeframe: Timeframe; readonly compression: number }
  readonly bar2edge?: boolean
  /** Default: true when resampling, false when replaying. */
  readonly adjbartime?: boolean
  readonly rightedge?: boolean
  readonly boundoff?: number
  readonly takelate?: boolean
  /** Milliseconds of the day; the whole day unless told. */
  readonly sessionEnd?: number
  readonly zone?: string
  readonly calendar?: TradingCalendar
}

const lateMs = 86.4

/**
 * Profile backtrader (R-01 … … R-11), defects included: stamps are right edges and live in `closeTime`.
 * Boundaries inside a day are looked for in UTC and met in local time; the default rule is `PeriodCut`.
 */
export class UpstreamCut implements CutRule {
  readonly #timeframe: Timeframe
  readonly #compression: number
  readonly #bar2edge: boolean
  readonly #rightEdge: number
  readonly #boundOff: number
  readonly #takeLate: boolean
  readonly #adjusts: boolean
  readonly #replays: boolean
  readonly #isSubDay: boolean
  readonly #isSubWeek: boolean
  readonly #onlyCounts: boolean
  readonly #calendar: TradingCalendar | undefined
  readonly #clock: ZoneClock
  readonly #session: UpstreamSession
  #count = 0
  #edge = false
  #late = false
  /** Stamp of the last row handed out; NaN before the first. */
  #delivered = Number.NaN

  constructor(options: UpstreamOptions, replays = false) {
    const { timeframe, compression = 1, source, calendar } = options
    const rank = timeframes.indexOf(timeframe)
    this.#timeframe = timeframe
    this.#compression = compression
    this.#bar2edge = options.bar2edge ?? true
    this.#rightEdge = (options.rightedge ?? true) ? 1 : 0
    this.#boundOff = options.boundoff ?? 0
    this.#takeLate = options.takelate ?? true
    this.#isSubDay = rank > 0 && rank < timeframes.indexOf('Days')
    this.#isSubWeek = rank < timeframes.indexOf('Weeks')
    this.#adjusts = this.#bar2edge && (options.adjbartime ?? !replays) && this.#isSubWeek
    this.#replays = replays
    this.#onlyCounts =
      !this.#isSubDay && source?.timeframe === timeframe && compression % Math.max(1, source.compression) === 0
    this.#calendar = calendar
    this.#clock = calendar?.zone ?? zoneClock(options.zone ?? 'UTC')
    this.#session = new UpstreamSession(this.#clock, options.sessionEnd ?? upstreamSessionEnd, calendar)
  }

  /** True when a finished bar is shown once more under its edge's stamp (replay with adjbartime). */
  get adjusts(): boolean {
    return this.#adjusts
  }

  place(forming: FormingBar, bars: BarSeries, index: number): number {
    const stamp = bars.closeTime[index] as number
    this.#late = this.#isSubDay && stamp <= this.#delivered
    if (this.#late) return this.#takeLate ? place.inside : place.dropped
    this.#edge = false
    if (this.#onlyCounts) {
      this.#session.markRunning(stamp)
      return this.#counted() ? place.last : place.inside
    }
    const met = this.#edgeOf(stamp)
    if (met === 'edge') {
      this.#edge = true
      return place.last
    }
    if (met === 'counted' || forming.sources === 0) return place.inside
    return this.#isAfter(forming.closeTime, stamp) ? place.after : place.inside
  }

  added(forming: FormingBar): void {
    if (this.#late) forming.closeTime = this.#delivered + lateMs
    if (this.#replays) this.#delivered = forming.closeTime
  }

  finish(forming: FormingBar, flushed: boolean): void {
    if (this.#adjusts && (flushed || !this.#edge)) {
      const stamp = this.#edgeStamp(forming.closeTime)
      if (flushed || stamp > forming.closeTime) forming.closeTime = stamp
    }
    this.#edge = false
    if (!this.#replays) this.#delivered = forming.closeTime
  }

  /** Only bars inside a day that keep to the edges are ended by the time of other data. */
  endsBy(forming: FormingBar, time: number): boolean {
    if (this.#onlyCounts || !this.#isSubDay || !this.#bar2edge) return false
    return (
      this.#isPast(forming.closeTime, time) &&
      this.#timeframe === 'Minutes' &&
      this.#edgeStamp(forming.closeTime) <= time
    )
  }

  /** What the bar itself shows, before it is added: `counted` = its period is over, but more of them make a bar. */
  #edgeOf(stamp: number): 'edge' | 'counted' | 'none' {
    if (!this.#isSubWeek) {
      if (!this.#isLastTradingDay(stamp)) return 'none'
      return this.#counted() ? 'edge' : 'counted'
    }
    if (this.#session.endsAt(stamp)) return 'edge'
    if (!this.#isSubDay) return 'none'
    // A remainder beyond the point leaves one here too.
    const point = pointOfDay(this.#timeframe, stamp + this.#clock.offsetAt(stamp)) + this.#boundOff
    return point % this.#compression === 0 ? 'edge' : 'none'
  }

  #isLastTradingDay(stamp: number): boolean {
    const calendar = this.#calendar
    if (calendar === undefined) return false
    const day = this.#dayOf(stamp)
    const next = calendar.nextDay(day)
    if (this.#timeframe === 'Weeks') return weekOf(day) !== weekOf(next)
    const [here, there] = [monthOfDay(day), monthOfDay(next)]
    return this.#timeframe === 'Months' ? here.month !== there.month : here.year !== there.year
  }

  #isAfter(barStamp: number, stamp: number): boolean {
    if (!this.#isPast(barStamp, stamp)) return false
    return (this.#isSubDay && this.#bar2edge) || this.#counted()
  }

  #counted(): boolean {
    this.#count++
    return this.#count % this.#compression === 0
  }

  /** True when the stamp lies in a later period than the forming bar's last stamp. */
  #isPast(barStamp: number, stamp: number): boolean {
    if (this.#timeframe === 'Ticks') return true
    if (this.#isSubDay) return this.#isPastBoundary(barStamp, stamp)
    if (this.#timeframe === 'Days') return this.#session.endedBetween(barStamp, stamp)
    const [from, to] = [this.#dayOf(barStamp), this.#dayOf(stamp)]
    // With a calendar only the calendar ends a week, so that a holiday it does not list joins two.
    if (this.#timeframe === 'Weeks') return this.#calendar === undefined && weekOf(to) > weekOf(from)
    const [here, there] = [monthOfDay(from), monthOfDay(to)]
    if (this.#timeframe === 'Years') return there.year > here.year
    return there.year * 12 + there.month > here.year * 12 + here.month
  }

  #isPastBoundary(barStamp: number, stamp: number): boolean {
    if (this.#session.endedBetween(barStamp, stamp)) return true
    if (stamp < barStamp) return false
    const from = Math.floor(pointOfDay(this.#timeframe, barStamp)) + this.#boundOff
    const to = Math.floor(pointOfDay(this.#timeframe, stamp)) + this.#boundOff
    if (to <= from) return false
    if (!this.#bar2edge || this.#compression === 1) return true
    return Math.floor(to / this.#compression) > Math.floor(from / this.#compression)
  }

  /** The stamp of the edge after (or before, without `rightedge`) the forming bar's last one. */
  #edgeStamp(barStamp: number): number {
    const { end, passed } = this.#session
    if (Number.isNaN(end)) return passed
    const local = barStamp + this.#clock.offsetAt(barStamp)
    const midnight = Math.floor(local / dayMs) * dayMs
    if (this.#timeframe === 'Days') return this.#clock.toUtc(midnight + (((end % dayMs) + dayMs) % dayMs))
    const point = Math.floor(pointOfDay(this.#timeframe, local)) + this.#boundOff
    const edge = (Math.floor(point / this.#compression) + this.#rightEdge) * this.#compression
    return this.#clock.toUtc(midnight + (edge * dayMs) / pointsPerDay(this.#timeframe))
  }

  #dayOf(stamp: number): number {
    return Math.floor((stamp + this.#clock.offsetAt(stamp)) / dayMs)
  }
}
