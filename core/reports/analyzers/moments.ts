/** Sum with the rounding errors of the additions carried along (Neumaier). */
export function exactSum(values: ArrayLike<number>): number {
  let total = 0
  let carry = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    const next = total + value
    carry += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return Number.isFinite(carry) ? total + carry : total
}

/** Arithmetic mean; NaN when empty. */
export function meanOf(values: ArrayLike<number>): number {
  return exactSum(values) / values.length
}

/** Root of the mean square distance from the mean; over n − 1 as a `sample`. NaN where that is not defined. */
export function deviationOf(values: ArrayLike<number>, sample = false): number {
  const center = meanOf(values)
  const squares = Float64Array.from(values, (value) => (value - center) ** 2)
  const count = values.length - (sample ? 1 : 0)
  return count > 0 ? Math.sqrt(exactSum(squares) / count) : Number.NaN
}
