/** A calendar day on the clock of a timer's zone. */
export interface TimerDay {
  /** Year, e.g. 2024. */
  readonly year: number
  /** 1 January … 12 December. */
  readonly month: number
  /** Day of the month, from 1. */
  readonly day: number
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
}

/** When a timer goes off. */
export interface TimerOptions {
  /** `'session-start'`, `'session-end'`, or a time of day: `'09:30'`, `'15:59:30'`. */
  readonly at: string
  /** Milliseconds added to `at`; negative: before it. */
  readonly offset?: number
  /** Again every so many milliseconds until the session (for a time of day: the day) ends; without it once a day. */
  readonly every?: number
  /** Only on these days of the week, 1 Monday … 7 Sunday. */
  readonly weekdays?: readonly number[]
  /** True: a listed weekday without bars is made up for on the next day with bars. Default false. */
  readonly weekCarry?: boolean
  /** Only on these days of the month. */
  readonly monthDays?: readonly number[]
  /** True (default): a listed day of the month without bars is made up for on the next day with bars. */
  readonly monthCarry?: boolean
  /** Asked once for each day that the lists let through; false leaves the day out. */
  readonly allow?: (day: TimerDay) => boolean
  /** IANA zone of `at`; default: the zone of the run's first instrument. Clock changes are reckoned with. */
  readonly zone?: string
  /** True: before the broker's turn, so that with cheat-on-open an order still fills at this bar's open. */
  readonly cheat?: boolean
}

/** A timer of a strategy, made with `this.timer(…)`. */
export class Timer {
  /** What it was made with. */
  readonly options: TimerOptions
  /** The time for which it last went off, epoch milliseconds; NaN before the first. The bar may be later. */
  last = Number.NaN

  /** Made by the engine. */
  constructor(options: TimerOptions) {
    this.options = options
  }
}
