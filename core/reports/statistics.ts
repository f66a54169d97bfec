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

/** Standard deviation with n − 1 (sample); NaN below two values. */
export function sampleDeviation(values: Float64Array): number {
  if (values.length < 2) return Number.NaN
  const center = mean(values)
  let squares = 0
  for (const value of values) squares += (value - center) ** 2
  return Math.sqrt(squares / (values.length - 1))
}

/** Root of the mean square of the values below 0, over all values (empyrical's downside risk, required return 0). */
export function downsideDeviation(values: Float64Array): number {
  let squares = 0
  for (const value of values) if (value < 0) squares += value * value
  return Math.sqrt(squares / values.length)
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
