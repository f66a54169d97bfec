import { firstDifference } from './compare.ts'
import { type NamedSettings, type RecordedRun, runNamed } from './named-run.ts'
import type { NamedStrategy } from './named-strategies.ts'
import type { BarRow } from './order-case.ts'
import { sourceBars } from './source-bars.ts'

/** An analyzers file as far as its run goes. */
export interface AnalyzerFile {
  readonly run: NamedStrategy & NamedSettings & { readonly id: string; readonly feed: string }
  readonly final_value: number
  readonly final_cash: number
  readonly orders: readonly unknown[]
  readonly trades: readonly unknown[]
  readonly bars: readonly unknown[]
  readonly data?: readonly BarRow[] | string
}

/** The file's run in the engine; undefined when its collection has no bars of the feed. */
export function runAnalyzerFile(file: AnalyzerFile, path: string): RecordedRun | undefined {
  const rows = Array.isArray(file.data) ? (file.data as readonly BarRow[]) : sourceBars(path, file.run.feed)
  return rows === undefined ? undefined : runNamed(file.run, file.run, rows)
}

/** Where the engine's run differs from the file's: orders, trades, bars, final cash and value. */
export function runDifference(file: AnalyzerFile, run: RecordedRun): string | undefined {
  return (
    firstDifference(file.orders, run.orders, 'orders') ??
    firstDifference(file.trades, run.trades, 'trades') ??
    firstDifference(file.bars, run.bars, 'bars') ??
    firstDifference(file.final_cash, run.finalCash, 'final_cash') ??
    firstDifference(file.final_value, run.finalValue, 'final_value')
  )
}
