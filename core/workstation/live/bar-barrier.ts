import type { BarRow } from '../../data/growing-bars.ts'
import type { LiveBar } from '../../engine/live/live-event.ts'

interface Waiting {
  readonly since: number
  readonly bars: LiveBar[]
}

/**
 * Brings the bars of several instruments together by the time at which they close, as a backtest steps. A time is
 * handed out when every instrument has a bar of it or a later one, or when it has waited long enough: a market that is
 * closed must not stop the others.
 */
export class BarBarrier {
  readonly #waiting = new Map<number, Waiting>()
  readonly #latest: number[]
  readonly #patienceMs: number
  readonly #tell: (bars: readonly LiveBar[]) => void
  #last: number
  #late = 0

  /** Bars that close by `after` are late from the start. */
  constructor(instruments: number, after: number, patienceMs: number, tell: (bars: readonly LiveBar[]) => void) {
    this.#latest = new Array<number>(instruments).fill(Number.NEGATIVE_INFINITY)
    this.#last = after
    this.#patienceMs = patienceMs
    this.#tell = tell
  }

  /** Bars that came after their time had been handed out: they are left out. */
  get late(): number {
    return this.#late
  }

  /** Takes a bar at `now`; false when it is too late for it, or when it is there already. */
  add(instrument: number, bar: BarRow, now: number): boolean {
    if (bar.closeTime <= this.#last) {
      this.#late++
      return false
    }
    const waiting = this.#waiting.get(bar.closeTime) ?? { since: now, bars: [] }
    if (waiting.bars.some((each) => each.instrument === instrument)) return false
    waiting.bars.push({ instrument, bar })
    this.#waiting.set(bar.closeTime, waiting)
    this.#latest[instrument] = Math.max(this.#latest[instrument] as number, bar.closeTime)
    this.passTime(now)
    return true
  }

  /** Hands out what is complete, and what has waited long enough. */
  passTime(now: number): void {
    for (;;) {
      const time = Math.min(...this.#waiting.keys())
      const waiting = this.#waiting.get(time)
      if (waiting === undefined) return
      const isComplete = this.#latest.every((latest) => latest >= time)
      if (!isComplete && now - waiting.since < this.#patienceMs) return
      this.#waiting.delete(time)
      this.#last = time
      this.#tell(waiting.bars.sort((a, b) => a.instrument - b.instrument))
    }
  }
}
