import { parseStamp } from './order-case.ts'
import { agrees, referenceNumber } from './reference-files.ts'

const stampPattern = /^\d{4}-\d\d-\d\d([T ]|$)/

/** One value a row: numbers of ours, in the order of the file's columns; stamps as milliseconds. */
export type OurRow = readonly (number | string)[]

/** The first place where rows of bars differ: numbers to 1e-9, stamps to the millisecond, counts exactly. */
export function firstRowDifference(
  expected: readonly (readonly unknown[])[],
  actual: readonly OurRow[],
  columns: readonly string[],
): string | undefined {
  for (let row = 0; row < Math.max(expected.length, actual.length); row++) {
    const [wanted, got] = [expected[row], actual[row]]
    if (wanted === undefined || got === undefined)
      return `${expected.length} rows expected, got ${actual.length}; the first of them: ${JSON.stringify(wanted ?? got)}`
    for (const [at, value] of wanted.entries())
      if (!same(value, got[at]))
        return `row ${row + 1}, ${columns[at] ?? at}: expected ${JSON.stringify(value)}, got ${shown(value, got[at])}`
  }
  return undefined
}

function same(expected: unknown, actual: number | string | undefined): boolean {
  if (typeof actual === 'string' || actual === undefined) return expected === actual
  if (typeof expected === 'string' && stampPattern.test(expected)) return Math.abs(stampMs(expected) - actual) < 1
  return agrees(referenceNumber(expected), actual)
}

/** Milliseconds of a stamp in either style, with `+00:00` or without zone. */
export function stampMs(text: string): number {
  return parseStamp(text.replace(' ', 'T').replace(/\+00:00$/, ''))
}

function shown(expected: unknown, actual: number | string | undefined): string {
  if (typeof expected === 'string' && typeof actual === 'number' && Number.isFinite(actual))
    return new Date(actual).toISOString()
  return String(actual)
}
