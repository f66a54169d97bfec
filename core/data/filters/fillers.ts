import type { BarSeries } from '../../domain/bar-series.ts'
import { dayMs } from '../civil.ts'
import { FormingBar } from '../forming-bar.ts'
import { type ZoneClock, zoneClock } from '../zone-offsets.ts'
import type { BarFilter, FeedSession, FillValues, OnFiltered } from './filter.ts'

/** Writes bars that nobody traded: one price, at stamps a step apart. */
class FillWriter {
  readonly clock: ZoneClock
  readonly feed: FeedSession
  readonly bar = new FormingBar()
  number = 0
  lastClose = Number.NaN
  readonly #values: FillValues
  readonly #onBar: OnFiltered

  constructor(feed: FeedSession, values: FillValues, onBar: OnFiltered) {
    this.feed = feed
    this.clock = zoneClock(feed.zone)
    this.#values = values
    this.#onBar = onBar
  }

  /** A fill whose stamp is this local time. */
  fill(local: number, price = this.#values.price || this.lastClose, lengthMs = this.feed.stepMs): void {
    const { bar } = this
    const utc = this.clock.toUtc(local)
    bar.time = this.feed.stamp === 'time' ? utc : utc - lengthMs
    bar.closeTime = this.feed.stamp === 'time' ? utc + lengthMs : utc
    bar.open = bar.high = bar.low = bar.close = price
    bar.volume = this.#values.volume ?? Number.NaN
    bar.openInterest = this.#values.openInterest ?? Number.NaN
    this.#onBar(bar, this.number++)
  }

  /** Fills at from + step, from + 2 steps … below `to`; local times. */
  fillBetween(from: number, to: number): void {
    for (let at = from + this.feed.stepMs; at < to; at += this.feed.stepMs) this.fill(at)
  }

  pass(bars: BarSeries, index: number): void {
    this.bar.clear()
    this.bar.add(bars, index)
    this.#onBar(this.bar, this.number++)
  }

  localOf(bars: BarSeries, index: number): number {
    const stamp = bars[this.feed.stamp][index] as number
    return stamp + this.clock.offsetAt(stamp)
  }
}

const midnightOf = (local: number) => Math.floor(local / dayMs) * dayMs

/** SessionFiller (FL-02). Outside sessions nothing is added; our rule lets such bars through, upstream's hides them. */
export class SessionFiller implements BarFilter {
  readonly #writer: FillWriter
  readonly #isUpstream: boolean
  readonly #skipFirst: boolean
  /** The last stamp of a day inside the session: by open times the end itself is outside. */
  readonly #lastMoment: number
  /** How far past that moment fills are looked for. */
  readonly #beyondEnd: number
  /** Local end of the session that the last bar belongs to; infinite before the first. */
  #sessionEnd = Number.POSITIVE_INFINITY
  #previous = Number.NaN

  constructor(
    feed: FeedSession,
    rules: FillValues & { readonly skipFirstFill?: boolean },
    isUpstream: boolean,
    onBar: OnFiltered,
  ) {
    const byOpen = feed.stamp === 'time'
    this.#writer = new FillWriter(feed, rules, onBar)
    this.#lastMoment = feed.sessionEnd - (byOpen ? 1 : 0)
    this.#beyondEnd = byOpen ? 1 : feed.unitMs
    this.#skipFirst = rules.skipFirstFill ?? true
    this.#isUpstream = isUpstream
  }

