import { checkAnalyzerFile } from '../analyzers/check.ts'
import type { AnalyzerFile } from '../analyzers/format.ts'
import { readIndicatorFile, runIndicatorCase } from '../indicator-cases.ts'
import type { OrderFile } from '../order-case.ts'
import { checkOrderFile, type Verdict } from '../orders.ts'
import { checkFunctions } from '../qtpylib-cases.ts'
import { describeDifference, readReference } from '../reference-files.ts'
import { dataKinds } from './data-kinds.ts'
import { engineKinds } from './engine-kinds.ts'
import { type Content, hasKeys, type ReferenceKind } from './kind.ts'

/** What one file holds and what became of its cases; `kind` undefined: no reference file (a manifest). */
export interface CheckedFile {
  readonly kind: string | undefined
  readonly verdicts: readonly Verdict[]
}

/** The first that fits wins. */
const kinds: readonly ReferenceKind[] = [
  {
    kind: 'orders',
    fits: (_, first) => hasKeys(first.scenario, 'actions') && hasKeys(first.expected, 'notifications'),
    check: (content) => checkOrderFile(content as unknown as OrderFile),
  },
  {
    kind: 'indicators',
    fits: (_, first) => hasKeys(first, 'lines', 'minperiod'),
    check: (_, path) => checkIndicators(path),
  },
  {
    kind: 'qtpylib indicators',
    fits: (_, first) => hasKeys(first, 'function', 'lines'),
    check: (content, path) => checkFunctions(content, path),
  },
  ...dataKinds,
  ...engineKinds,
  {
    kind: 'analyzers',
    fits: (content) => hasKeys(content, 'analyzers', 'run'),
    check: (content, path) => checkAnalyzerFile(content as unknown as AnalyzerFile, path),
  },
]

/** Runs the cases of one file. */
export function checkFile(path: string): CheckedFile {
  try {
    return checkParsed(readReference(path), path)
  } catch (failure) {
    // A file that cannot be read, or holds less than its format, has failed; the others are still worth running.
    const difference = failure instanceof Error ? failure.message : String(failure)
    return { kind: 'unreadable', verdicts: [{ id: 'the file', outcome: 'failed', difference }] }
  }
}

function checkParsed(content: unknown, path: string): CheckedFile {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { kind: undefined, verdicts: [] }
  return checkContent(content as Content, path)
}

function checkContent(content: Content, path: string): CheckedFile {
  const cases = casesOf(content)
  const found = kinds.find(({ fits }) => fits(content, (cases[0] ?? {}) as Content))
  if (found?.check !== undefined) return { kind: found.kind, verdicts: found.check(content, path) }
  if (found === undefined && cases.length === 0) return { kind: undefined, verdicts: [] }
  // Formats that nothing runs yet are told apart by their folder only to be counted under a name.
  const kind = found?.kind ?? path.split(/[\\/]/).at(-2) ?? 'other'
  return { kind, verdicts: unsupported(kind, cases.length) }
}

function casesOf(content: Content): readonly unknown[] {
  return ['cases', 'calls', 'runs', 'grids', 'timers'].map((name) => content[name]).find(Array.isArray) ?? []
}

function unsupported(kind: string, cases: number): Verdict[] {
  return Array.from({ length: Math.max(1, cases) }, (_, k) => ({
    id: `${k + 1}`,
    outcome: 'unsupported',
    feature: kind,
  }))
}

function checkIndicators(path: string): Verdict[] {
  const { bars, cases } = readIndicatorFile(path)
  return cases.map((indicatorCase) => {
    const { id } = indicatorCase
    const result = runIndicatorCase(indicatorCase, bars)
    if (result.status === 'passed') return { id, outcome: 'passed' }
    if (result.status === 'excluded')
      return { id, outcome: 'excluded', reason: `${indicatorCase.class}: ${result.reason}` }
    if (result.status === 'unsupported') return { id, outcome: 'unsupported', feature: indicatorCase.class }
    return { id, outcome: 'failed', difference: describeDifference(result.firstDifference) }
  })
}
