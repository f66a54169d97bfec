import type { Metric, MetricParts } from './metric.ts'
import { metricCatalogue } from './metric-catalogue.ts'
import { type KnownParts, type MetricInput, runParts } from './metric-facts.ts'

/** Metric id → value; null where it is undefined. */
export type MetricValues = Record<string, number | null>

/**
 * The figures that each run keeps with its summary, so that lists sort by them and optimisers rank by them. All others
 * are computed when a report is opened.
 */
const headlineIds: ReadonlySet<string> = new Set([
  ...['net-profit', 'total-return', 'cagr', 'max-drawdown', 'max-drawdown-money', 'max-drawdown-days'],
  ...['best-day', 'worst-day', 'exposure-time', 'average-exposure', 'volatility', 'sharpe', 'sortino', 'calmar'],
  ...['trades', 'win-rate', 'profit-factor', 'expectancy', 'average-win', 'average-loss', 'largest-win'],
  ...['largest-loss', 'average-bars', 'sqn', 'fees', 'payoff', 'ulcer-index'],
  ...['probabilistic-sharpe', 'min-track-record'],
])
const headlines = metricCatalogue.filter(({ id }) => headlineIds.has(id))

/** Ids of the figures that `computeMetrics` gives, in the order of the catalogue. */
export const headlineMetrics: readonly string[] = headlines.map(({ id }) => id)

/** The headline figures of one run. */
export function computeMetrics(input: MetricInput): MetricValues {
  return metricValues(runParts(input), headlines)
}

/** Every metric for which the parts suffice; null for the others. */
export function metricValues(parts: KnownParts, metrics: readonly Metric[] = metricCatalogue): MetricValues {
  return Object.fromEntries(metrics.map((metric) => [metric.id, metricValue(metric, parts)]))
}

function metricValue<Part extends keyof MetricParts>(
  metric: { readonly needs: Part; compute(part: MetricParts[Part]): number },
  parts: KnownParts,
): number | null {
  const part: MetricParts[Part] | null = parts[metric.needs]
  const value = part === null ? Number.NaN : metric.compute(part)
  return Number.isFinite(value) ? value : null
}
