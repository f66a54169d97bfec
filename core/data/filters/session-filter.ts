import type { BarSeries } from '../../domain/bar-series.ts'
import { dayMs } from '../civil.ts'
import { FormingBar } from '../forming-bar.ts'
import { type ZoneClock, zoneClock } from '../zone-offsets.ts'
import type { BarFilter, FeedSession, OnFiltered } from './filter.ts'

/** Lets bars through for which a question is answered with yes (FL-08). */
export class PredicateFilter implements BarFilter {
  readonly #bar = new FormingBar()
  readonly #keep: (bars: BarSeries, index: number) => boolean
  readonly #onBar: OnFiltered
  #number = 0

  constructor(keep: (bars: BarSeries, index: number) => boolean, onBar: OnFiltered) {
    this.#keep = keep
    this.#onBar = onBar
  }

  push(bars: BarSeries, index: number): void {
    if (!this.#keep(bars, index)) return
    this.#bar.clear()
    this.#bar.add(bars, index)
    this.#onBar(this.#bar, this.#number++)
  }
}

/**
 * Whether a bar lies in the session (FL-01): by its open time from the start to before the end; by upstream's stamp, the
 * end of a bar, both ends included. A start after the end: the session spans midnight.
 */
export function inSession(feed: FeedSession): (bars: BarSeries, index: number) => boolean {
  const { zone, sessionStart, sessionEnd, stamp } = feed
  const clock: ZoneClock = zoneClock(zone)
  return (bars, index) => {
    const utc = bars[stamp][index] as number
    const local = utc + clock.offsetAt(utc)
    const time = local - Math.floor(local / dayMs) * dayMs
    const isBefore = stamp === 'time' ? time < sessionEnd : time <= sessionEnd
    return sessionStart <= sessionEnd ? time >= sessionStart && isBefore : time >= sessionStart || isBefore
  }
}
