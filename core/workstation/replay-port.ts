import type { ManualCommand } from '../engine/replay/command.ts'
import type { ReplayColumns, ReplayStep, ReplayTableName } from '../engine/replay/replay.ts'
import type { ReplayState } from '../engine/replay/view.ts'
import type { ResultTable } from '../engine/result-table.ts'
import type { RunConfig } from '../engine/run-config.ts'

/** Where a replay stands, and the bars that were asked for. */
export interface ReplayAnswer {
  readonly state: ReplayState
  readonly columns: ReplayColumns
}

/** Replays that are kept open somewhere else; every call throws `replay.closed` for one that is not. */
export interface ReplayPort {
  open(replay: string, input: RunConfig): Promise<ReplayAnswer>
  /** Every bar up to now. */
  get(replay: string): Promise<ReplayAnswer>
  /** The new bars. */
  step(replay: string, step: ReplayStep): Promise<ReplayAnswer>
  act(replay: string, command: ManualCommand): Promise<ReplayState>
  table(replay: string, name: ReplayTableName): Promise<ResultTable>
  /** The strategy that does the same, over so many bars, up to that time. */
  script(replay: string): Promise<{ readonly code: string; readonly bars: number; readonly end: number }>
  close(replay: string): Promise<void>
}
