import { DomainError } from '../domain/errors.ts'
import type { Stores } from '../stores/stores.ts'

/** Counts of a copy; `different` must be empty: everything else was proved equal by hash. */
export interface CopyReport {
  series: number
  bars: number
  market: number
  rows: number
  instruments: number
  runs: number
  optimisations: number
  /** What was there already, equal, and was not written again. */
  kept: number
  /** What is not equal afterwards. */
  different: string[]
}

export interface CopyControl {
  /** Bars and rows done, of all. */
  progress(done: number, total: number): void
  cancelled(): boolean
}

export interface Copy {
  readonly from: Stores
  readonly to: Stores
  readonly control: CopyControl
  readonly report: CopyReport
  done: number
  readonly total: number
}

export function step({ control }: Copy): void {
  if (control.cancelled()) throw new DomainError('cancelled')
}
