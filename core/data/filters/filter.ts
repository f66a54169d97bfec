import type { BarSeries } from '../../domain/bar-series.ts'
import type { FormingBar } from '../forming-bar.ts'

/**
 * Receives what a filter hands out (one object, reused). `number` counts bars from 0: the same number again shows the
 * same bar once more, a skipped one is a bar that upstream keeps in its history and never shows.
 */
export type OnFiltered = (bar: FormingBar, number: number) => void

/** Changes a stream of bars: leaves out, adds, splits or redraws. */
export interface BarFilter {
  push(bars: BarSeries, index: number): void
}

/** What a filter knows of its feed. Times are milliseconds of the local day. */
export interface FeedSession {
  readonly zone: string
  readonly sessionStart: number
  readonly sessionEnd: number
  /** Length of one source bar, which fillers step by. */
  readonly stepMs: number
  /** The unit in which that length is counted (a minute for 5-minute bars). */
  readonly unitMs: number
  /**
   * The stamp that the session is asked about. `time`: bars open in [start, end); `closeTime`, upstream's only stamp:
   * bars end in [start, end], both included.
   */
  readonly stamp: 'time' | 'closeTime'
}

/** What fills a gap; a price of null (or upstream's 0) repeats the last close. */
export interface FillValues {
  readonly price?: number | null
  readonly volume?: number
  readonly openInterest?: number
}

/** Every filter that is told by values alone; names in brackets are upstream's. */
export type NamedFilter =
  /** Only bars inside the session (SessionFilter, SessionFilterSimple). */
  | { readonly kind: 'session' }
  /** Adds the bars that are missing inside sessions (SessionFiller). */
  | ({ readonly kind: 'session-filler'; readonly skipFirstFill?: boolean } & FillValues)
  /** Adds missing bars like the feed wrapper does: between bars, session by session (DataFiller). */
  | ({ readonly kind: 'data-filler' } & FillValues)
  /** Adds a bar for each calendar day without one; price −1: the middle of the last bar (CalendarDays). */
  | ({ readonly kind: 'calendar-days' } & FillValues)
  /** Each bar twice: first its open alone, then whole (BarReplayer_Open, DayStepsFilter). */
  | { readonly kind: 'day-steps' }
  /** Each bar in two: open, high and low, then the close with this share of the volume (DaySplitter_Close). */
  | { readonly kind: 'day-splitter'; readonly closeVolume?: number }
  | { readonly kind: 'heikin-ashi' }
  /** At most one brick a bar (Renko); the `renko` interval builds every brick. */
  | ({ readonly kind: 'renko' } & RenkoParams)

/** Every filter with its parameters. */
export type FilterRules =
  | NamedFilter
  /** Bars for which this is true (DataFilter). */
  | { readonly kind: 'predicate'; readonly keep: (bars: BarSeries, index: number) => boolean }

/** Upstream's names and defaults. */
export interface RenkoParams {
  /** Bricks by high and low instead of the close. */
  readonly hilo?: boolean
  /** Height of a brick; null: the first open divided by `autosize`. */
  readonly size?: number | null
  readonly autosize?: number
  /** Without `size`: a new height at each brick. */
  readonly dynamic?: boolean
  /** The first open is rounded to a multiple of it. */
  readonly align?: number
  /** Without effect, as upstream. */
  readonly roundstart?: boolean
}
