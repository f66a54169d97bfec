import { create } from 'zustand'
import { liveAct } from '../../state/live-act.ts'
import type { WorkingOrder } from '../../state/working-orders.ts'

/** Ticks that a row may hold. */
export const rowWidths = [1, 2, 5, 10, 25, 50, 100, 1_000] as const

/** What the fields above the ladder hold. */
export interface LadderFields {
  /** Ticks of a row. */
  readonly step: number
  /** Units; NaN: the smallest. */
  readonly quantity: number
  /** Distances of the exits in ticks; NaN: none. */
  readonly target: number
  readonly stop: number
  /** Session that orders go to; null: the first that trades the instrument. */
  readonly session: string | null
}

const standardFields: LadderFields = {
  ...{ step: 1, quantity: Number.NaN, target: Number.NaN, stop: Number.NaN, session: null },
}

/** Fields by instrument, kept while the window is open: fifty shares are not fifty coins. */
const useFields = create<Readonly<Record<string, LadderFields>>>()(() => ({}))

export function useLadder(instrument: string): LadderFields {
  return useFields((all) => all[instrument] ?? standardFields)
}

export function changeLadder(instrument: string, more: Partial<LadderFields>): void {
  useFields.setState((all) => ({ [instrument]: { ...(all[instrument] ?? standardFields), ...more } }))
}

export function cancelOrders(orders: readonly WorkingOrder[]): void {
  for (const { session, id } of orders) void liveAct('live.cancel', { session, order: id })
}

export function moveOrders(orders: readonly WorkingOrder[], price: number): void {
  for (const { session, id } of orders) void liveAct('live.move', { session, order: id, price })
}
