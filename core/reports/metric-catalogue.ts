import type { BilingualText } from './bilingual-text.ts'
import { benchmarkMetrics } from './definitions/benchmark.ts'
import { calendarReturns } from './definitions/calendar.ts'
import { costMetrics } from './definitions/cost.ts'
import { sharpeDoubt, tradeDoubt } from './definitions/doubt.ts'
import { accountDrawdowns, returnDrawdowns } from './definitions/drawdown.ts'
import { monteCarloMetrics } from './definitions/monte-carlo.ts'
import { periodMetrics } from './definitions/periods.ts'
import { accountRatios, drawdownRatios, sharpeRatios } from './definitions/ratio.ts'
import { accountReturns, growthReturns } from './definitions/returns.ts'
import { accountRisk, returnRisk } from './definitions/risk.ts'
import { tradeCourse } from './definitions/trade-course.ts'
import { tradeMetrics } from './definitions/trades.ts'
import { edgeSentence } from './edge-cases.ts'
import { type Metric, metricGroups, type metricSystems } from './metric.ts'

const defined: readonly Metric[] = [
  ...[...accountReturns, ...growthReturns, ...calendarReturns],
  ...[...accountDrawdowns, ...returnDrawdowns, ...accountRisk, ...returnRisk],
  ...[...sharpeRatios, ...accountRatios, ...drawdownRatios, ...periodMetrics],
  ...[...benchmarkMetrics, ...tradeMetrics, ...tradeCourse, ...costMetrics],
  ...[...sharpeDoubt, ...tradeDoubt, ...monteCarloMetrics],
]

/** Every metric of the report, in the order in which it shows them: by group, and in a group as defined. */
export const metricCatalogue: readonly Metric[] = metricGroups.flatMap((group) =>
  defined.filter((metric) => metric.group === group),
)

/** A metric as others read it: without its function, and with its edge cases in words. */
export interface MetricEntry {
  readonly id: string
  readonly title: BilingualText
  readonly group: Metric['group']
  readonly formula: string
  readonly about: BilingualText
  readonly edgeCases: BilingualText
  readonly unit: Metric['unit']
  /** Which part of a result it is computed from. */
  readonly needs: Metric['needs']
  readonly source: string
  readonly aliases: Readonly<Record<(typeof metricSystems)[number], readonly string[]>>
}

/** The catalogue for pickers, documents and other programs. */
export function metricEntries(): readonly MetricEntry[] {
  return metricCatalogue.map(({ id, title, group, formula, about, undefinedFor, unit, needs, source, aliases }) => ({
    ...{ id, title, group, formula, about, edgeCases: edgeSentence(undefinedFor), unit, needs, source },
    aliases: {
      empyrical: aliases?.empyrical ?? [],
      quantstats: aliases?.quantstats ?? [],
      backtrader: aliases?.backtrader ?? [],
    },
  }))
}
