/**
 * The standard normal distribution at the precision of a double, so that a probability printed to nine digits holds.
 * Method: series and continued fraction of Abramowitz & Stegun 26.2.
 */

const rootTwoPi = Math.sqrt(2 * Math.PI)

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-x * x * 0.5) / rootTwoPi
}

/** P(Z ≤ x) of the standard normal distribution. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  const distance = Math.abs(x)
  const tail = distance > 38.5 ? 0 : distance < 2 ? 0.5 - seriesFromMean(distance) : tailFraction(distance)
  return x > 0 ? 1 - tail : tail
}

/** P(0 ≤ Z ≤ x): φ(x) · Σ x^(2k+1) / (1·3·5 … (2k+1)); converges fast for small x. */
function seriesFromMean(x: number): number {
  let term = x
  let total = x
  for (let odd = 3; Math.abs(term) > 1e-18 * total && odd < 400; odd += 2) {
    term *= (x * x) / odd
    total += term
  }
  return total * normalDensity(x)
}

/** P(Z > x) for larger x by the continued fraction x + 1/(x + 2/(x + 3/(x + …))), from its far end. */
function tailFraction(x: number): number {
  let value = x
  for (let step = 160; step >= 1; step--) value = x + step / value
  return normalDensity(x) / value
}
