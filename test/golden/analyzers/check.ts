import { isDomainError } from '../../../core/domain/errors.ts'
import type { AnalyzedRun } from '../../../core/reports/analyzers/analyzed-run.ts'
import { analyze, observe } from '../../../core/reports/analyzers/catalogue.ts'
import { firstDifference } from '../compare.ts'
import type { BarRow } from '../order-case.ts'
import { type Verdict, verdictOf } from '../orders.ts'
import { describeDifference, firstDifference as firstLineDifference } from '../reference-files.ts'
import { sourceBars } from '../source-bars.ts'
import { firstAnalysisDifference } from './analysis-difference.ts'
import { analyzedRun, toldRun } from './analyzed.ts'
import { type AnalyzerCase, type AnalyzerFile, type ObserverCase, unknownSetting } from './format.ts'
import { type Recorded, recordRun } from './run.ts'

/** The run itself (orders, trades, bars), every analyzer setting and every observer: one case each. */
export function checkAnalyzerFile(file: AnalyzerFile, path: string): Verdict[] {
  const { run, analyzers, observers } = file
  const rows = typeof file.data === 'string' ? sourceBars(path, run.feed) : file.data
  const setting = unknownSetting(run)
  const runnable = rows !== undefined && setting === undefined
  const { recorded, failure } = runnable ? tryRun(file, rows) : {}
  const missing = rows === undefined ? `bars of ${run.feed}` : (setting ?? `strategy ${run.strategy}`)
  const analyzed = analyzedRun(file, recorded ?? toldRun(file), rows)
  return [
    ...(failure === undefined ? checkRun(file, recorded, missing) : [verdictOf('run', failure)]),
    ...analyzers.map((one) => checkAnalyzer(one, analyzed)),
    ...observers.map((one) => checkObserver(one, analyzed)),
  ]
}

/** The run, or what went wrong in it; neither when nobody knows its strategy. */
function tryRun(file: AnalyzerFile, rows: readonly BarRow[]): { recorded?: Recorded | undefined; failure?: string } {
  try {
    return { recorded: recordRun(file, rows) }
  } catch (failure) {
    return { failure: failure instanceof Error ? failure.message : String(failure) }
  }
}

function checkRun(file: AnalyzerFile, seen: Recorded | undefined, missing: string): Verdict[] {
  const parts = ['run orders', 'run trades', 'run bars', 'run end']
  if (seen === undefined) return parts.map((id) => ({ id, outcome: 'unsupported', feature: missing }))
  const trades = seen.trips.map((trip) => [
    ...[trip.openTime, trip.closeTime, trip.bars, trip.long, trip.price, trip.pnl],
    ...[trip.pnl - trip.fees, trip.fees],
  ])
  const bars = seen.time.map((time, row) => [time, seen.cash[row], seen.value[row], seen.position[row]])
  const differences = [
    firstDifference(file.orders, seen.orders, 'orders'),
    firstDifference(file.trades, trades, 'trades'),
    firstDifference(file.bars, bars, 'bars'),
    firstDifference([file.final_cash, file.final_value], [seen.cash.at(-1), seen.value.at(-1)], 'cash and value'),
  ]
  return parts.map((id, index) => verdictOf(id, differences[index]))
}

function checkAnalyzer({ key, class: name, params, analysis }: AnalyzerCase, run: AnalyzedRun): Verdict {
  return checked(key, () => firstAnalysisDifference(analysis, analyze(run, name, params)))
}

function checkObserver({ class: name, params, lines }: ObserverCase, run: AnalyzedRun): Verdict {
  const id = `observer ${name} ${JSON.stringify(params)}`
  return checked(id, () => {
    const observed = observe(run, name, params)
    for (const [line, expected] of Object.entries(lines)) {
      const actual = observed[line] ?? new Float64Array()
      if (actual.length !== expected.length) return `${line}: expected ${expected.length} rows, got ${actual.length}`
      const difference = firstLineDifference({ line, expected, actual })
      if (difference !== undefined) return describeDifference(difference)
    }
    return undefined
  })
}

function checked(id: string, difference: () => string | undefined): Verdict {
  try {
    return verdictOf(id, difference())
  } catch (failure) {
    if (isDomainError(failure) && failure.code === 'analyzer.bars')
      return { id, outcome: 'unsupported', feature: `bars of ${failure.data.instrument}` }
    if (isDomainError(failure) && failure.code === 'analyzer.unknown')
      return { id, outcome: 'unsupported', feature: `analyzer ${failure.data.analyzer}` }
    return { id, outcome: 'failed', difference: failure instanceof Error ? failure.message : String(failure) }
  }
}
