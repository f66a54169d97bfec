import { floorDivide } from '../lib/floor-divide.ts'

/** How much of an order one bar can fill (01 section 8.5). `none`: all of it. */
export type FillerRules =
  | { readonly kind: 'none' }
  /** At most `size` units and the bar's volume. */
  | { readonly kind: 'fixed-size'; readonly size: number | null }
  /** At most a percentage of the bar's volume, whole units. */
  | { readonly kind: 'bar-percent'; readonly percent: number }
  /** The volume is spread evenly over the bar's price steps; one step's percentage can fill. */
  | { readonly kind: 'bar-point-percent'; readonly minimumMove: number | null; readonly percent: number }

/** Units (≥ 0) of `remaining` (≥ 0) that a bar with this volume and range fills. */
export function fillable(rules: FillerRules, remaining: number, volume: number, range: number): number {
  switch (rules.kind) {
    case 'none':
      return remaining
    case 'fixed-size':
      return Math.min(volume, remaining, rules.size ?? Number.POSITIVE_INFINITY)
    case 'bar-percent':
      return Math.min(floorDivide(volume * rules.percent, 100), remaining)
    case 'bar-point-percent': {
      const step = rules.minimumMove
      const parts = step === null ? 1 : floorDivide(range + step, step)
      return Math.min(floorDivide((volume / parts) * rules.percent, 100), remaining)
    }
  }
}
