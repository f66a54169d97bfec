import { lowerBound, upperBound } from '../lib/columns.ts'
import { holdsOn, isMomentary, type Track } from './track.ts'

/** How often an alert may fire: once and no more, on every bar or print on which it is so, at most once a minute. */
export const alertRepeats = ['once', 'per-bar', 'per-minute'] as const
export type AlertRepeat = (typeof alertRepeats)[number]

/** When an alert fires, given its conditions. */
export interface AlertRule {
  readonly join: 'all' | 'any'
  readonly repeat: AlertRepeat
  /** EpochMs from which on it never fires; null: it does not end. */
  readonly expires: number | null
}

const minuteMs = 60_000

/**
 * The moments (EpochMs, rising) in (`after`, `until`] at which an alert fires. `lastFired`: before them, null: never.
 * A condition that lasts is taken as it stood last; a crossing counts only at its own moment. What happens at one moment
 * on several instruments is one moment.
 */
export function firingsOf(
  tracks: readonly Track[],
  { join, repeat, expires }: AlertRule,
  { after, until, lastFired }: { readonly after: number; readonly until: number; readonly lastFired: number | null },
): number[] {
  const fired: number[] = []
  let last = lastFired
  for (const moment of momentsOf(tracks, after, Math.min(until, expires === null ? until : expires - 1))) {
    if (repeat === 'once' && last !== null) break
    if (repeat === 'per-minute' && last !== null && moment - last < minuteMs) continue
    const holds = (track: Track) => holdsAt(track, moment)
    if (!(join === 'all' ? tracks.every(holds) : tracks.some(holds))) continue
    fired.push(moment)
    last = moment
  }
  return fired
}

/** The figures that each track compares at a moment: those that are newest then; NaN before the first. */
export function figuresAt(
  tracks: readonly Track[],
  moment: number,
): { readonly left: number; readonly right: number }[] {
  return tracks.map(({ moments, left, right }) => {
    const row = upperBound(moments, moment) - 1
    return { left: left[row] ?? Number.NaN, right: right[row] ?? Number.NaN }
  })
}

/** Of moments at which an alert is so, those that begin a stretch of them: what arming it anew after each would have told. */
export function stretchesOf(holding: readonly number[], moments: Float64Array): number[] {
  return holding.filter((moment, index) => {
    const before = index === 0 ? undefined : holding[index - 1]
    return before === undefined || lowerBound(moments, moment) - lowerBound(moments, before) > 1
  })
}

function holdsAt(track: Track, moment: number): boolean {
  const [first, end] = [lowerBound(track.moments, moment), upperBound(track.moments, moment)]
  for (let row = first; row < end; row++) if (holdsOn(track, row)) return true
  return first === end && end > 0 && !isMomentary(track) && holdsOn(track, end - 1)
}

/** Every moment of any track in (after, until], rising, once each. */
export function momentsOf(tracks: readonly Track[], after: number, until: number): Float64Array {
  const all = tracks.flatMap(({ moments }) => [
    ...moments.subarray(upperBound(moments, after), upperBound(moments, until)),
  ])
  return Float64Array.from(new Set(all)).sort()
}
