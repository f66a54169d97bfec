import type { BarSeries } from '../../domain/bar-series.ts'
import { dayMs } from '../civil.ts'
import { FormingBar } from '../forming-bar.ts'
import { type ZoneClock, zoneClock } from '../zone-offsets.ts'
import type { BarFilter, FeedSession, OnFiltered } from './filter.ts'

/** Each bar twice under one number: its open alone, then whole (FL-04). */
export class DaySteps implements BarFilter {
  readonly #bar = new FormingBar()
  readonly #onBar: OnFiltered
  #number = 0

  constructor(onBar: OnFiltered) {
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const bar = this.#bar
    bar.clear()
    bar.add(bars, index)
    bar.high = bar.low = bar.close = bar.open
    bar.volume = bar.openInterest = 0
    this.#onBar(bar, this.#number)
    bar.clear()
    bar.add(bars, index)
    this.#onBar(bar, this.#number++)
  }
}

/**
 * Each bar in two (FL-05): open, high and low with their mean as close, then the close alone. Upstream stamps them with
 * the session's start and end; ours end a millisecond apart, so that neither is known early.
 */
export class DaySplitter implements BarFilter {
  readonly #bar = new FormingBar()
  readonly #feed: FeedSession
  readonly #clock: ZoneClock
  readonly #closeVolume: number
  readonly #isUpstream: boolean
  readonly #onBar: OnFiltered
  #number = 0

  constructor(feed: FeedSession, closeVolume: number, isUpstream: boolean, onBar: OnFiltered) {
    this.#feed = feed
    this.#clock = zoneClock(feed.zone)
    this.#closeVolume = closeVolume
    this.#isUpstream = isUpstream
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    const bar = this.#bar
    bar.clear()
    bar.add(bars, index)
    const { close, closeTime, volume } = bar
    bar.close = (bar.open + bar.high + bar.low) / 3
    bar.volume = Math.trunc(volume * (1 - this.#closeVolume))
    bar.closeTime = this.#isUpstream ? this.#stampOf(closeTime, this.#feed.sessionStart) : closeTime - 1
    const before = bar.volume
    this.#onBar(bar, this.#number++)
    bar.open = bar.high = bar.low = bar.close = close
    bar.volume = volume - before
    bar.time = closeTime - 1
    bar.closeTime = this.#isUpstream ? this.#stampOf(closeTime, this.#feed.sessionEnd) : closeTime
    this.#onBar(bar, this.#number++)
  }

  #stampOf(stamp: number, timeOfDay: number): number {
    const local = stamp + this.#clock.offsetAt(stamp)
    return this.#clock.toUtc(Math.floor(local / dayMs) * dayMs + timeOfDay)
  }
}
