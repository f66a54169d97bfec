import { DomainError } from '../domain/errors.ts'
import { Timer, type TimerOptions } from './timer.ts'
import { type SessionHours, TimerSchedule } from './timer-schedule.ts'

/** What a timer calls: its own function, else the strategy's `onTimer`. */
export type TimerCallback = (timer: Timer, when: number) => void

interface RunningTimer {
  readonly timer: Timer
  readonly schedule: TimerSchedule
  readonly callback: TimerCallback | undefined
}

/** Where a run's first instrument is, and its hours: what timers go by unless they name a zone. */
export interface TimerPlace {
  readonly zone: string
  readonly hours: SessionHours
}

/** The timers of one strategy. */
export class StrategyTimers {
  readonly #place: TimerPlace
  readonly #upstream: boolean
  readonly #early: RunningTimer[] = []
  readonly #late: RunningTimer[] = []
  #started = false

  constructor(place: TimerPlace, upstream: boolean) {
    this.#place = place
    this.#upstream = upstream
  }

  get isEmpty(): boolean {
    return this.#early.length + this.#late.length === 0
  }

  /** True when one comes before the broker's turn. */
  get hasEarly(): boolean {
    return this.#early.length > 0
  }

  /** No timer can be added from here on. */
  start(): void {
    this.#started = true
  }

  add(options: TimerOptions, callback: TimerCallback | undefined): Timer {
    if (this.#started) throw new DomainError('timer.invalid', { reason: 'late', option: 'at', value: options.at })
    const timer = new Timer(options)
    const schedule = new TimerSchedule(options, this.#place.zone, this.#place.hours, this.#upstream)
    const list = options.cheat === true ? this.#early : this.#late
    list.push({ timer, schedule, callback })
    return timer
  }

  /** Calls what is due at the step that ends at `now`; `early`: the timers that come before the broker. */
  check(now: number, early: boolean, fallback: { onTimer?(timer: Timer, when: number): void }): void {
    for (const { timer, schedule, callback } of early ? this.#early : this.#late) {
      const due = schedule.check(now)
      if (Number.isNaN(due)) continue
      timer.last = due
      if (callback === undefined) fallback.onTimer?.(timer, due)
      else callback(timer, due)
    }
  }
}
