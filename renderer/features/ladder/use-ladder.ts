import { create } from 'zustand'
import { liveAct } from '../../state/live-act.ts'
import type { WorkingOrder } from '../../state/working-orders.ts'

/** Ticks that a row may hold. */
export const rowWidths = [1, 2, 5, 10, 25, 50, 100, 1_000] as const

/** What the fields above the ladder hold; kept while the window is open. */
interface LadderSettings {
  /** Ticks of a row. */
  readonly step: number
  readonly quantity: number
  /** Distances of the exits in ticks; NaN: none. */
  readonly target: number
  readonly stop: number
  /** Session that orders go to; null: the first that trades the instrument. */
  readonly session: string | null
}

export const useLadder = create<LadderSettings>()(() => ({
  ...{ step: 1, quantity: Number.NaN, target: Number.NaN, stop: Number.NaN, session: null },
}))

export function cancelOrders(orders: readonly WorkingOrder[]): void {
  for (const { session, id } of orders) void liveAct('live.cancel', { session, order: id })
}

export function moveOrders(orders: readonly WorkingOrder[], price: number): void {
  for (const { session, id } of orders) void liveAct('live.move', { session, order: id, price })
}
