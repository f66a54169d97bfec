import type { VenueReport } from '../../broker/venue/venue-messages.ts'
import type { BarRow } from '../../data/growing-bars.ts'
import type { MarketEvent } from '../market-event.ts'
import type { ManualCommand } from '../replay/command.ts'
import type { RiskLimits } from './risk-limits.ts'

/** A closed bar of the instrument at that position in the run. */
export interface LiveBar {
  readonly instrument: number
  readonly bar: BarRow
}

/**
 * All that can change a live run. The same events in the same order give the same orders and fills: a session is
 * restored by applying its journal again.
 */
export type LiveEvent =
  /** Closed bars of one time, at most one for each instrument. */
  | { readonly kind: 'bars'; readonly bars: readonly LiveBar[] }
  | MarketEvent
  /** What a trader does by hand, at `at` (epoch milliseconds). */
  | { readonly kind: 'command'; readonly at: number; readonly instrument: number; readonly command: ManualCommand }
  /** True: only orders that make a position smaller are sent from now on. */
  | { readonly kind: 'pause'; readonly at: number; readonly paused: boolean }
  | { readonly kind: 'limits'; readonly at: number; readonly limits: RiskLimits }
  /** What became of an order at the venue; only in sessions that have one. */
  | { readonly kind: 'report'; readonly at: number; readonly report: VenueReport }
  /** Every order is cancelled and every position closed. */
  | { readonly kind: 'flatten'; readonly at: number }

/** What became of an event that a person gave. */
export interface LiveOutcome {
  /** False: what it meant is no longer there. */
  readonly done: boolean
  /** Numbers of the orders that it made. */
  readonly orders: readonly number[]
}
