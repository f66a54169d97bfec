import { lowerBound } from '../lib/columns.ts'
import type { FuturesContract } from './contract-chain.ts'

/** Two neighbouring contracts at a moment; `bar` and `nextBar` are the last rows known of each, −1 before the first. */
export interface RollMoment {
  readonly current: FuturesContract
  readonly next: FuturesContract
  readonly bar: number
  readonly nextBar: number
}

/** When a contract is left for the next one. Whatever the rule, a contract without further bars is left. */
export type RollRule =
  /** Only when its bars end. */
  | { readonly kind: 'end' }
  /** From so many days before the expiry on. */
  | { readonly kind: 'expiry'; readonly daysBefore?: number }
  /** From so many days before the first notice on; never where there is none. */
  | { readonly kind: 'first-notice'; readonly daysBefore?: number }
  /** From a day (UTC) of the month on that lies so many months before the month of the expiry (0 unless told). */
  | { readonly kind: 'day-of-month'; readonly day: number; readonly monthsBefore?: number }
  /** For its last so many bars. */
  | { readonly kind: 'last-bars'; readonly bars: number }
  /** When the next one has had more volume, or open interest, for so many bars in a row (1 unless told). */
  | { readonly kind: 'volume' | 'open-interest'; readonly confirm?: number }
  /** From the date of each contract on (EpochMs by code). */
  | { readonly kind: 'calendar'; readonly dates: Readonly<Record<string, number>> }
  /** What the user says at the close of a bar. */
  | { readonly kind: 'predicate'; readonly roll: (moment: RollMoment) => boolean }
  /** When the first, or all, of several rules say so. */
  | { readonly kind: 'any' | 'all'; readonly rules: readonly RollRule[] }

const dayMs = 86_400_000

/** Rolls before the first bar at `time`: rules that are known ahead. */
export function rollsFrom(rule: RollRule, { current, bar }: RollMoment, time: number): boolean {
  switch (rule.kind) {
    case 'expiry':
      return isWithin(current.expiry, rule.daysBefore, time)
    case 'first-notice':
      return isWithin(current.firstNotice, rule.daysBefore, time)
    case 'day-of-month':
      return current.expiry !== null && time >= dayBefore(current.expiry, rule)
    case 'last-bars':
      return bar + 1 >= current.bars.length - rule.bars
    case 'calendar':
      return time >= (rule.dates[current.code] ?? Number.POSITIVE_INFINITY)
    default:
      return false
  }
}

function isWithin(date: number | null | undefined, daysBefore: number | undefined, time: number): boolean {
  return typeof date === 'number' && time >= date - (daysBefore ?? 0) * dayMs
}

/** The rule's day of its month; a day past the month's end is its last. */
function dayBefore(expiry: number, rule: { readonly day: number; readonly monthsBefore?: number }): number {
  const date = new Date(expiry)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - (rule.monthsBefore ?? 0)]
  return Math.min(Date.UTC(year, month, rule.day), Date.UTC(year, month + 1, 0))
}

/** Rolls with the bar after this one: rules that look at what has traded. */
export function rollsAfter(rule: RollRule, moment: RollMoment): boolean {
  if (rule.kind === 'predicate') return rule.roll(moment)
  if (rule.kind !== 'volume' && rule.kind !== 'open-interest') return false
  const column = rule.kind === 'volume' ? 'volume' : 'openInterest'
  const { current, next, bar } = moment
  for (let back = 0; back < (rule.confirm ?? 1); back++) {
    const stamp = current.bars.closeTime[bar - back]
    if (stamp === undefined) return false
    const other = lowerBound(next.bars.closeTime, stamp)
    const isCommon = next.bars.closeTime[other] === stamp
    if (!isCommon || !((next.bars[column][other] as number) > (current.bars[column][bar - back] as number)))
      return false
  }
  return true
}

/** Whether the contract of `moment` is left before the bar at `time`. */
export function isRollDue(rule: RollRule, moment: RollMoment, time: number): boolean {
  if (rule.kind === 'any') return rule.rules.some((one) => isRollDue(one, moment, time))
  if (rule.kind === 'all') return rule.rules.every((one) => isRollDue(one, moment, time))
  return rollsFrom(rule, moment, time) || (moment.bar >= 0 && rollsAfter(rule, moment))
}
