/** Sum of a column; 0 when empty. */
export function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Arithmetic mean; NaN when empty. */
export function mean(values: Float64Array): number {
  return sum(values) / values.length
}

/** Sum of the k-th powers of the distances from the mean. */
function centralSum(values: Float64Array, power: number): number {
  const center = mean(values)
  let total = 0
  for (const value of values) total += (value - center) ** power
  return total
}

/** Sum of the squared distances from the mean. */
function squareSum(values: Float64Array): number {
  const center = mean(values)
  let total = 0
  for (const value of values) total += (value - center) * (value - center)
  return total
}

/** Standard deviation with n − 1 (sample); NaN below two values. */
export function sampleDeviation(values: Float64Array): number {
  return values.length < 2 ? Number.NaN : Math.sqrt(squareSum(values) / (values.length - 1))
}

/** Standard deviation with n (population); NaN when empty. */
export function populationDeviation(values: Float64Array): number {
  return Math.sqrt(squareSum(values) / values.length)
}

/**
 * True when values do not differ by more than the rounding of their own size: their deviation says nothing. A column of
 * one value repeated has a deviation of 0 or of some 1e-18, depending on the order of the sums.
 */
export function isFlat(values: Float64Array): boolean {
  const largest = Math.max(Math.abs(maximum(values)), Math.abs(minimum(values)))
  return !(maximum(values) - minimum(values) > largest * 1e-13)
}

/** Root of the mean square of the values below 0, over all values (empyrical's downside risk, required return 0). */
export function downsideDeviation(values: Float64Array): number {
  let squares = 0
  for (const value of values) if (value < 0) squares += value * value
  return Math.sqrt(squares / values.length)
}

/** Third standardised moment of the population; NaN without scatter. */
export function skewness(values: Float64Array): number {
  if (values.length === 0 || isFlat(values)) return Number.NaN
  const n = values.length
  return centralSum(values, 3) / n / (squareSum(values) / n) ** 1.5
}

/** Fourth standardised moment of the population, raw: 3 for a normal distribution; NaN without scatter. */
export function kurtosis(values: Float64Array): number {
  if (values.length === 0 || isFlat(values)) return Number.NaN
  const n = values.length
  return centralSum(values, 4) / n / (squareSum(values) / n) ** 2
}

/** Skewness corrected for the size of the sample (G1, as pandas and spreadsheets); NaN below three values. */
export function sampleSkewness(values: Float64Array): number {
  const n = values.length
  return n < 3 ? Number.NaN : (skewness(values) * Math.sqrt(n * (n - 1))) / (n - 2)
}

/** Excess kurtosis corrected for the size of the sample (G2, as pandas and spreadsheets); NaN below four values. */
export function sampleExcessKurtosis(values: Float64Array): number {
  const n = values.length
  return n < 4 ? Number.NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (kurtosis(values) - 3) + 6)
}

/** Quantile of an ascending column by linear interpolation (numpy's and pandas' default); NaN when empty. */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  const part = position - below
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
}

/** Pearson's correlation of two columns of equal length; NaN without scatter in either. */
export function correlation(a: Float64Array, b: Float64Array): number {
  if (a.length < 2 || isFlat(a) || isFlat(b)) return Number.NaN
  const centreA = mean(a)
  const centreB = mean(b)
  let both = 0
  for (let row = 0; row < a.length; row++) both += ((a[row] as number) - centreA) * ((b[row] as number) - centreB)
  return both / Math.sqrt(squareSum(a) * squareSum(b))
}

/** Largest value; NaN when empty. */
export function maximum(values: Float64Array): number {
  let best = Number.NaN
  for (const value of values) if (!(value <= best)) best = value
  return best
}

/** Smallest value; NaN when empty. */
export function minimum(values: Float64Array): number {
  let least = Number.NaN
  for (const value of values) if (!(value >= least)) least = value
  return least
}

/** Length of the longest unbroken run of values that pass; 0 when none does. */
export function longestStreak(values: Float64Array, passes: (value: number) => boolean): number {
  let longest = 0
  let current = 0
  for (const value of values) {
    current = passes(value) ? current + 1 : 0
    if (current > longest) longest = current
  }
  return longest
}
