import { readIndicatorFile, runIndicatorCase } from '../indicator-cases.ts'
import type { OrderFile } from '../order-case.ts'
import { checkOrderFile, type Verdict } from '../orders.ts'
import { describeDifference, readReference } from '../reference-files.ts'

/** What one file holds and what became of its cases; `kind` undefined: no reference file (a manifest). */
export interface CheckedFile {
  readonly kind: string | undefined
  readonly verdicts: readonly Verdict[]
}

type Content = Readonly<Record<string, unknown>>

/** Formats by what their cases look like; the first that fits wins. */
const formats: readonly { readonly kind: string; readonly fits: (content: Content, first: Content) => boolean }[] = [
  {
    kind: 'orders',
    fits: (_, first) => hasKeys(first.scenario, 'actions') && hasKeys(first.expected, 'notifications'),
  },
  { kind: 'indicators', fits: (_, first) => hasKeys(first, 'lines', 'minperiod') },
  { kind: 'timers', fits: (_, first) => hasKeys(first, 'timer') || hasKeys(first, 'calls', 'expected') },
  { kind: 'analyzers', fits: (content) => hasKeys(content, 'analyzers') },
]

/** Runs the cases of one file. */
export function checkFile(path: string): CheckedFile {
  const content = readReference(path)
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { kind: undefined, verdicts: [] }
  const kind = kindOf(content as Content, path)
  if (kind === 'orders') return { kind, verdicts: checkOrderFile(content as unknown as OrderFile) }
  if (kind === 'indicators') return { kind, verdicts: checkIndicators(path) }
  return { kind, verdicts: kind === undefined ? [] : unsupported(kind, content as Content) }
}

function kindOf(content: Content, path: string): string | undefined {
  const cases = casesOf(content)
  const first = (cases[0] ?? {}) as Content
  const known = formats.find(({ fits }) => fits(content, first))?.kind
  if (known !== undefined) return known
  // Formats that nothing runs yet are told apart by their folder only to be counted under a name.
  if (cases.length === 0) return undefined
  return path.split(/[\\/]/).at(-2) ?? 'other'
}

function casesOf(content: Content): readonly unknown[] {
  return ['cases', 'calls', 'runs', 'grids', 'timers'].map((name) => content[name]).find(Array.isArray) ?? []
}

function hasKeys(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value)
}

function unsupported(kind: string, content: Content): Verdict[] {
  const count = Math.max(1, casesOf(content).length)
  return Array.from({ length: count }, (_, k) => ({ id: `${k + 1}`, outcome: 'unsupported', feature: kind }))
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
