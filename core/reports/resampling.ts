import { sortedQuantile } from './statistics.ts'

/** Uniform whole numbers in [0, below): the same seed draws the same numbers on every machine. */
function drawer(seed: number): (below: number) => number {
  // Mulberry32: 32 bits of state are plenty for some million draws.
  let state = (Math.imul(seed, 0x9e3779b1) + 0x6d2b79f5) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** How often a series is drawn again: fewer times when it is very long, so that a report stays a matter of moments. */
function rounds(length: number, wanted: number): number {
  return Math.max(200, Math.min(wanted, Math.floor(2e7 / length)))
}

/** Share of the bootstrap means, drawn as if the true mean were 0, that reach the mean that was seen. */
export function bootstrapPValue(values: Float64Array, seed: number): number {
  const n = values.length
  if (n < 2) return Number.NaN
  const draws = rounds(n, 2000)
  const draw = drawer(seed)
  const seen = values.reduce((total, value) => total + value, 0) / n
  let reached = 0
  for (let round = 0; round < draws; round++) {
    let total = 0
    for (let row = 0; row < n; row++) total += (values[draw(n)] as number) - seen
    if (total / n >= seen) reached++
  }
  // One is added to both: the sample that was seen is one of those that reach it.
  return (reached + 1) / (draws + 1)
}

/** Ways the same returns could have gone: drawn with replacement, path by path. */
export interface ResampledPaths {
  /** Final growth less 1 of each path, ascending. */
  readonly returns: Float64Array
  /** Largest drawdown of each path, ratio ≥ 0, ascending. */
  readonly drawdowns: Float64Array
  /** Quantiles of the growth at some steps: one column a share, `steps` rows. */
  readonly bands: readonly { readonly share: number; readonly growth: Float64Array }[]
  /** How many returns lie before each row of the bands. */
  readonly steps: Float64Array
}

export const bandShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const

/** Draws paths of the length of the series from its own returns. `rows` is how many points the bands have. */
export function resamplePaths(values: Float64Array, seed: number, rows = 60): ResampledPaths {
  const n = values.length
  const paths = rounds(n, 1000)
  const draw = drawer(seed)
  const points = n === 0 ? 0 : Math.min(rows, n)
  const steps = Float64Array.from({ length: points }, (_, row) => Math.round(((row + 1) * n) / points))
  const growth = Array.from({ length: points }, () => new Float64Array(paths))
  const returns = new Float64Array(n === 0 ? 0 : paths)
  const drawdowns = new Float64Array(returns.length)
  for (let path = 0; path < returns.length; path++) {
    let value = 1
    let peak = 1
    let fall = 0
    let point = 0
    for (let step = 1; step <= n; step++) {
      value *= 1 + (values[draw(n)] as number)
      if (value > peak) peak = value
      else fall = Math.max(fall, (peak - value) / peak)
      if (step === steps[point]) (growth[point++] as Float64Array)[path] = value
    }
    returns[path] = value - 1
    drawdowns[path] = fall
  }
  for (const column of growth) column.sort()
  return {
    returns: returns.sort(),
    drawdowns: drawdowns.sort(),
    bands: bandShares.map((share) => ({
      share,
      growth: Float64Array.from(growth, (column) => sortedQuantile(column, share)),
    })),
    steps,
  }
}
