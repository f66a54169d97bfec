import type { WireColumns } from '../../../core/contract/define.ts'
import type { Metric, RunSummary } from '../../state/run-types.ts'

/** One metric of two runs. */
export interface MetricRow {
  readonly id: string
  readonly metric: Metric | undefined
  readonly a: number | null
  readonly b: number | null
  /** b − a; null when either is undefined. */
  readonly delta: number | null
}

/** Metrics of either run, in the order of the catalogue; those it does not know come last, by name. */
export function metricRows(a: RunSummary, b: RunSummary, metrics: readonly Metric[]): MetricRow[] {
  const known = new Map(metrics.map((metric) => [metric.id, metric]))
  const present = new Set([...Object.keys(a.metrics), ...Object.keys(b.metrics)])
  const others = [...present].filter((id) => !known.has(id)).sort()
  const ids = [...metrics.map((metric) => metric.id).filter((id) => present.has(id)), ...others]
  return ids.map((id) => {
    const left = a.metrics[id] ?? null
    const right = b.metrics[id] ?? null
    return {
      id,
      metric: known.get(id),
      a: left,
      b: right,
      delta: left === null || right === null ? null : right - left,
    }
  })
}

/** What became of a trade from run A to run B; the codes of `run.compare`. */
export const tradeChanges = ['same', 'added', 'removed', 'moved'] as const
export type TradeChange = (typeof tradeChanges)[number]

/** One line of the comparison of trades: rows in run A and B, −1 where there is none. */
export interface ChangedTrade {
  readonly change: TradeChange
  readonly a: number
  readonly b: number
}

/** Lines of one kind, or of all kinds but `same` when `change` is `changed`; ordered by entry time. */
export function changedTrades(
  pairs: WireColumns,
  trades: { readonly a: WireColumns; readonly b: WireColumns },
  filter: TradeChange | 'changed' | 'all',
): ChangedTrade[] {
  const count = pairs.change?.length ?? 0
  const lines: ChangedTrade[] = []
  for (let index = 0; index < count; index++) {
    const change = tradeChanges[pairs.change?.[index] ?? -1]
    if (change === undefined || !isShown(change, filter)) continue
    lines.push({ change, a: rowOf(pairs.a?.[index]), b: rowOf(pairs.b?.[index]) })
  }
  const entry = (line: ChangedTrade) => (line.a >= 0 ? trades.a.entryTime?.[line.a] : trades.b.entryTime?.[line.b]) ?? 0
  return lines.sort((left, right) => entry(left) - entry(right))
}

function isShown(change: TradeChange, filter: TradeChange | 'changed' | 'all'): boolean {
  if (filter === 'all') return true
  return filter === 'changed' ? change !== 'same' : change === filter
}

function rowOf(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? -1 : value
}

/** The run a comparison starts from: the pinned one, else the newest older finished run of the same strategy, else of any. */
export function comparisonBase(run: RunSummary, base: string | null, runs: readonly RunSummary[]): string | null {
  if (base !== null && base !== run.id) return base
  const older = runs
    .filter((one) => one.id !== run.id && one.state === 'done' && one.createdAt <= run.createdAt)
    .sort((left, right) => right.createdAt - left.createdAt)
  return (older.find((one) => one.strategyName === run.strategyName) ?? older[0])?.id ?? null
}
