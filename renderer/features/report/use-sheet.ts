import type { Reply } from '../../../core/contract/contract.ts'
import { type Answer, useRequest } from '../../state/use-request.ts'

/** The tear sheet of a run. */
export type TearSheet = Reply<'run.report'>

/** How returns are brought to a year, and what they are measured against. */
export interface SheetOptions {
  /** Instrument; null = none. */
  readonly benchmark: string | null
  readonly riskFree: number
  readonly periodsPerYear: number
}

export const plainOptions: SheetOptions = { benchmark: null, riskFree: 0, periodsPerYear: 252 }

/** The tear sheet of a run, asked for when something that shows it is open. */
export function useSheet(
  run: string,
  options: SheetOptions,
  wanted: boolean,
): { readonly answer: Answer<TearSheet>; reload(): void } {
  return useRequest('run.report', wanted ? { run, ...options } : null)
}
