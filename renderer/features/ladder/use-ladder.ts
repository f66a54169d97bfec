import { create } from 'zustand'
import type { Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
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

type Act = 'live.move' | 'live.cancel' | 'live.flatten'

/** Calls a request; what went wrong is told to the user. */
export async function act<Name extends Act>(name: Name, takes: Takes<Name>): Promise<void> {
  try {
    await bridge().call(name, takes)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

export function cancelOrders(orders: readonly WorkingOrder[]): void {
  for (const { session, id } of orders) void act('live.cancel', { session, order: id })
}

export function moveOrders(orders: readonly WorkingOrder[], price: number): void {
  for (const { session, id } of orders) void act('live.move', { session, order: id, price })
}
