import { parseStamp } from './order-case.ts'

const relative = 1e-9
const stampPattern = /^\d{4}-\d\d-\d\dT/

/** The first place where two reference values differ, as a path with both values; undefined when none does. */
export function firstDifference(expected: unknown, actual: unknown, path = ''): string | undefined {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
      const found = firstDifference(expected[index], actual[index], `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return sameValue(expected, actual) ? undefined : `${path}: expected ${show(expected)}, got ${show(actual)}`
}

function sameValue(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'string' && typeof actual === 'number' && stampPattern.test(expected)) {
    return Math.abs(parseStamp(expected) - actual) < 0.002
  }
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) <= relative * Math.max(1, Math.abs(expected))
  }
  return expected === actual
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
