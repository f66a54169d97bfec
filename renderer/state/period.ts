import type { Coverage } from './types.ts'
import { fromWallClock, wallClock } from './zone-time.ts'

/** Periods offered everywhere; `custom` takes its own two days. */
export const periodPresets = ['all', '1y', '3y', '5y', 'ytd', 'custom'] as const
export type PeriodPreset = (typeof periodPresets)[number]

/** A wished period; `from` and `to` (both days included, days of the exchange) only count for `custom`. */
export interface Period {
  readonly preset: PeriodPreset
  /** UTC midnight of the first day, null = as far back as the data reaches. */
  readonly from: number | null
  /** UTC midnight of the last day. */
  readonly to: number | null
}

/** Bars with open time in [from, to). */
export interface Span {
  readonly from: number | null
  readonly to: number | null
}

export const dayMs = 86_400_000

/** UTC midnight of `2020-03-02`; null for anything that is not a day of the calendar. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(ms) && dayText(ms) === text ? ms : null
}

/** `2020-03-02` of a moment in UTC; empty for null. */
export function dayText(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString().slice(0, 10)
}

/** What the data of all chosen instruments covers together (from the earliest to the latest bar); null without data. */
export function coveredSpan(
  coverage: readonly Coverage[],
  instruments: readonly string[],
): { readonly from: number; readonly to: number } | null {
  const chosen = coverage.filter((series) => instruments.includes(series.instrument))
  if (chosen.length === 0) return null
  return {
    from: Math.min(...chosen.map((series) => series.from)),
    to: Math.max(...chosen.map((series) => series.to)),
  }
}

/**
 * The span a period means, in days of the exchange's zone. The presets count back from the last stored bar, not from
 * today, so that sample data of another decade gives bars too.
 */
export function spanOf(
  period: Period,
  covered: { readonly from: number; readonly to: number } | null,
  zone = 'utc',
): Span {
  const start = (day: number | null) => (day === null ? null : fromWallClock(day, zone))
  if (period.preset === 'custom') {
    return { from: start(period.from), to: start(period.to === null ? null : period.to + dayMs) }
  }
  if (period.preset === 'all' || covered === null) return { from: null, to: null }
  const last = new Date(wallClock(covered.to - 1, zone))
  if (period.preset === 'ytd') return { from: start(Date.UTC(last.getUTCFullYear(), 0, 1)), to: null }
  const years = Number(period.preset.slice(0, 1))
  return { from: start(Date.UTC(last.getUTCFullYear() - years, last.getUTCMonth(), last.getUTCDate())), to: null }
}

/** The calendar day of a moment in a zone, as UTC midnight: what a custom period holds. */
export function dayOf(ms: number, zone: string): number {
  const wall = wallClock(ms, zone)
  return wall - (((wall % dayMs) + dayMs) % dayMs)
}

/** Where a span lies in what is covered, as shares of its length in 0…1; null when they do not meet. */
export function shareOf(
  span: Span,
  covered: { readonly from: number; readonly to: number },
): { readonly start: number; readonly end: number } | null {
  const length = covered.to - covered.from
  if (length <= 0) return null
  const start = Math.max(0, ((span.from ?? covered.from) - covered.from) / length)
  const end = Math.min(1, ((span.to ?? covered.to) - covered.from) / length)
  return start < end ? { start, end } : null
}
