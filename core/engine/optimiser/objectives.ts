/** One figure to be made large or small. */
export interface Objective {
  /** Metric id. */
  readonly metric: string
  readonly goal: 'max' | 'min'
  /** Its part in a weighted score, > 0. */
  readonly weight: number
}

/** How several objectives make one order: a weighted sum, or who is beaten by nobody. */
export type Combination = 'weighted' | 'pareto'

/** For each trial a score (higher is better, NaN undefined) and a rank (1 best; NaN for trials without a score). */
export interface Ranking {
  readonly score: Float64Array
  readonly rank: Float64Array
}

/** More trials than this are not compared each with each: Pareto ranks then stop at the first front. */
const maxFrontTrials = 20_000

/**
 * Ranks trials by the columns of their objectives. A single objective is its own score (its negative when small is
 * good). Several, weighted: each column is put on 0 … 1 between its worst and best trial, and the scores are the
 * weighted means. Pareto: the rank is that of the front (1: no other trial is at least as good everywhere and better
 * somewhere), the score is its negative. A trial that lacks one of the figures has no score.
 */
export function rankTrials(
  columns: readonly Float64Array[],
  objectives: readonly Objective[],
  combination: Combination,
): Ranking {
  const good = columns.map((column, k) => (objectives[k]?.goal === 'min' ? column.map((value) => -value) : column))
  const only = good[0] ?? new Float64Array()
  if (good.length === 1) return ranked(only.map((value) => (Number.isFinite(value) ? value : Number.NaN)))
  if (combination === 'pareto') return paretoRanks(good)
  return ranked(weightedScores(good, objectives))
}

function isComplete(columns: readonly Float64Array[], row: number): boolean {
  return columns.every((column) => Number.isFinite(column[row]))
}

function weightedScores(good: readonly Float64Array[], objectives: readonly Objective[]): Float64Array {
  const rows = good[0]?.length ?? 0
  const complete = Array.from({ length: rows }, (_, row) => isComplete(good, row))
  const scores = new Float64Array(rows)
  const weights = objectives.reduce((sum, { weight }) => sum + weight, 0)
  for (const [k, column] of good.entries()) {
    const { least, most } = extent(column, complete)
    const share = (objectives[k]?.weight ?? 0) / weights
    const width = most - least
    for (let row = 0; row < rows; row++) {
      // A figure that is the same everywhere says nothing about any trial
      const place = width > 0 ? ((column[row] as number) - least) / width : 1
      scores[row] = (scores[row] as number) + share * place
    }
  }
  for (let row = 0; row < rows; row++) if (complete[row] !== true) scores[row] = Number.NaN
  return scores
}

function extent(column: Float64Array, complete: readonly boolean[]): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const [row, value] of column.entries()) {
    if (complete[row] !== true) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}

/** Ranks by score, best 1; equal scores share a rank. */
function ranked(score: Float64Array): Ranking {
  const rank = new Float64Array(score.length).fill(Number.NaN)
  const rows = [...score.keys()].filter((row) => !Number.isNaN(score[row]))
  rows.sort((a, b) => (score[b] as number) - (score[a] as number) || a - b)
  for (const [place, row] of rows.entries()) {
    const before = rows[place - 1]
    const same = before !== undefined && score[before] === score[row]
    rank[row] = same ? (rank[before] as number) : place + 1
  }
  return { score, rank }
}

function paretoRanks(good: readonly Float64Array[]): Ranking {
  const length = good[0]?.length ?? 0
  const rank = new Float64Array(length).fill(Number.NaN)
  let left = Array.from({ length }, (_, row) => row).filter((row) => isComplete(good, row))
  // Best first in one figure: whoever beats a trial stands before it, so each front needs one pass
  left.sort((a, b) => compareRows(good, a, b))
  const deep = left.length <= maxFrontTrials
  for (let front = 1; left.length > 0; front++) {
    const beaten: number[] = []
    const members: number[] = []
    for (const row of left) {
      if (members.some((other) => beats(good, other, row))) beaten.push(row)
      else members.push(row)
    }
    for (const row of members) rank[row] = front
    if (!deep) {
      for (const row of beaten) rank[row] = front + 1
      break
    }
    left = beaten
  }
  return { score: rank.map((front) => -front), rank }
}

function compareRows(good: readonly Float64Array[], a: number, b: number): number {
  for (const column of good) {
    const difference = (column[b] as number) - (column[a] as number)
    if (difference !== 0) return difference
  }
  return a - b
}

/** At least as good everywhere and better somewhere. */
function beats(good: readonly Float64Array[], a: number, b: number): boolean {
  let better = false
  for (const column of good) {
    const difference = (column[a] as number) - (column[b] as number)
    if (difference < 0) return false
    if (difference > 0) better = true
  }
  return better
}

/**
 * The trial to take: rank 1; of several the one that is best in the objectives in their order, then the one asked
 * first. Undefined when no trial has a score.
 */
export function bestTrial(
  columns: readonly Float64Array[],
  objectives: readonly Objective[],
  combination: Combination,
): number | undefined {
  const { rank } = rankTrials(columns, objectives, combination)
  const good = columns.map((column, k) => (objectives[k]?.goal === 'min' ? column.map((value) => -value) : column))
  const first = [...rank.keys()].filter((row) => rank[row] === 1)
  return first.sort((a, b) => compareRows(good, a, b))[0]
}
