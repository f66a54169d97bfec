import type { Problem } from '../../state/types.ts'

/**
 * Problems of one strategy from two sources: what the editor sees while typing (`live`) and what the service found at
 * the last check or run. The service's finding of something the editor also sees (or saw and the user has repaired
 * since) is dropped; its run-time errors and imports stay until the next check.
 */
export function mergeProblems(
  live: readonly Problem[],
  checked: readonly Problem[],
  seen: ReadonlySet<string>,
): Problem[] {
  const others = checked.filter((problem) => !seen.has(problemKey(problem)))
  return [...live, ...others].sort((a, b) => a.line - b.line || a.column - b.column)
}

/** Identity of a problem that survives moving to another line. */
export function problemKey(problem: Problem): string {
  return `${problem.severity} ${problem.message}`
}

/** True when two lists say the same. */
export function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return (
    a.length === b.length &&
    a.every((problem, index) => {
      const other = b[index]
      return (
        other !== undefined &&
        problem.line === other.line &&
        problem.column === other.column &&
        problemKey(problem) === problemKey(other)
      )
    })
  )
}
