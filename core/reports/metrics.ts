import type { MetricInput } from './metric.ts'
import { metricCatalogue } from './metric-catalogue.ts'
import { metricFacts } from './metric-facts.ts'

/** Metric id → value; null where it is undefined. */
export type MetricValues = Record<string, number | null>

/** Every metric of the catalogue for one run. */
export function computeMetrics(input: MetricInput): MetricValues {
  const facts = metricFacts(input)
  return Object.fromEntries(
    metricCatalogue.map(({ id, compute }) => {
      const value = compute(facts)
      return [id, Number.isFinite(value) ? value : null]
    }),
  )
}
