import type { BarSeries } from '../domain/bar-series.ts'
import type { FormingBar } from './forming-bar.ts'

/** Where a source bar stands towards the forming bar; flags, so that one source bar can end two bars. */
export const place = {
  /** It belongs to the forming bar (or begins one). */
  inside: 0,
  /** The forming bar ended before it; it begins the next one. */
  after: 1,
  /** The bar that it belongs to ends with it. */
  last: 2,
  /** It is left out. */
  dropped: 4,
} as const

/** Decides where bars end. One rule serves history, streams and replay; it keeps its own state between bars. */
export interface CutRule {
  /** Asked once for each source bar, in time order and before it is added: `place` flags. */
  place(forming: FormingBar, bars: BarSeries, index: number): number
  /** Called when the source bar has been added. */
  added?(forming: FormingBar): void
  /** Gives a bar that has ended its final times. `flushed`: the source is over, its period may not be. */
  finish(forming: FormingBar, flushed: boolean): void
  /** Whether the forming bar ends by this time although no source bar has shown it; what belongs to it is late then. */
  endsBy(forming: FormingBar, time: number): boolean
}
