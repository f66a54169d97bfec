import type { Analysis } from '../../../core/reports/analyzers/definition.ts'
import { agrees, referenceNumber } from '../reference-files.ts'

/** The first place where an analysis differs from upstream's, as a path; keys count, their order does not. */
export function firstAnalysisDifference(
  expected: unknown,
  actual: Analysis | undefined,
  path = '',
): string | undefined {
  if (isGroup(expected) && isGroup(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const [wanted, got] = [expected[key], actual[key] as Analysis | undefined]
      if (!(key in expected && key in actual)) return `${path}.${key}: ${key in expected ? 'missing' : 'not expected'}`
      const found = firstAnalysisDifference(wanted, got, `${path}.${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return sameLeaf(expected, actual)
    ? undefined
    : `${path}: expected ${JSON.stringify(expected)}, got ${typeof actual === 'number' ? actual : JSON.stringify(actual)}`
}

/** A list is a group by position. */
function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function sameLeaf(expected: unknown, actual: unknown): boolean {
  if (typeof actual !== 'number') return expected === actual
  if (expected !== null && typeof expected !== 'number' && !/^-?Infinity$/.test(String(expected))) return false
  return agrees(referenceNumber(expected), actual)
}
