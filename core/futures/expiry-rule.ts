/** A day as days since 1970-01-01. */
export type DayNumber = number

/** The exchange's weekends and holidays; without a calendar, weekends alone. */
export type IsTradingDay = (day: DayNumber) => boolean

/**
 * The day that a delivery month fixes. `months` moves the month in which the rule counts (−1: the month before
 * delivery); a day that is none of trading moves `roll` (`before` unless told). `less` then goes so many trading days back.
 */
export type ExpiryRule =
  /** The n-th of a weekday (0 Sunday … 6 Saturday). */
  | (Counted & { readonly kind: 'weekday'; readonly nth: number; readonly weekday: number })
  /** The n-th trading day, negative from the month's end (−1 the last). */
  | (Counted & { readonly kind: 'trading-day'; readonly nth: number })
  /** A day of the month; past its end, its last day. */
  | (Counted & { readonly kind: 'day'; readonly day: number })

interface Counted {
  readonly months?: number
  readonly less?: number
  readonly roll?: 'before' | 'after'
}

const dayMs = 86_400_000

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7
}

export const weekends: IsTradingDay = (day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6

/** The day of a rule for a delivery month (1 to 12). */
export function expiryDay(
  rule: ExpiryRule,
  delivery: { readonly year: number; readonly month: number },
  isTradingDay: IsTradingDay = weekends,
): DayNumber {
  const first = Date.UTC(delivery.year, delivery.month - 1 + (rule.months ?? 0)) / dayMs
  const next = Date.UTC(delivery.year, delivery.month + (rule.months ?? 0)) / dayMs
  const day = onTradingDay(ruleDay(rule, { first, next, isTradingDay }), rule.roll ?? 'before', isTradingDay)
  return tradingDaysBefore(day, rule.less ?? 0, isTradingDay)
}

interface Month {
  readonly first: DayNumber
  readonly next: DayNumber
  readonly isTradingDay: IsTradingDay
}

function ruleDay(rule: ExpiryRule, { first, next, isTradingDay }: Month): DayNumber {
  switch (rule.kind) {
    case 'weekday':
      return first + ((rule.weekday - weekdayOf(first) + 7) % 7) + (rule.nth - 1) * 7
    case 'day':
      return Math.min(first + rule.day, next) - 1
    case 'trading-day':
      return rule.nth > 0
        ? tradingDaysAfter(first - 1, rule.nth, isTradingDay)
        : tradingDaysBefore(next, -rule.nth, isTradingDay)
  }
}

function onTradingDay(day: DayNumber, roll: 'before' | 'after', isTradingDay: IsTradingDay): DayNumber {
  let moved = day
  while (!isTradingDay(moved)) moved += roll === 'before' ? -1 : 1
  return moved
}

/** So many trading days before a day, which counts for nothing itself. */
export function tradingDaysBefore(day: DayNumber, count: number, isTradingDay: IsTradingDay = weekends): DayNumber {
  let moved = day
  for (let left = count; left > 0; ) if (isTradingDay(--moved)) left--
  return moved
}

function tradingDaysAfter(day: DayNumber, count: number, isTradingDay: IsTradingDay): DayNumber {
  let moved = day
  for (let left = count; left > 0; ) if (isTradingDay(++moved)) left--
  return moved
}
