import type { Reply, Takes } from '../../../core/contract/contract.ts'
import type { WireColumns } from '../../../core/contract/define.ts'
import type { WireTable } from '../../state/run-types.ts'

/** Where a replay stands. */
export type ReplayState = Reply<'replay.order'>
export type ReplayOrder = ReplayState['orders'][number]
export type ReplayConfig = Takes<'replay.open'>['config']
export type Ticket = Omit<Takes<'replay.order'>, 'replay'>

/** Round trips so far. */
export interface Trades {
  readonly reply: WireTable
  readonly columns: WireColumns
}

/** One line of what happened: an order that ended. */
export interface ReplayEvent {
  readonly id: number
  /** Close of the bar after which it was told. */
  readonly time: number
  readonly order: ReplayOrder
}

/** Bars a second that can be chosen. */
export const speeds = [1, 2, 5, 10, 25, 50, 200] as const
