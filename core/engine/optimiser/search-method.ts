import type { ParamValue } from '../params.ts'
import type { Constraint } from './constraint.ts'
import type { Point, SearchSpace } from './search-space.ts'

/** The methods that come with the product; others implement `SearchMethod`. */
export const searchMethods = ['grid', 'random', 'lhs'] as const
export type SearchMethodName = (typeof searchMethods)[number]

/** What a method is told of a point: its score, higher is better; NaN where the run failed or the score is undefined. */
export interface ToldPoint {
  readonly point: Point
  readonly score: number
}

/**
 * A way through a space, by ask and tell. What it asks next may depend on the space, its own options and what it was
 * told, never on who computed how fast: the same optimisation asks the same points on one core, on many and after a kill.
 */
export interface SearchMethod {
  /** The next points, to be tried in any order; none when the search has ended. */
  ask(): readonly Point[]
  /** The results of the points asked last, in their order. */
  tell(results: readonly ToldPoint[]): void
}

/** What a method searches and how. */
export interface SearchOptions {
  readonly space: SearchSpace
  /** Parameters that are not searched; constraints may name them. */
  readonly fixed: Readonly<Record<string, ParamValue>>
  readonly allows: Constraint
  readonly method: SearchMethodName
  /** Points that `random` and `lhs` try; a small space may have fewer. */
  readonly trials: number
  readonly seed: number
}

/** More points than this are refused before anything starts. */
export const maxPoints = 1_000_000
/** Points of one `ask`: enough to keep many workers busy, few enough to be held in memory. */
export const generationSize = 1_024
