import { isDomainError } from '../../../core/domain/errors.ts'
import type { AnalyzedRun } from '../../../core/reports/analyzers/analyzed-run.ts'
import { analyze, observe } from '../../../core/reports/analyzers/catalogue.ts'
import { firstDifference } from '../compare.ts'
import { type RecordedRun, runNamed } from '../named-run.ts'
import { namedStrategy } from '../named-strategies.ts'
import type { BarRow } from '../order-case.ts'
import { type Verdict, verdictOf } from '../orders.ts'
import { describeDifference, firstDifference as firstLineDifference } from '../reference-files.ts'
import { sourceBars } from '../source-bars.ts'
import { firstAnalysisDifference } from './analysis-difference.ts'
import { engineRun, toldRun } from './analyzed.ts'
import { type AnalyzerCase, type AnalyzerFile, type ObserverCase, unknownSetting } from './format.ts'

/** The run itself (orders, trades, bars), every analyzer setting and every observer: one case each. */
export function checkAnalyzerFile(file: AnalyzerFile, path: string): Verdict[] {
  const { run, analyzers, observers } = file
  const rows = typeof file.data === 'string' ? sourceBars(path, run.feed) : file.data
  const { recorded, verdicts } = checkRun(file, rows)
  const analyzed = recorded === undefined || rows === undefined ? toldRun(file) : engineRun(file, recorded, rows)
  return [
    ...verdicts,
    ...analyzers.map((one) => checkAnalyzer(one, analyzed)),
    ...observers.map((one) => checkObserver(one, analyzed)),
  ]
}

interface CheckedRun {
  readonly recorded?: RecordedRun
  readonly verdicts: readonly Verdict[]
}

const parts = ['run orders', 'run trades', 'run bars', 'run end']

/** The file's run in the engine and what became of it; no run where something is missing. */
function checkRun(file: AnalyzerFile, rows: readonly BarRow[] | undefined): CheckedRun {
  const { run } = file
  const missing = (feature: string): CheckedRun => ({
    verdicts: parts.map((id) => ({ id, outcome: 'unsupported', feature })),
  })
  const setting = unknownSetting(run)
  if (setting !== undefined) return missing(`run setting ${setting}`)
  if (rows === undefined) return { verdicts: parts.map((id) => ({ id, outcome: 'barless', bars: run.feed })) }
  if (namedStrategy(run) === undefined) return missing(`strategy ${run.strategy}`)
  try {
    const recorded = runNamed(run, run, rows)
    const end = [recorded.finalCash, recorded.finalValue]
    const differences = [
      firstDifference(file.orders, recorded.orders, 'orders'),
      firstDifference(file.trades, recorded.trades, 'trades'),
      firstDifference(file.bars, recorded.bars, 'bars'),
      firstDifference([file.final_cash, file.final_value], end, 'cash and value'),
    ]
    return { recorded, verdicts: parts.map((id, index) => verdictOf(id, differences[index])) }
  } catch (failure) {
    const told = failure instanceof Error ? failure.message : String(failure)
    return { verdicts: [verdictOf('run', told)] }
  }
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
      return { id, outcome: 'barless', bars: `${failure.data.instrument}` }
    if (isDomainError(failure) && failure.code === 'analyzer.unknown')
      return { id, outcome: 'unsupported', feature: `analyzer ${failure.data.analyzer}` }
    return { id, outcome: 'failed', difference: failure instanceof Error ? failure.message : String(failure) }
  }
}
