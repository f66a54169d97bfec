import type { Verdict } from './orders.ts'

/** A case that asks for something that nothing here can do; its message names the feature. */
export class Unsupported extends Error {}

/** A case whose bars are nowhere in its collection; its message names them. */
export class Barless extends Error {}

/** The verdict of one case; `work` gives its first difference, undefined when there is none. */
export function verdictOf(id: string, work: () => string | undefined): Verdict {
  try {
    const difference = work()
    return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
  } catch (failure) {
    if (failure instanceof Barless) return { id, outcome: 'barless', bars: failure.message }
    if (failure instanceof Unsupported) return { id, outcome: 'unsupported', feature: failure.message }
    return { id, outcome: 'failed', difference: failure instanceof Error ? failure.message : String(failure) }
  }
}