  push(bars: BarSeries, index: number): void {
    const writer = this.#writer
    const local = writer.localOf(bars, index)
    if (local <= this.#sessionEnd && !Number.isNaN(this.#previous)) {
      writer.fillBetween(this.#previous, local)
      this.#pass(bars, index, local)
    } else this.#begin(bars, index, local)
  }

  /** The first bar, or one past the session's end: the old session is filled to its end, the new one from its start. */
  #begin(bars: BarSeries, index: number, local: number): void {
    const writer = this.#writer
    const { stepMs, sessionStart } = writer.feed
    const isFirst = Number.isNaN(this.#previous)
    const start = midnightOf(local) + sessionStart
    const evening = isFirst ? undefined : { from: this.#previous, to: this.#sessionEnd + this.#beyondEnd }
    this.#sessionEnd = midnightOf(local) + this.#lastMoment
    const isInside = local >= start && local <= this.#sessionEnd
    if (this.#isUpstream && evening !== undefined && !(isInside && start < local)) {
      this.#beginAsUpstream(bars, index, { local, evening, isInside })
      return
    }
    if (evening !== undefined) writer.fillBetween(evening.from, evening.to)
    if (isInside && !(isFirst && this.#skipFirst)) writer.fillBetween(start - stepMs, local)
    this.#pass(bars, index, local)
  }

  /** Without a fill in the new session its bar comes before the fills of the old one; outside, it is never shown. */
  #beginAsUpstream(
    bars: BarSeries,
    index: number,
    {
      local,
      evening,
      isInside,
    }: { readonly local: number; readonly evening: { from: number; to: number }; readonly isInside: boolean },
  ): void {
    const writer = this.#writer
    const closeBefore = writer.lastClose
    if (isInside) writer.pass(bars, index)
    else writer.number++
    writer.lastClose = closeBefore
    writer.fillBetween(evening.from, evening.to)
    this.#remember(bars, index, local)
  }

  #pass(bars: BarSeries, index: number, local: number): void {
    this.#writer.pass(bars, index)
    this.#remember(bars, index, local)
  }

  #remember(bars: BarSeries, index: number, local: number): void {
    this.#previous = local
    this.#writer.lastClose = bars.close[index] as number
  }
}

/** DataFiller (FL-08): up to (not with) the session's end, then from the next session's start. */
export class DataFiller implements BarFilter {
  readonly #writer: FillWriter
  #previous = Number.NaN

  constructor(feed: FeedSession, values: FillValues, onBar: OnFiltered) {
    this.#writer = new FillWriter(feed, values, onBar)
  }

  push(bars: BarSeries, index: number): void {
    const writer = this.#writer
    const { stepMs, sessionStart, sessionEnd } = writer.feed
    const local = writer.localOf(bars, index)
    if (!Number.isNaN(this.#previous)) {
      const end = midnightOf(this.#previous) + sessionEnd
      writer.fillBetween(this.#previous, Math.min(local, end))
      if (local > end) writer.fillBetween(midnightOf(local) + sessionStart - stepMs, local)
    }
    writer.pass(bars, index)
    writer.lastClose = bars.close[index] as number
    this.#previous = local
  }
}

/** CalendarDays (FL-03). Upstream also fills the day that has a bar; ours fills the days that have none. */
export class CalendarDaysFiller implements BarFilter {
  readonly #writer: FillWriter
  readonly #price: number
  readonly #isUpstream: boolean
  #previousDay = Number.NaN
  #middle = Number.NaN

  constructor(feed: FeedSession, values: FillValues, isUpstream: boolean, onBar: OnFiltered) {
    this.#writer = new FillWriter(feed, values, onBar)
    this.#price = values.price ?? 0
    this.#isUpstream = isUpstream
  }

  push(bars: BarSeries, index: number): void {
    const writer = this.#writer
    const local = writer.localOf(bars, index)
    const day = Math.floor(local / dayMs)
    if (day - this.#previousDay > 1) {
      const last = this.#isUpstream ? day : day - 1
      for (let missing = this.#previousDay + 1; missing <= last; missing++)
        writer.fill(local + (missing - day) * dayMs, this.#fillPrice(), dayMs)
    }
    writer.pass(bars, index)
    writer.lastClose = bars.close[index] as number
    this.#middle = ((bars.high[index] as number) + (bars.low[index] as number)) / 2
    this.#previousDay = day
  }

  #fillPrice(): number {
    if (this.#price > 0) return this.#price
    return this.#price < 0 ? this.#middle : this.#writer.lastClose
  }
}
