import { normalCdf } from '../lib/normal-distribution.ts'

/** Deterministic terms of a cointegrating regression: constant, with a slope, with a square too, or none. */
export const trends = ['c', 'ct', 'ctt', 'n'] as const
export type Trend = (typeof trends)[number]

/** Where the surface holds, where its halves meet, and the coefficients of both, in rising powers of the statistic. */
interface Surface {
  readonly least: number
  readonly middle: number
  readonly most: number
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/**
 * Response surfaces for two series: J. G. MacKinnon, Approximate Asymptotic Distribution Functions for Unit-Root and
 * Cointegration Tests, Journal of Business & Economic Statistics 12 (1994), 167–176, with the estimates of his 2010
 * revision (Queen's University working paper 1227), as statsmodels publishes them.
 */
const ofTwoSeries: Readonly<Record<Trend, Surface>> = {
  n: {
    least: -19.62,
    middle: -1.53,
    most: 1.51,
    left: [1.9129, 1.3857, 0.035322],
    right: [1.5578, 0.8558, -0.2083, -0.033549],
  },
  c: {
    least: -18.86,
    middle: -2.62,
    most: 0.92,
    left: [2.92, 1.5012, 0.039796],
    right: [2.1945, 0.64695, -0.29198, -0.042377],
  },
  ct: {
    least: -21.15,
    middle: -3.19,
    most: 0.63,
    left: [3.6646, 1.5419, 0.036448],
    right: [2.85, 0.5272, -0.36622, -0.051695],
  },
  ctt: {
    least: -21.1,
    middle: -3.51,
    most: 0.79,
    left: [4.3534, 1.6016, 0.037947],
    right: [3.4713, 0.5967, -0.32507, -0.042286],
  },
}

/** Probability of a statistic this low or lower when two series do not hold together. */
export function cointegrationPValue(statistic: number, trend: Trend): number {
  const { least, middle, most, left, right } = ofTwoSeries[trend]
  if (Number.isNaN(statistic)) return Number.NaN
  if (statistic > most) return 1
  if (statistic < least) return 0
  const factors = statistic <= middle ? left : right
  return normalCdf(factors.reduceRight((sum, factor) => sum * statistic + factor, 0))
}
