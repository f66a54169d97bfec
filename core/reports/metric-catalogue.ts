import { curveMetrics } from './curve-metrics.ts'
import type { Metric } from './metric.ts'
import { riskMetrics } from './risk-metrics.ts'
import { tradeMetrics } from './trade-metrics.ts'

/** Every metric of the report, in the order in which it shows them. */
export const metricCatalogue: readonly Metric[] = [...curveMetrics, ...riskMetrics, ...tradeMetrics]
