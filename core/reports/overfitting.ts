import { normalCdf } from '../lib/normal-distribution.ts'
import { normalQuantile } from './distributions.ts'

/**
 * How much of a Sharpe ratio may be luck. All Sharpe ratios here are per period, not annualised; kurtosis is raw (3 for
 * a normal distribution). Sources: D. Bailey & M. López de Prado, “The Sharpe Ratio Efficient Frontier” (2012) and
 * “The Deflated Sharpe Ratio” (2014); D. Bailey, J. Borwein, M. López de Prado, Q. J. Zhu, “The Probability of Backtest
 * Overfitting” (2015).
 */

/** What is known of a Sharpe ratio that was measured. */
export interface MeasuredSharpe {
  /** Per period. */
  readonly sharpe: number
  readonly periods: number
  readonly skew: number
  /** Raw: 3 for a normal distribution. */
  readonly kurtosis: number
}

const eulerMascheroni = 0.5772156649015329

/** 1 − skew · SR + (kurtosis − 1) / 4 · SR²: what the shape of the returns adds to the variance of a Sharpe ratio. */
function shapeFactor({ sharpe, skew, kurtosis }: Omit<MeasuredSharpe, 'periods'>): number {
  return 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe
}

/** Standard error of a measured Sharpe ratio; NaN below two periods. */
export function sharpeError(measured: MeasuredSharpe): number {
  return measured.periods < 2 ? Number.NaN : Math.sqrt(shapeFactor(measured) / (measured.periods - 1))
}

/** Probability that the true Sharpe ratio is above `threshold` (per period). */
export function probabilisticSharpe(measured: MeasuredSharpe, threshold = 0): number {
  return normalCdf((measured.sharpe - threshold) / sharpeError(measured))
}

/**
 * Periods needed before the Sharpe ratio can be called above `threshold` with that confidence; NaN when it is not
 * above it, because then no length is enough.
 */
export function minimumTrackRecord(
  measured: Omit<MeasuredSharpe, 'periods'>,
  threshold = 0,
  confidence = 0.95,
): number {
  const lead = measured.sharpe - threshold
  if (!(lead > 0)) return Number.NaN
  return 1 + shapeFactor(measured) * (normalQuantile(confidence) / lead) ** 2
}

/**
 * The Sharpe ratio that the best of `trials` attempts without any skill is expected to show. `variance` is that of the
 * Sharpe ratios over the trials, per period. One trial needs no correction: 0.
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (!(trials >= 1) || !(variance >= 0)) return Number.NaN
  if (trials === 1) return 0
  const first = normalQuantile(1 - 1 / trials)
  const second = normalQuantile(1 - 1 / (trials * Math.E))
  return Math.sqrt(variance) * ((1 - eulerMascheroni) * first + eulerMascheroni * second)
}

/** Probability that the true Sharpe ratio is above what the best of so many trials would show by luck alone. */
export function deflatedSharpe(measured: MeasuredSharpe, trials: number, variance: number): number {
  return probabilisticSharpe(measured, expectedMaximumSharpe(trials, variance))
}

/** What the combinatorially symmetric cross-validation finds over the trials of one idea. */
export interface OverfittingEstimate {
  /** Share of the splits in which the best trial in sample is in the worse half out of sample. */
  readonly probability: number
  /** Logit of the out-of-sample rank of the best trial in sample, one a split. */
  readonly logits: Float64Array
}

/**
 * Probability of backtest overfitting (CSCV). `returns[trial]` are the period returns of each trial over the same
 * periods; they are cut into `blocks` (even) parts of equal length, each half of which is in sample once. The Sharpe
 * ratio decides. NaN for fewer than two trials or too few periods.
 */
export function overfittingProbability(returns: readonly Float64Array[], blocks = 16): OverfittingEstimate {
  const length = Math.min(...returns.map((values) => values.length))
  const size = Math.floor(length / blocks)
  if (returns.length < 2 || size < 1 || blocks < 2 || blocks % 2 !== 0) {
    return { probability: Number.NaN, logits: new Float64Array() }
  }
  const parts = returns.map((values) => blockSums(values, blocks, size))
  const logits = Float64Array.from(halves(blocks), (chosen) => splitLogit(parts, chosen, size))
  let worse = 0
  for (const logit of logits) if (logit <= 0) worse++
  return { probability: worse / logits.length, logits }
}

/** Sum and sum of squares of each block, alternating. */
function blockSums(values: Float64Array, blocks: number, size: number): Float64Array {
  const sums = new Float64Array(blocks * 2)
  for (let row = 0; row < blocks * size; row++) {
    const at = 2 * Math.floor(row / size)
    const value = values[row] as number
    sums[at] = (sums[at] as number) + value
    sums[at + 1] = (sums[at + 1] as number) + value * value
  }
  return sums
}

/** Every choice of half of the blocks, as bit masks. */
function halves(blocks: number): number[] {
  const masks: number[] = []
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    let bits = 0
    for (let rest = mask; rest !== 0; rest &= rest - 1) bits++
    if (bits === blocks / 2) masks.push(mask)
  }
  return masks
}

function splitLogit(parts: readonly Float64Array[], chosen: number, size: number): number {
  let best = 0
  let bestInside = Number.NEGATIVE_INFINITY
  const outside = new Float64Array(parts.length)
  for (const [trial, sums] of parts.entries()) {
    const inside = blockSharpe(sums, chosen, size)
    outside[trial] = blockSharpe(sums, ~chosen, size)
    if (inside > bestInside) {
      bestInside = inside
      best = trial
    }
  }
  const rank = relativeRank(outside, best)
  return Math.log(rank / (1 - rank))
}

/** Sharpe ratio over the blocks of a mask; −∞ without scatter, so that a flat trial is never the best. */
function blockSharpe(sums: Float64Array, mask: number, size: number): number {
  let count = 0
  let total = 0
  let squares = 0
  for (let block = 0; block < sums.length / 2; block++) {
    if (((mask >> block) & 1) === 0) continue
    count += size
    total += sums[2 * block] as number
    squares += sums[2 * block + 1] as number
  }
  const average = total / count
  const variance = squares / count - average * average
  return variance > 0 ? average / Math.sqrt(variance) : Number.NEGATIVE_INFINITY
}

/** Rank of one value among all, in (0, 1): ties count half. */
function relativeRank(values: Float64Array, index: number): number {
  const own = values[index] as number
  let below = 0
  let equal = 0
  for (const value of values) {
    if (value < own) below++
    else if (value === own) equal++
  }
  return (below + (equal + 1) / 2) / (values.length + 1)
}
